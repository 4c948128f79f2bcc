// Blocks of 8 × 8 coefficients or samples of 16 bits in SIMD128: what both directions of the DCT need.
#ifndef VITRINE_JPEG_BLOCKS_H
#define VITRINE_JPEG_BLOCKS_H

#include <wasm_simd128.h>

// libjpeg's "slow" integer method: 13 bits after the point for the constants, 2 for what lies between the passes.
#define CONST_BITS 13
#define PASS1_BITS 2
#define DC_BITS 3 // The eight-fold scale of the DCT's definition.

#define F_0_211 1730
#define F_0_298 2446
#define F_0_390 3196
#define F_0_509 4176
#define F_0_541 4433
#define F_0_601 4926
#define F_0_720 5906
#define F_0_765 6270
#define F_0_850 6967
#define F_0_899 7373
#define F_1_061 8697
#define F_1_175 9633
#define F_1_272 10426
#define F_1_451 11893
#define F_1_501 12299
#define F_1_847 15137
#define F_1_961 16069
#define F_2_053 16819
#define F_2_172 17799
#define F_2_562 20995
#define F_3_072 25172
#define F_3_624 29692

#define ADD wasm_i32x4_add
#define SUB wasm_i32x4_sub

// first × a + second × b for pairs of a and b.
#define DOT(pairs, first, second) \
  wasm_i32x4_dot_i16x8(pairs, wasm_i16x8_const(first, second, first, second, first, second, first, second))

struct Eight {
  v128_t at[8];
};

static inline v128_t interleave_low(v128_t a, v128_t b) {
  return wasm_i16x8_shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

static inline v128_t interleave_high(v128_t a, v128_t b) {
  return wasm_i16x8_shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

static inline struct Eight transposed(const struct Eight *in) {
  const v128_t *r = in->at;
  struct Eight pairs, fours, out;
  for (int i = 0; i < 4; i++) {
    pairs.at[2 * i] = interleave_low(r[2 * i], r[2 * i + 1]);
    pairs.at[2 * i + 1] = interleave_high(r[2 * i], r[2 * i + 1]);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; j++) {
      fours.at[i + 2 * j] = wasm_i32x4_shuffle(pairs.at[i + j], pairs.at[i + j + 2], 0, 4, 1, 5);
      fours.at[i + 2 * j + 1] = wasm_i32x4_shuffle(pairs.at[i + j], pairs.at[i + j + 2], 2, 6, 3, 7);
    }
  for (int i = 0; i < 4; i++) {
    out.at[2 * i] = wasm_i64x2_shuffle(fours.at[i], fours.at[i + 4], 0, 2);
    out.at[2 * i + 1] = wasm_i64x2_shuffle(fours.at[i], fours.at[i + 4], 1, 3);
  }
  return out;
}

#endif
