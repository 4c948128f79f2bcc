// Lossy WebP. Pictures with alpha are converted in bands, so that they are never copied whole.
#include "codec.h"
#include "premultiplied.h"

#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>

#define CHANNELS 4
#define BAND_ROWS 32 // Even: chroma is made of pairs of rows.

static void check(int is_right, const WebPPicture *picture) {
  if (is_right) return;
  int is_memory = picture->error_code == VP8_ENC_ERROR_OUT_OF_MEMORY ||
                  picture->error_code == VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY;
  fail(is_memory ? FAILURE_MEMORY : FAILURE_INTERNAL, "libwebp does not encode");
}

static void new_picture(WebPPicture *picture, int width, int height) {
  if (!WebPPictureInit(picture)) fail(FAILURE_INTERNAL, "libwebp's version");
  picture->width = width;
  picture->height = height;
}

static void copy_plane(const uint8_t *from, int from_stride, uint8_t *to, int to_stride, int width, int height) {
  for (int y = 0; y < height; y++) memcpy(to + (size_t)y * to_stride, from + (size_t)y * from_stride, (size_t)width);
}

static void copy_band(const WebPPicture *band, WebPPicture *picture, int y) {
  int half_width = (band->width + 1) / 2, half_height = (band->height + 1) / 2;
  size_t chroma_at = (size_t)(y / 2) * picture->uv_stride;
  uint8_t *luma = picture->y + (size_t)y * picture->y_stride;
  copy_plane(band->y, band->y_stride, luma, picture->y_stride, band->width, band->height);
  copy_plane(band->u, band->uv_stride, picture->u + chroma_at, picture->uv_stride, half_width, half_height);
  copy_plane(band->v, band->uv_stride, picture->v + chroma_at, picture->uv_stride, half_width, half_height);
  uint8_t *alpha = picture->a + (size_t)y * picture->a_stride;
  // A band without a transparent pixel has no plane of alpha.
  if (band->a) copy_plane(band->a, band->a_stride, alpha, picture->a_stride, band->width, band->height);
  else memset(alpha, 255, (size_t)band->height * picture->a_stride);
}

static void import_with_alpha(WebPPicture *picture, const uint8_t *pixels) {
  picture->colorspace = WEBP_YUV420A;
  check(WebPPictureAlloc(picture), picture);
  uint8_t *straight = allocate((size_t)picture->width * BAND_ROWS * CHANNELS);
  for (int y = 0; y < picture->height; y += BAND_ROWS) {
    int rows = picture->height - y < BAND_ROWS ? picture->height - y : BAND_ROWS;
    WebPPicture band;
    new_picture(&band, picture->width, rows);
    divide_by_alpha(pixels + (size_t)y * picture->width * CHANNELS, straight, rows * picture->width);
    check(WebPPictureImportRGBA(&band, straight, picture->width * CHANNELS), &band);
    copy_band(&band, picture, y);
    WebPPictureFree(&band);
  }
  free(straight);
}

struct Bytes encode_webp(const uint8_t *pixels, int width, int height, int quality, int has_alpha, int effort) {
  WebPConfig config;
  if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, (float)quality)) fail(FAILURE_INTERNAL, "libwebp's version");
  config.method = effort;
  if (!WebPValidateConfig(&config)) fail(FAILURE_INTERNAL, "libwebp has no such quality or method");
  WebPPicture picture;
  new_picture(&picture, width, height);
  if (has_alpha) import_with_alpha(&picture, pixels);
  else check(WebPPictureImportRGBX(&picture, pixels, width * CHANNELS), &picture);
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;
  check(WebPEncode(&config, &picture), &picture);
  WebPPictureFree(&picture);
  return (struct Bytes){writer.mem, writer.size};
}
