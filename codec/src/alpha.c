#include "alpha.h"

#include <wasm_simd128.h>

// Two pixels, 16 bits a sample: x × alpha / 255, rounded. Alpha itself is multiplied by 255.
static inline v128_t multiplied(v128_t pixels) {
  v128_t alphas = wasm_i16x8_shuffle(pixels, wasm_i16x8_const_splat(255), 3, 3, 3, 8, 7, 7, 7, 8);
  v128_t product = wasm_i16x8_add(wasm_i16x8_mul(pixels, alphas), wasm_i16x8_const_splat(128));
  return wasm_u16x8_shr(wasm_i16x8_add(product, wasm_u16x8_shr(product, 8)), 8);
}

void premultiply(uint8_t *pixels, int count) {
  for (int i = 0; i < count; i += 4) {
    v128_t four = wasm_v128_load(pixels + 4 * i);
    v128_t low = multiplied(wasm_u16x8_extend_low_u8x16(four)), high = multiplied(wasm_u16x8_extend_high_u8x16(four));
    wasm_v128_store(pixels + 4 * i, wasm_u8x16_narrow_i16x8(low, high));
  }
}

int is_opaque(const uint8_t *pixels, int count) {
  for (int i = 0; i < count; i++)
    if (pixels[4 * i + 3] != 255) return 0;
  return 1;
}
