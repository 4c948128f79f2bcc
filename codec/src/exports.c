// What the host calls. The protocol: limits and targets, start, then reserve and feed until every row is there, facts,
// encode, finish.
#include "codec.h"
#include "picture.h"

#include <stdlib.h>
#include <string.h>

static const struct Decoder *decoder;
static struct Bytes output;

// What has been fed and is not yet consumed, in one piece.
static uint8_t *input;
static size_t input_capacity, input_length;
static int is_done;

EXPORT(codec_limit) void codec_limit(int which, double value) {
  if (which == 0) limits.pixels = value;
  if (which == 1) limits.coefficient_bytes = (size_t)value;
  if (which == 2) limits.buffered_bytes = (size_t)value;
}

EXPORT(codec_target) void codec_target(int variant, int longest_side) {
  picture_target(variant, longest_side);
}

EXPORT(codec_start) void codec_start(int format) {
  static const struct Decoder *const decoders[] = {&jpeg_decoder, &png_decoder, &webp_decoder, &gif_decoder,
                                                   &bmp_decoder};
  if (decoder != NULL) fail(FAILURE_INTERNAL, "the image before is not finished");
  if (format < 1 || format > 5) fail(FAILURE_INTERNAL, "no such format");
  decoder = decoders[format - 1];
  is_done = 0;
  memset(&facts, 0, sizeof facts);
  decoder->start();
}

EXPORT(codec_reserve) uint8_t *codec_reserve(int length) {
  if (decoder == NULL || length < 0) fail(FAILURE_INTERNAL, "nothing is started");
  size_t needed = input_length + (size_t)length;
  if (needed > input_capacity) {
    input = reallocate(input, needed);
    input_capacity = needed;
  }
  return input + input_length;
}

EXPORT(codec_feed) int codec_feed(int length, int is_last) {
  if (is_done) return 1;
  input_length += (size_t)length;
  if (input_length > input_capacity) fail(FAILURE_INTERNAL, "more bytes than reserved");
  size_t consumed = decoder->feed(input, input_length, is_last, &is_done);
  input_length -= consumed;
  memmove(input, input + consumed, input_length);
  if (is_done) {
    decoder->finish();
    free(input);
    input = NULL;
    input_capacity = input_length = 0;
  } else if (is_last) {
    fail(FAILURE_TRUNCATED, "the file ends before its last row");
  }
  return is_done;
}

EXPORT(codec_fact) double codec_fact(int which) {
  return picture_fact(which);
}

EXPORT(codec_width) int codec_width(int variant) {
  return picture_of(variant)->width;
}

EXPORT(codec_height) int codec_height(int variant) {
  return picture_of(variant)->height;
}

EXPORT(codec_pixels) uint8_t *codec_pixels(int variant) {
  return picture_of(variant)->pixels;
}

static void free_output(void) {
  free(output.data);
  output = (struct Bytes){NULL, 0};
}

EXPORT(codec_encode) int codec_encode(int variant, int format, int quality, int effort) {
  const struct Picture *picture = picture_of(variant);
  int has_alpha = picture_fact(FACT_HAS_ALPHA) != 0;
  free_output();
  if (format == 1) output = encode_jpeg(picture->pixels, picture->width, picture->height, quality, effort);
  else if (format == 2) output = encode_png(picture->pixels, picture->width, picture->height, has_alpha, effort);
  else if (format == 3) output = encode_webp(picture->pixels, picture->width, picture->height, quality, has_alpha, effort);
  else fail(FAILURE_INTERNAL, "no such output format");
  return (int)output.length;
}

EXPORT(codec_output) uint8_t *codec_output(void) {
  return output.data;
}

EXPORT(codec_finish) void codec_finish(void) {
  if (decoder != NULL && !is_done) decoder->finish();
  decoder = NULL;
  free(input);
  input = NULL;
  input_capacity = input_length = 0;
  is_done = 0;
  free_output();
  picture_free();
}
