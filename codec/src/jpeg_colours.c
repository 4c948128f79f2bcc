#include "jpeg_colours.h"

#include <wasm_simd128.h>

// ---- 16 pixels at a time; rows have room for that -------------------------------------------------------------------

// Interleaves four vectors of 16 samples.
static inline void store_pixels(uint8_t *pixels, v128_t a, v128_t b, v128_t c, v128_t d) {
  v128_t ab_low = wasm_i8x16_shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  v128_t ab_high = wasm_i8x16_shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128_t cd_low = wasm_i8x16_shuffle(c, d, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  v128_t cd_high = wasm_i8x16_shuffle(c, d, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  wasm_v128_store(pixels, wasm_i16x8_shuffle(ab_low, cd_low, 0, 8, 1, 9, 2, 10, 3, 11));
  wasm_v128_store(pixels + 16, wasm_i16x8_shuffle(ab_low, cd_low, 4, 12, 5, 13, 6, 14, 7, 15));
  wasm_v128_store(pixels + 32, wasm_i16x8_shuffle(ab_high, cd_high, 0, 8, 1, 9, 2, 10, 3, 11));
  wasm_v128_store(pixels + 48, wasm_i16x8_shuffle(ab_high, cd_high, 4, 12, 5, 13, 6, 14, 7, 15));
}

struct Colours {
  v128_t red, green, blue;
};

#define FRACTION_BITS 5 // What 16 bits leave: 255 + 1.772 × 127 < 2 ^ (15 - 5).
#define Q15(x) wasm_i16x8_const_splat((int16_t)((x) * 32768 + 0.5))

// JFIF's equations for eight samples, the chroma from -128 to 127.
static inline struct Colours from_ycc(v128_t luma, v128_t cb, v128_t cr) {
  v128_t half = wasm_i16x8_const_splat(1 << (FRACTION_BITS - 1));
  v128_t y = wasm_i16x8_add(wasm_i16x8_shl(luma, FRACTION_BITS), half);
  v128_t b = wasm_i16x8_shl(cb, FRACTION_BITS), r = wasm_i16x8_shl(cr, FRACTION_BITS);
  v128_t red = wasm_i16x8_add(wasm_i16x8_add(y, r), wasm_i16x8_q15mulr_sat(r, Q15(0.402)));
  v128_t blue = wasm_i16x8_add(wasm_i16x8_add(y, b), wasm_i16x8_q15mulr_sat(b, Q15(0.772)));
  v128_t green = wasm_i16x8_sub(wasm_i16x8_sub(y, wasm_i16x8_q15mulr_sat(b, Q15(0.344136))),
                                wasm_i16x8_q15mulr_sat(r, Q15(0.714136)));
  return (struct Colours){wasm_i16x8_shr(red, FRACTION_BITS), wasm_i16x8_shr(green, FRACTION_BITS),
                          wasm_i16x8_shr(blue, FRACTION_BITS)};
}

static inline struct Colours from_ycc_planes(const uint8_t *const planes[PLANES], int x) {
  v128_t middle = wasm_i8x16_const_splat((int8_t)0x80);
  v128_t y = wasm_v128_load(planes[0] + x);
  v128_t cb = wasm_v128_xor(wasm_v128_load(planes[1] + x), middle);
  v128_t cr = wasm_v128_xor(wasm_v128_load(planes[2] + x), middle);
  struct Colours low = from_ycc(wasm_u16x8_extend_low_u8x16(y), wasm_i16x8_extend_low_i8x16(cb),
                                wasm_i16x8_extend_low_i8x16(cr));
  struct Colours high = from_ycc(wasm_u16x8_extend_high_u8x16(y), wasm_i16x8_extend_high_i8x16(cb),
                                 wasm_i16x8_extend_high_i8x16(cr));
  return (struct Colours){wasm_u8x16_narrow_i16x8(low.red, high.red), wasm_u8x16_narrow_i16x8(low.green, high.green),
                          wasm_u8x16_narrow_i16x8(low.blue, high.blue)};
}

// ---- the ways -------------------------------------------------------------------------------------------------------

#define OPAQUE wasm_i8x16_const_splat((int8_t)0xff)

static void from_grey(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  for (int x = 0; x < count; x += 16) {
    v128_t grey = wasm_v128_load(planes[0] + x);
    store_pixels(samples + 4 * x, grey, grey, grey, OPAQUE);
  }
}

static void from_rgb(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  for (int x = 0; x < count; x += 16)
    store_pixels(samples + 4 * x, wasm_v128_load(planes[0] + x), wasm_v128_load(planes[1] + x),
                 wasm_v128_load(planes[2] + x), OPAQUE);
}

static void from_ycbcr(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  for (int x = 0; x < count; x += 16) {
    struct Colours colours = from_ycc_planes(planes, x);
    store_pixels(samples + 4 * x, colours.red, colours.green, colours.blue, OPAQUE);
  }
}

// Adobe's files have 0 for full ink, others 255. `flip` is all ones where the samples are to be turned round.
static inline void store_inks(const uint8_t *const planes[PLANES], uint8_t *samples, int count, v128_t flip) {
  for (int x = 0; x < count; x += 16) {
    v128_t inks[PLANES];
    for (int i = 0; i < PLANES; i++) inks[i] = wasm_v128_xor(wasm_v128_load(planes[i] + x), flip);
    store_pixels(samples + 4 * x, inks[0], inks[1], inks[2], inks[3]);
  }
}

static void from_cmyk(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  store_inks(planes, samples, count, wasm_i32x4_const_splat(0));
}

static void from_adobe_cmyk(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  store_inks(planes, samples, count, OPAQUE);
}

// YCCK is CMY turned round as if it were RGB, then as YCbCr; K stays as in CMYK.
static inline void store_ycck(const uint8_t *const planes[PLANES], uint8_t *samples, int count, v128_t flip) {
  for (int x = 0; x < count; x += 16) {
    struct Colours colours = from_ycc_planes(planes, x);
    v128_t unflip = wasm_v128_not(flip), black = wasm_v128_xor(wasm_v128_load(planes[3] + x), flip);
    store_pixels(samples + 4 * x, wasm_v128_xor(colours.red, unflip), wasm_v128_xor(colours.green, unflip),
                 wasm_v128_xor(colours.blue, unflip), black);
  }
}

static void from_ycck(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  store_ycck(planes, samples, count, wasm_i32x4_const_splat(0));
}

static void from_adobe_ycck(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  store_ycck(planes, samples, count, OPAQUE);
}

CombinePlanes jpeg_combination(const struct jpeg_decompress_struct *jpeg) {
  int components = jpeg->num_components;
  switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE: return components == 1 ? from_grey : NULL;
    case JCS_RGB: return components == 3 ? from_rgb : NULL;
    case JCS_YCbCr: return components == 3 ? from_ycbcr : NULL;
    case JCS_CMYK: return components != 4 ? NULL : jpeg->saw_Adobe_marker ? from_adobe_cmyk : from_cmyk;
    case JCS_YCCK: return components != 4 ? NULL : jpeg->saw_Adobe_marker ? from_adobe_ycck : from_ycck;
    default: return NULL;
  }
}
