// What libjpeg-turbo would ask for and never does here: planes go in and out raw, so that it changes no colours and no
// sizes but by the DCT, and it makes no palettes. Left out of the module together with what hangs on them.
#define JPEG_INTERNALS
#include <stdio.h>

#include <jpeglib.h>

#include "codec.h"

#include <jdct.h>
#include <jsimd.h>
#include <jsimddct.h>

// ---- which of a processor's own there are: jpeg_idct.c and jpeg_fdct.c ----------------------------------------------

#define HAS(name) \
  int jsimd_can_##name(void) { return 1; }
#define HAS_NOT(name) \
  int jsimd_can_##name(void) { return 0; }

HAS(idct_islow)
HAS(idct_4x4)
HAS(idct_2x2)
HAS(convsamp)
HAS(fdct_islow)
HAS(quantize)
HAS_NOT(idct_ifast)
HAS_NOT(idct_float)
HAS_NOT(convsamp_float)
HAS_NOT(fdct_ifast)
HAS_NOT(fdct_float)
HAS_NOT(quantize_float)
HAS_NOT(huff_encode_one_block)
HAS_NOT(encode_mcu_AC_first_prepare)
HAS_NOT(encode_mcu_AC_refine_prepare)

// ---- what is never called -------------------------------------------------------------------------------------------

static _Noreturn void never(void) {
  fail(FAILURE_INTERNAL, "a part of libjpeg-turbo that is left out");
}

#define IDCT_ARGUMENTS \
  j_decompress_ptr jpeg, jpeg_component_info *component, JCOEFPTR block, JSAMPARRAY rows, JDIMENSION column
#define NEVER_IDCT(name)                                        \
  void name(IDCT_ARGUMENTS) {                                   \
    (void)jpeg, (void)component, (void)block, (void)rows, (void)column; \
    never();                                                    \
  }
NEVER_IDCT(jsimd_idct_ifast)
NEVER_IDCT(jsimd_idct_float)
NEVER_IDCT(jpeg_idct_ifast)
NEVER_IDCT(jpeg_idct_float)

#define NEVER(name, type)  \
  void name(type argument) { \
    (void)argument;        \
    never();               \
  }
NEVER(jsimd_fdct_ifast, DCTELEM *)
NEVER(jsimd_fdct_float, FAST_FLOAT *)
NEVER(jpeg_fdct_ifast, DCTELEM *)
NEVER(jpeg_fdct_float, FAST_FLOAT *)
NEVER(jinit_1pass_quantizer, j_decompress_ptr)
NEVER(jinit_2pass_quantizer, j_decompress_ptr)
NEVER(jinit_color_deconverter, j_decompress_ptr)
NEVER(jinit_merged_upsampler, j_decompress_ptr)
NEVER(jinit_upsampler, j_decompress_ptr)
NEVER(jinit_color_converter, j_compress_ptr)
NEVER(jinit_downsampler, j_compress_ptr)

void jinit_d_post_controller(j_decompress_ptr jpeg, boolean is_full) {
  (void)jpeg, (void)is_full;
  never();
}

void jinit_c_prep_controller(j_compress_ptr jpeg, boolean is_full) {
  (void)jpeg, (void)is_full;
  never();
}

void jsimd_convsamp_float(JSAMPARRAY rows, JDIMENSION column, FAST_FLOAT *workspace) {
  (void)rows, (void)column, (void)workspace;
  never();
}

void jsimd_quantize_float(JCOEFPTR block, FAST_FLOAT *divisors, FAST_FLOAT *workspace) {
  (void)block, (void)divisors, (void)workspace;
  never();
}

JOCTET *jsimd_huff_encode_one_block(void *state, JOCTET *buffer, JCOEFPTR block, int dc_before, c_derived_tbl *dc_table,
                                    c_derived_tbl *ac_table) {
  (void)state, (void)buffer, (void)block, (void)dc_before, (void)dc_table, (void)ac_table;
  never();
}

void jsimd_encode_mcu_AC_first_prepare(const JCOEF *block, const int *order, int from, int shift, UJCOEF *values,
                                       size_t *zeroes) {
  (void)block, (void)order, (void)from, (void)shift, (void)values, (void)zeroes;
  never();
}

int jsimd_encode_mcu_AC_refine_prepare(const JCOEF *block, const int *order, int from, int shift, UJCOEF *values,
                                       size_t *bits) {
  (void)block, (void)order, (void)from, (void)shift, (void)values, (void)bits;
  never();
}
