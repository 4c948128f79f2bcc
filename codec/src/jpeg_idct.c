// JPEG's inverse DCT in whole, half and quarter size: libjpeg's "slow" integer method to the bit. The columns first, then
// the rows, four of them at a time. The names are those by which libjpeg-turbo asks for a processor's own.
#define JPEG_INTERNALS
#include <stdio.h>

#include <jpeglib.h>
#include <wasm_simd128.h>

#include "jpeg_blocks.h"

#include <jdct.h>
#include <jsimddct.h>

// ---- parts ----------------------------------------------------------------------------------------------------------

static inline v128_t dequantized(const JCOEF *block, const ISLOW_MULT_TYPE *factors, int row) {
  return wasm_i16x8_mul(wasm_v128_load(block + 8 * row), wasm_v128_load(factors + 8 * row));
}

// Four bytes of each of four rows, centred on 0.
static inline void store_4x4(JSAMPARRAY rows, JDIMENSION column, v128_t bytes) {
  v128_t samples = wasm_v128_xor(bytes, wasm_i8x16_const_splat((int8_t)0x80));
  wasm_v128_store32_lane(rows[0] + column, samples, 0);
  wasm_v128_store32_lane(rows[1] + column, samples, 1);
  wasm_v128_store32_lane(rows[2] + column, samples, 2);
  wasm_v128_store32_lane(rows[3] + column, samples, 3);
}

// ---- half size ------------------------------------------------------------------------------------------------------

struct Four {
  v128_t at[4];
};

// Of four columns: `first` is the coefficient 0 (32 bits), the others are pairs of coefficients.
static inline struct Four transform_4(v128_t first, v128_t of_2_6, v128_t of_7_5, v128_t of_3_1, int descale) {
  v128_t even = ADD(wasm_i32x4_shl(first, CONST_BITS + 1), wasm_i32x4_splat(1 << (descale - 1)));
  v128_t of_2 = DOT(of_2_6, F_1_847, -F_0_765);
  v128_t outer = ADD(even, of_2), inner = SUB(even, of_2);
  v128_t odd_inner = ADD(DOT(of_7_5, -F_0_211, F_1_451), DOT(of_3_1, -F_2_172, F_1_061));
  v128_t odd_outer = ADD(DOT(of_7_5, -F_0_509, -F_0_601), DOT(of_3_1, F_0_899, F_2_562));
  return (struct Four){{wasm_i32x4_shr(ADD(outer, odd_outer), descale), wasm_i32x4_shr(ADD(inner, odd_inner), descale),
                        wasm_i32x4_shr(SUB(inner, odd_inner), descale),
                        wasm_i32x4_shr(SUB(outer, odd_outer), descale)}};
}

