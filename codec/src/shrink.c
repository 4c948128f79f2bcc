#include "shrink.h"

#include <stdlib.h>
#include <string.h>
#include <wasm_simd128.h>

#include "codec.h"

// One sum of four channels for each target pixel: small, and the row is read once.
void shrinker_begin(struct Shrinker *shrinker, int factor, int width) {
  shrinker->factor = factor;
  shrinker->width = width;
  shrinker->target_width = (width + factor - 1) / factor;
  shrinker->rows = 0;
  size_t bytes = sizeof(uint32_t) * 4 * (size_t)shrinker->target_width;
  shrinker->sums = allocate(bytes);
  memset(shrinker->sums, 0, bytes);
}

static v128_t sum_of_pixels(const uint8_t *pixels, int count) {
  v128_t sum = wasm_i32x4_splat(0), pairs = wasm_i32x4_splat(0);
  int i = 0;
  // Sums of 16 bits hold: a factor is at most 65500 / 3 / 100, and a pair of pixels adds to each lane once.
  for (; i + 2 <= count; i += 2) pairs = wasm_i16x8_add(pairs, wasm_u16x8_load8x8(pixels + 4 * i));
  if (i < count) sum = wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(pixels + 4 * i)));
  sum = wasm_i32x4_add(sum, wasm_u32x4_extend_low_u16x8(pairs));
  return wasm_i32x4_add(sum, wasm_u32x4_extend_high_u16x8(pairs));
}

static void add_row(struct Shrinker *shrinker, const uint8_t *row) {
  for (int x = 0; x < shrinker->target_width; x++) {
    int start = x * shrinker->factor, left = shrinker->width - start;
    uint32_t *sum = shrinker->sums + 4 * x;
    v128_t pixels = sum_of_pixels(row + 4 * (size_t)start, left < shrinker->factor ? left : shrinker->factor);
    wasm_v128_store(sum, wasm_i32x4_add(wasm_v128_load(sum), pixels));
  }
}

static void write_means(struct Shrinker *shrinker, uint8_t *target) {
  for (int x = 0; x < shrinker->target_width; x++) {
    int left = shrinker->width - x * shrinker->factor;
    int pixels = (left < shrinker->factor ? left : shrinker->factor) * shrinker->rows;
    v128_t mean = wasm_f32x4_mul(wasm_f32x4_convert_u32x4(wasm_v128_load(shrinker->sums + 4 * x)),
                                 wasm_f32x4_splat(1.0F / (float)pixels));
    v128_t rounded = wasm_u32x4_trunc_sat_f32x4(wasm_f32x4_add(mean, wasm_f32x4_splat(0.5F)));
    v128_t words = wasm_u16x8_narrow_i32x4(rounded, rounded);
    wasm_v128_store32_lane(target + 4 * x, wasm_u8x16_narrow_i16x8(words, words), 0);
  }
}

int shrinker_row(struct Shrinker *shrinker, const uint8_t *row, int is_last, uint8_t *target) {
  add_row(shrinker, row);
  if (++shrinker->rows < shrinker->factor && !is_last) return 0;
  write_means(shrinker, target);
  memset(shrinker->sums, 0, sizeof(uint32_t) * 4 * (size_t)shrinker->target_width);
  shrinker->rows = 0;
  return 1;
}

void shrinker_free(struct Shrinker *shrinker) {
  free(shrinker->sums);
  memset(shrinker, 0, sizeof *shrinker);
}
