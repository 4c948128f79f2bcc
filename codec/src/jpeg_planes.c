#include "jpeg_planes.h"

#include <string.h>
#include <wasm_simd128.h>

// JFIF's equations, 15 bits after the point. White adds to each colour what opacity lacks (255 - alpha): to luma just
// that, since its factors add up to 1; to chroma nothing, since theirs add up to 0.
#define BITS 15
#define Y_FACTORS wasm_i16x8_const(9798, 19235, 3735, -32768, 9798, 19235, 3735, -32768)
#define CB_FACTORS wasm_i16x8_const(-5529, -10855, 16384, 0, -5529, -10855, 16384, 0)
#define CR_FACTORS wasm_i16x8_const(16384, -13720, -2664, 0, 16384, -13720, -2664, 0)

// The sums of four pixels, of which each vector has two.
static inline v128_t weighted(v128_t two, v128_t next_two, v128_t factors) {
  v128_t a = wasm_i32x4_dot_i16x8(two, factors), b = wasm_i32x4_dot_i16x8(next_two, factors);
  return wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 2, 4, 6), wasm_i32x4_shuffle(a, b, 1, 3, 5, 7));
}

static inline v128_t luma_of_four(const uint8_t *pixels) {
  v128_t four = wasm_v128_load(pixels);
  v128_t sums = weighted(wasm_u16x8_extend_low_u8x16(four), wasm_u16x8_extend_high_u8x16(four), Y_FACTORS);
  return wasm_i32x4_shr(wasm_i32x4_add(sums, wasm_i32x4_const_splat((255 << BITS) + (1 << (BITS - 1)))), BITS);
}

static void luma_of_sixteen(const uint8_t *pixels, uint8_t *luma) {
  v128_t low = wasm_i16x8_narrow_i32x4(luma_of_four(pixels), luma_of_four(pixels + 16));
  v128_t high = wasm_i16x8_narrow_i32x4(luma_of_four(pixels + 32), luma_of_four(pixels + 48));
  wasm_v128_store(luma, wasm_u8x16_narrow_i16x8(low, high));
}

void luma_row(const uint8_t *pixels, uint8_t *luma, int count) {
  int x = 0;
  for (; x + 16 <= count; x += 16) luma_of_sixteen(pixels + 4 * x, luma + x);
  if (x == count) return;
  uint8_t rest[64] = {0};
  memcpy(rest, pixels + 4 * x, (size_t)(count - x) * 4);
  luma_of_sixteen(rest, luma + x);
}

// Of four pixels of both rows: the sums of each 2 × 2, 16 bits a colour.
static inline v128_t two_squares(const uint8_t *upper, const uint8_t *lower) {
  v128_t a = wasm_v128_load(upper), b = wasm_v128_load(lower);
  v128_t first = wasm_i16x8_add(wasm_u16x8_extend_low_u8x16(a), wasm_u16x8_extend_low_u8x16(b));
  v128_t second = wasm_i16x8_add(wasm_u16x8_extend_high_u8x16(a), wasm_u16x8_extend_high_u8x16(b));
  return wasm_i16x8_add(wasm_i64x2_shuffle(first, second, 0, 2), wasm_i64x2_shuffle(first, second, 1, 3));
}

// A square's sum has two bits more.
static inline void store_chroma(uint8_t *chroma, v128_t two, v128_t next_two, v128_t factors) {
  v128_t sums = wasm_i32x4_add(weighted(two, next_two, factors),
                               wasm_i32x4_const_splat((128 << (BITS + 2)) + (1 << (BITS + 1)) - 1));
  v128_t words = wasm_i32x4_shr(sums, BITS + 2);
  words = wasm_i16x8_narrow_i32x4(words, words);
  wasm_v128_store32_lane(chroma, wasm_u8x16_narrow_i16x8(words, words), 0);
}

static void chroma_of_eight(const uint8_t *upper, const uint8_t *lower, uint8_t *blue, uint8_t *red) {
  v128_t two = two_squares(upper, lower), next_two = two_squares(upper + 16, lower + 16);
  store_chroma(blue, two, next_two, CB_FACTORS);
  store_chroma(red, two, next_two, CR_FACTORS);
}

// The last pixels of a row, with the very last one more often.
static void copy_rest(uint8_t *rest, const uint8_t *pixels, int count) {
  for (int i = 0; i < 8; i++) memcpy(rest + 4 * i, pixels + 4 * (i < count ? i : count - 1), 4);
}

void chroma_rows(const uint8_t *upper, const uint8_t *lower, uint8_t *blue, uint8_t *red, int count) {
  int x = 0;
  for (; x + 8 <= count; x += 8) chroma_of_eight(upper + 4 * x, lower + 4 * x, blue + x / 2, red + x / 2);
  if (x == count) return;
  uint8_t upper_rest[32], lower_rest[32];
  copy_rest(upper_rest, upper + 4 * x, count - x);
  copy_rest(lower_rest, lower + 4 * x, count - x);
  chroma_of_eight(upper_rest, lower_rest, blue + x / 2, red + x / 2);
}
