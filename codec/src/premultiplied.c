#include "premultiplied.h"

#include <string.h>

#define CHANNELS 4
#define FRACTION_BITS 16

static uint8_t divided(uint32_t sample, uint32_t reciprocal) {
  uint32_t value = (sample * reciprocal + (1u << (FRACTION_BITS - 1))) >> FRACTION_BITS;
  return value > 255 ? 255 : (uint8_t)value;
}

static void divide_pixel(const uint8_t *pixel, uint8_t *out) {
  uint32_t alpha = pixel[3];
  uint32_t reciprocal = alpha ? ((255u << FRACTION_BITS) + alpha / 2) / alpha : 0;
  for (int c = 0; c < 3; c++) out[c] = divided(pixel[c] < alpha ? pixel[c] : alpha, reciprocal);
  out[3] = (uint8_t)alpha;
}

void divide_by_alpha(const uint8_t *premultiplied, uint8_t *straight, int count) {
  for (int i = 0; i < count; i++, premultiplied += CHANNELS, straight += CHANNELS) {
    if (premultiplied[3] == 255) memcpy(straight, premultiplied, CHANNELS);
    else divide_pixel(premultiplied, straight);
  }
}
