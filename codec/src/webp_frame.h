// One compressed frame of a WebP, decoded row by row. (The container is decode_webp.c's.)
#ifndef VITRINE_WEBP_FRAME_H
#define VITRINE_WEBP_FRAME_H

#include "codec.h"

struct WebpFrame {
  const uint8_t *image, *alpha; // The payloads of VP8 or VP8L, and of ALPH (NULL where there is none).
  size_t image_length, alpha_length;
  int is_lossless;
  int width, height;
  int has_alpha;
};

// Reads width, height and has_alpha of the payload; fails with FAILURE_CORRUPT.
void webp_frame_measure(struct WebpFrame *frame);

// The bytes that decoding it will hold beside its payload: in the worst case 4 a pixel.
double webp_frame_bytes(const struct WebpFrame *frame);

// Gives each row of RGBA to `take_row`. Fails with FAILURE_TRUNCATED, FAILURE_CORRUPT or FAILURE_MEMORY.
void webp_frame_decode(const struct WebpFrame *frame, void (*take_row)(uint8_t *row));

// Begins the picture and gives it the planes of Y, U and V as they are stored: for lossy frames without alpha that are
// made smaller, so that chroma needs no interpolation before and colours none at full size. Fails likewise.
void webp_frame_decode_planes(const struct WebpFrame *frame, const struct Source *source);

#endif
