// JPEG's forward DCT, libjpeg's "slow" integer method to the bit, and what stands before and after it: centring the
// samples on 0, dividing the coefficients. The names are those by which libjpeg-turbo asks for a processor's own.
#define JPEG_INTERNALS
#include <stdio.h>

#include <jpeglib.h>
#include <wasm_simd128.h>

#include "jpeg_blocks.h"

#include <jdct.h>
#include <jsimddct.h>

void jsimd_convsamp(JSAMPARRAY rows, JDIMENSION column, DCTELEM *workspace) {
  for (int i = 0; i < DCTSIZE; i++) {
    v128_t samples = wasm_u16x8_load8x8(rows[i] + column);
    wasm_v128_store(workspace + DCTSIZE * i, wasm_i16x8_sub(samples, wasm_i16x8_const_splat(CENTERJSAMPLE)));
  }
}

// ---- the transform --------------------------------------------------------------------------------------------------

static inline v128_t descaled(v128_t low, v128_t high, int bits) {
  v128_t round = wasm_i32x4_splat(1 << (bits - 1));
  return wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(ADD(low, round), bits), wasm_i32x4_shr(ADD(high, round), bits));
}

// first × a + second × b for all eight of both.
#define DOT_EIGHT(a, b, first, second, bits) \
  descaled(DOT(interleave_low(a, b), first, second), DOT(interleave_high(a, b), first, second), bits)

#define DOT_FOUR_TERMS(a, b, c, d, fa, fb, fc, fd, bits)                                      \
  descaled(ADD(DOT(interleave_low(a, b), fa, fb), DOT(interleave_low(c, d), fc, fd)),         \
           ADD(DOT(interleave_high(a, b), fa, fb), DOT(interleave_high(c, d), fc, fd)), bits)

static inline v128_t rounded_shift(v128_t words, int bits) {
  return wasm_i16x8_shr(wasm_i16x8_add(words, wasm_i16x8_splat((int16_t)(1 << (bits - 1)))), bits);
}

// Of eight columns. `is_first`: the pass that leaves PASS1_BITS more in the numbers, which the second takes away.
static inline struct Eight transform(const struct Eight *in, int is_first) {
  const v128_t *d = in->at;
  const int bits = is_first ? CONST_BITS - PASS1_BITS : CONST_BITS + PASS1_BITS;
  v128_t sum[4], odd[4]; // Of the outer and the inner pairs; `odd[i]` is the difference that belongs to it.
  for (int i = 0; i < 4; i++) {
    sum[i] = wasm_i16x8_add(d[i], d[7 - i]);
    odd[i] = wasm_i16x8_sub(d[i], d[7 - i]);
  }
  v128_t outer = wasm_i16x8_add(sum[0], sum[3]), outer_difference = wasm_i16x8_sub(sum[0], sum[3]);
  v128_t inner = wasm_i16x8_add(sum[1], sum[2]), inner_difference = wasm_i16x8_sub(sum[1], sum[2]);
  v128_t zeroth = wasm_i16x8_add(outer, inner), fourth = wasm_i16x8_sub(outer, inner);
  struct Eight out;
  out.at[0] = is_first ? wasm_i16x8_shl(zeroth, PASS1_BITS) : rounded_shift(zeroth, PASS1_BITS);
  out.at[4] = is_first ? wasm_i16x8_shl(fourth, PASS1_BITS) : rounded_shift(fourth, PASS1_BITS);
  out.at[2] = DOT_EIGHT(inner_difference, outer_difference, F_0_541, F_0_541 + F_0_765, bits);
  out.at[6] = DOT_EIGHT(inner_difference, outer_difference, F_0_541 - F_1_847, F_0_541, bits);
  out.at[7] = DOT_FOUR_TERMS(odd[3], odd[2], odd[1], odd[0], F_0_298 - F_0_899 - F_1_961 + F_1_175, F_1_175,
                             F_1_175 - F_1_961, F_1_175 - F_0_899, bits);
  out.at[5] = DOT_FOUR_TERMS(odd[3], odd[2], odd[1], odd[0], F_1_175, F_2_053 - F_2_562 - F_0_390 + F_1_175,
                             F_1_175 - F_2_562, F_1_175 - F_0_390, bits);
  out.at[3] = DOT_FOUR_TERMS(odd[3], odd[2], odd[1], odd[0], F_1_175 - F_1_961, F_1_175 - F_2_562,
                             F_3_072 - F_2_562 - F_1_961 + F_1_175, F_1_175, bits);
  out.at[1] = DOT_FOUR_TERMS(odd[3], odd[2], odd[1], odd[0], F_1_175 - F_0_899, F_1_175 - F_0_390, F_1_175,
                             F_1_501 - F_0_899 - F_0_390 + F_1_175, bits);
  return out;
}

void jsimd_fdct_islow(DCTELEM *workspace) {
  struct Eight in, out;
  for (int i = 0; i < DCTSIZE; i++) in.at[i] = wasm_v128_load(workspace + DCTSIZE * i);
  out = transposed(&in);
  in = transform(&out, 1);
  out = transposed(&in);
  in = transform(&out, 0);
  for (int i = 0; i < DCTSIZE; i++) wasm_v128_store(workspace + DCTSIZE * i, in.at[i]);
}

// ---- division -------------------------------------------------------------------------------------------------------

static inline v128_t upper_halves(v128_t a, v128_t b) {
  v128_t low = wasm_u32x4_extmul_low_u16x8(a, b), high = wasm_u32x4_extmul_high_u16x8(a, b);
  return wasm_i16x8_shuffle(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
}

// By libjpeg-turbo's tables: reciprocals, what is added for rounding, and powers of two in place of shifts.
void jsimd_quantize(JCOEFPTR block, DCTELEM *divisors, DCTELEM *workspace) {
  for (int i = 0; i < DCTSIZE2; i += 8) {
    v128_t coefficients = wasm_v128_load(workspace + i), signs = wasm_i16x8_shr(coefficients, 15);
    v128_t sum = wasm_i16x8_add(wasm_i16x8_abs(coefficients), wasm_v128_load(divisors + DCTSIZE2 + i));
    v128_t scaled = upper_halves(sum, wasm_v128_load(divisors + i));
    v128_t quotients = upper_halves(scaled, wasm_v128_load(divisors + 2 * DCTSIZE2 + i));
    wasm_v128_store(block + i, wasm_i16x8_sub(wasm_v128_xor(quotients, signs), signs));
  }
}