void jsimd_idct_4x4(j_decompress_ptr jpeg, jpeg_component_info *component, JCOEFPTR block, JSAMPARRAY rows,
                    JDIMENSION column) {
  (void)jpeg;
  const ISLOW_MULT_TYPE *factors = component->dct_table;
  v128_t row[8];
  for (int i = 0; i < 8; i++)
    if (i != 4) row[i] = dequantized(block, factors, i);

  const int first_descale = CONST_BITS - PASS1_BITS + 1;
  struct Four left = transform_4(wasm_i32x4_extend_low_i16x8(row[0]), interleave_low(row[2], row[6]),
                                 interleave_low(row[7], row[5]), interleave_low(row[3], row[1]), first_descale);
  struct Four right = transform_4(wasm_i32x4_extend_high_i16x8(row[0]), interleave_high(row[2], row[6]),
                                  interleave_high(row[7], row[5]), interleave_high(row[3], row[1]), first_descale);
  v128_t a = wasm_i16x8_narrow_i32x4(left.at[0], right.at[0]), b = wasm_i16x8_narrow_i32x4(left.at[1], right.at[1]);
  v128_t c = wasm_i16x8_narrow_i32x4(left.at[2], right.at[2]), d = wasm_i16x8_narrow_i32x4(left.at[3], right.at[3]);

  // Turned: columns 0 and 1, 2 and 3, …, of four rows each.
  v128_t ab_low = interleave_low(a, b), ab_high = interleave_high(a, b);
  v128_t cd_low = interleave_low(c, d), cd_high = interleave_high(c, d);
  v128_t of_01 = wasm_i32x4_shuffle(ab_low, cd_low, 0, 4, 1, 5), of_23 = wasm_i32x4_shuffle(ab_low, cd_low, 2, 6, 3, 7);
  v128_t of_45 = wasm_i32x4_shuffle(ab_high, cd_high, 0, 4, 1, 5);
  v128_t of_67 = wasm_i32x4_shuffle(ab_high, cd_high, 2, 6, 3, 7);
  struct Four out =
      transform_4(wasm_i32x4_extend_low_i16x8(of_01), interleave_low(of_23, of_67), interleave_high(of_67, of_45),
                  interleave_high(of_23, of_01), CONST_BITS + PASS1_BITS + DC_BITS + 1);
  v128_t bytes = wasm_i8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(out.at[0], out.at[1]),
                                         wasm_i16x8_narrow_i32x4(out.at[2], out.at[3]));
  store_4x4(rows, column, wasm_i8x16_shuffle(bytes, bytes, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
}

// ---- quarter size ---------------------------------------------------------------------------------------------------

void jsimd_idct_2x2(j_decompress_ptr jpeg, jpeg_component_info *component, JCOEFPTR block, JSAMPARRAY rows,
                    JDIMENSION column) {
  (void)jpeg;
  const ISLOW_MULT_TYPE *factors = component->dct_table;
  v128_t dc = dequantized(block, factors, 0), row_1 = dequantized(block, factors, 1);
  v128_t row_3 = dequantized(block, factors, 3), row_5 = dequantized(block, factors, 5);
  v128_t row_7 = dequantized(block, factors, 7);

  const int first_descale = CONST_BITS - PASS1_BITS + 2;
  v128_t round = wasm_i32x4_const_splat(1 << (first_descale - 1));
  v128_t even_low = ADD(wasm_i32x4_shl(wasm_i32x4_extend_low_i16x8(dc), CONST_BITS + 2), round);
  v128_t even_high = ADD(wasm_i32x4_shl(wasm_i32x4_extend_high_i16x8(dc), CONST_BITS + 2), round);
  v128_t odd_low = ADD(DOT(interleave_low(row_7, row_5), -F_0_720, F_0_850),
                       DOT(interleave_low(row_3, row_1), -F_1_272, F_3_624));
  v128_t odd_high = ADD(DOT(interleave_high(row_7, row_5), -F_0_720, F_0_850),
                        DOT(interleave_high(row_3, row_1), -F_1_272, F_3_624));
  v128_t upper = wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(ADD(even_low, odd_low), first_descale),
                                         wasm_i32x4_shr(ADD(even_high, odd_high), first_descale));
  v128_t lower = wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(SUB(even_low, odd_low), first_descale),
                                         wasm_i32x4_shr(SUB(even_high, odd_high), first_descale));

  // Of each row the odd columns, summed up; then the upper row's sum beside the lower's.
  const int descale = CONST_BITS + PASS1_BITS + DC_BITS + 2;
  v128_t odd = wasm_i16x8_const(0, F_3_624, 0, -F_1_272, 0, F_0_850, 0, -F_0_720);
  v128_t upper_odd = wasm_i32x4_dot_i16x8(upper, odd), lower_odd = wasm_i32x4_dot_i16x8(lower, odd);
  v128_t pairs = ADD(wasm_i32x4_shuffle(upper_odd, lower_odd, 0, 4, 1, 5),
                     wasm_i32x4_shuffle(upper_odd, lower_odd, 2, 6, 3, 7));
  v128_t sums = ADD(pairs, wasm_i32x4_shuffle(pairs, pairs, 2, 3, 0, 1));
  v128_t evens = wasm_i32x4_shl(wasm_i32x4_extend_low_i16x8(interleave_low(upper, lower)), CONST_BITS + 2);
  evens = ADD(evens, wasm_i32x4_const_splat(1 << (descale - 1)));
  v128_t left = wasm_i32x4_shr(ADD(evens, sums), descale), right = wasm_i32x4_shr(SUB(evens, sums), descale);
  v128_t words = interleave_low(wasm_i16x8_narrow_i32x4(left, left), wasm_i16x8_narrow_i32x4(right, right));
  v128_t bytes = wasm_v128_xor(wasm_i8x16_narrow_i16x8(words, words), wasm_i8x16_const_splat((int8_t)0x80));
  wasm_v128_store16_lane(rows[0] + column, bytes, 0);
  wasm_v128_store16_lane(rows[1] + column, bytes, 1);
}

// ---- whole size -----------------------------------------------------------------------------------------------------

