// From RGBA pixels to the planes of a JPEG, 4:2:0.
#ifndef VITRINE_JPEG_PLANES_H
#define VITRINE_JPEG_PLANES_H

#include <stdint.h>

// Luma of `count` pixels of premultiplied RGBA as they show on white; up to 15 more are written.
void luma_row(const uint8_t *pixels, uint8_t *luma, int count);

// Both chroma of two rows of `count` pixels, of every 2 × 2 pixels one sample; an odd last column is taken twice. Up to
// 3 more are written.
void chroma_rows(const uint8_t *upper, const uint8_t *lower, uint8_t *blue, uint8_t *red, int count);

#endif
