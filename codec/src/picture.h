// The pictures of the image at hand: what exports.c, decode_jpeg.c and picture.c share.
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

// ---- decoders that have the colours apart, each in a plane of its own size ------------------------------------------

#define PLANES 4

struct Plane {
  int width, height;
  double exact_width, exact_height; // Where the image ends in them.
  int burst;                        // Rows that are written at once.
};

// Makes `count` pixels of 4 samples out of one row of each plane, all of the same width by now.
typedef void (*CombinePlanes)(const uint8_t *const planes[PLANES], uint8_t *samples, int count);

// In place of `picture_begin` and `picture_row`. The first plane is the one with the most rows.
void picture_begin_planes(const struct Source *source, const struct Plane *planes, int count, CombinePlanes combine);

// Where the row `ahead` rows after the plane's last one is to be written, whole blocks of 8 samples.
uint8_t *picture_plane_row(int plane, int ahead);

// So many rows of the plane have been written.
void picture_plane_advance(int plane, int rows);

// Makes what can be made of the rows of all planes.
void picture_planes_flush(void);

#endif