// Of four columns, pairs of coefficients.
static inline struct Eight transform_8(v128_t of_0_4, v128_t of_2_6, v128_t of_7_5, v128_t of_3_1, int descale) {
  v128_t round = wasm_i32x4_splat(1 << (descale - 1));
  v128_t sum = ADD(DOT(of_0_4, 1 << CONST_BITS, 1 << CONST_BITS), round);
  v128_t difference = ADD(DOT(of_0_4, 1 << CONST_BITS, -(1 << CONST_BITS)), round);
  v128_t of_2 = DOT(of_2_6, F_0_541, F_0_541 - F_1_847), of_6 = DOT(of_2_6, F_0_541 + F_0_765, F_0_541);
  v128_t even[4] = {ADD(sum, of_6), ADD(difference, of_2), SUB(difference, of_2), SUB(sum, of_6)};
  v128_t odd[4] = {
      ADD(DOT(of_7_5, F_1_175 - F_0_899, F_1_175 - F_0_390),
          DOT(of_3_1, F_1_175, F_1_501 - F_0_899 - F_0_390 + F_1_175)),
      ADD(DOT(of_7_5, F_1_175 - F_1_961, F_1_175 - F_2_562),
          DOT(of_3_1, F_3_072 - F_2_562 - F_1_961 + F_1_175, F_1_175)),
      ADD(DOT(of_7_5, F_1_175, F_2_053 - F_2_562 - F_0_390 + F_1_175),
          DOT(of_3_1, F_1_175 - F_2_562, F_1_175 - F_0_390)),
      ADD(DOT(of_7_5, F_0_298 - F_0_899 - F_1_961 + F_1_175, F_1_175),
          DOT(of_3_1, F_1_175 - F_1_961, F_1_175 - F_0_899)),
  };
  struct Eight out;
  for (int i = 0; i < 4; i++) {
    out.at[i] = wasm_i32x4_shr(ADD(even[i], odd[i]), descale);
    out.at[7 - i] = wasm_i32x4_shr(SUB(even[i], odd[i]), descale);
  }
  return out;
}

// Of eight columns, row by row.
static inline struct Eight transform_8x8(const struct Eight *in, int descale) {
  const v128_t *row = in->at;
  struct Eight left = transform_8(interleave_low(row[0], row[4]), interleave_low(row[2], row[6]),
                                  interleave_low(row[7], row[5]), interleave_low(row[3], row[1]), descale);
  struct Eight right = transform_8(interleave_high(row[0], row[4]), interleave_high(row[2], row[6]),
                                   interleave_high(row[7], row[5]), interleave_high(row[3], row[1]), descale);
  struct Eight out;
  for (int i = 0; i < 8; i++) out.at[i] = wasm_i16x8_narrow_i32x4(left.at[i], right.at[i]);
  return out;
}

// Where all but the first coefficient is 0 there is nothing to transform.
static inline int is_plain(const JCOEF *block) {
  v128_t others = wasm_v128_and(wasm_v128_load(block), wasm_i16x8_const(0, -1, -1, -1, -1, -1, -1, -1));
  for (int i = 1; i < 8; i++) others = wasm_v128_or(others, wasm_v128_load(block + 8 * i));
  return !wasm_v128_any_true(others);
}

static void store_plain(JSAMPARRAY rows, JDIMENSION column, int dc) {
  // As the two passes would round it.
  int between = (int16_t)((uint32_t)dc << PASS1_BITS), bits = PASS1_BITS + DC_BITS;
  int sample = ((between + (1 << (bits - 1))) >> bits) + 128;
  v128_t samples = wasm_i8x16_splat((int8_t)(sample < 0 ? 0 : sample > 255 ? 255 : sample));
  for (int i = 0; i < 8; i++) wasm_v128_store64_lane(rows[i] + column, samples, 0);
}

void jsimd_idct_islow(j_decompress_ptr jpeg, jpeg_component_info *component, JCOEFPTR block, JSAMPARRAY rows,
                    JDIMENSION column) {
  (void)jpeg;
  const ISLOW_MULT_TYPE *factors = component->dct_table;
  if (is_plain(block)) {
    store_plain(rows, column, (short)(block[0] * factors[0]));
    return;
  }
  struct Eight in, out;
  for (int i = 0; i < 8; i++) in.at[i] = dequantized(block, factors, i);
  out = transform_8x8(&in, CONST_BITS - PASS1_BITS);
  in = transposed(&out);
  out = transform_8x8(&in, CONST_BITS + PASS1_BITS + DC_BITS);
  in = transposed(&out);
  for (int i = 0; i < 8; i += 2) {
    v128_t bytes = wasm_i8x16_narrow_i16x8(in.at[i], in.at[i + 1]);
    bytes = wasm_v128_xor(bytes, wasm_i8x16_const_splat((int8_t)0x80));
    wasm_v128_store64_lane(rows[i] + column, bytes, 0);
    wasm_v128_store64_lane(rows[i + 1] + column, bytes, 1);
  }
}
