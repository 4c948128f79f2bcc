// The pictures of the image at hand: what exports.c and picture.c share.
#ifndef VITRINE_PICTURE_H
#define VITRINE_PICTURE_H

#include "codec.h"

// Upright, RGBA with premultiplied alpha, no padding.
struct Picture {
  int width, height;
  uint8_t *pixels;
};

// The numbers of `codec_fact`.
enum Fact {
  FACT_WIDTH,
  FACT_HEIGHT,
  FACT_HAS_ALPHA,
  FACT_ORIENTATION,
  FACT_WARNINGS,
  FACT_DECODED_WIDTH,
  FACT_DECODED_HEIGHT,
  FACT_IS_PROGRESSIVE,
  FACT_PROFILE,
};

void picture_target(int variant, int longest_side);
double picture_fact(enum Fact fact);
const struct Picture *picture_of(int variant);
void picture_free(void);

#endif
