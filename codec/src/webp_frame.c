// libwebp's decoders give whole pictures; these give rows, by its inner interfaces. Lossy: the hook `put` gets a few
// rows of Y, U and V at a time. Lossless: the one function that every finished row passes is wrapped by the linker.
#include "webp_frame.h"
#include "picture.h"

#include "src/dec/vp8i_dec.h"
#include "src/dec/vp8li_dec.h"
#include "src/dec/webpi_dec.h"
#include "src/dsp/dsp.h"
#include "src/dsp/lossless.h"

#include <string.h>

#define CHANNELS 4
#define SLACK 64     // The SIMD converters may write a little past the end.
#define PUT_ROWS 24  // At most in one call of `put`.

static struct {
  const struct WebpFrame *frame;
  void (*take_row)(uint8_t *row);
  uint8_t *rows[2];                        // RGBA.
  uint8_t *luma, *u, *v;                   // The odd row that waits for the one below it.
  const uint8_t *alpha;                    // Of the row that waits.
} out;

static void fail_with(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OUT_OF_MEMORY: fail(FAILURE_MEMORY, "libwebp");
    case VP8_STATUS_SUSPENDED: case VP8_STATUS_NOT_ENOUGH_DATA: fail(FAILURE_TRUNCATED, "The image's data ends early");
    case VP8_STATUS_UNSUPPORTED_FEATURE: fail(FAILURE_UNSUPPORTED, "Not a key frame, or not to be shown");
    default: fail(FAILURE_CORRUPT, "libwebp refuses the image's data");
  }
}

void webp_frame_measure(struct WebpFrame *frame) {
  int is_read = frame->is_lossless
    ? VP8LGetInfo(frame->image, frame->image_length, &frame->width, &frame->height, &frame->has_alpha)
    : VP8GetInfo(frame->image, frame->image_length, frame->image_length, &frame->width, &frame->height);
  if (!is_read) fail(FAILURE_CORRUPT, "The frame's header");
  if (!frame->is_lossless) frame->has_alpha = frame->alpha != NULL;
}

double webp_frame_bytes(const struct WebpFrame *frame) {
  double pixels = (double)frame->width * frame->height;
  if (frame->is_lossless) return pixels * 4;
  // The plane of alpha, and 4 bytes a pixel where it is compressed as a lossless image is.
  return frame->has_alpha ? pixels * 5 : 0;
}

static void allocate_rows(const struct WebpFrame *frame) {
  size_t row_bytes = (size_t)frame->width * CHANNELS + SLACK;
  for (int i = 0; i < 2; i++) out.rows[i] = allocate(row_bytes);
  out.luma = allocate((size_t)frame->width + SLACK);
  out.u = allocate((size_t)frame->width / 2 + SLACK);
  out.v = allocate((size_t)frame->width / 2 + SLACK);
}

static void free_rows(void) {
  for (int i = 0; i < 2; i++) free(out.rows[i]);
  free(out.luma);
  free(out.u);
  free(out.v);
  memset(&out, 0, sizeof out);
}

// ---- lossy ----------------------------------------------------------------------------------------------------------

static void give_row(uint8_t *row, const uint8_t *alpha) {
  if (alpha) {
    for (int x = 0; x < out.frame->width; x++) row[x * CHANNELS + 3] = alpha[x];
  }
  out.take_row(row);
}

// Chroma has half the rows: row 0 takes its own, then each pair of rows lies between two of chroma.
static void take_luma_row(int y, const uint8_t *luma, const uint8_t *u, const uint8_t *v, const uint8_t *alpha) {
  WebPUpsampleLinePairFunc upsample = WebPUpsamplers[MODE_RGBA];
  int width = out.frame->width;
  int is_paired = y > 0 && y % 2 == 0;
  int waits = y % 2 == 1 && y + 1 < out.frame->height;
  if (waits) {
    memcpy(out.luma, luma, (size_t)width);
    memcpy(out.u, u, (size_t)(width + 1) / 2);
    memcpy(out.v, v, (size_t)(width + 1) / 2);
    out.alpha = alpha;
  } else if (is_paired) {
    upsample(out.luma, luma, out.u, out.v, u, v, out.rows[0], out.rows[1], width);
    give_row(out.rows[0], out.alpha);
    give_row(out.rows[1], alpha);
  } else {
    upsample(luma, NULL, u, v, u, v, out.rows[0], NULL, width);
    give_row(out.rows[0], alpha);
  }
}

static int put_rows(const VP8Io *io) {
  for (int i = 0; i < io->mb_h; i++) {
    const uint8_t *u = io->u + (size_t)(i / 2) * io->uv_stride;
    const uint8_t *v = io->v + (size_t)(i / 2) * io->uv_stride;
    const uint8_t *alpha = io->a ? io->a + (size_t)i * io->width : NULL;
    take_luma_row(io->mb_y + i, io->y + (size_t)i * io->y_stride, u, v, alpha);
  }
  return 1;
}

static void put_plane(int plane, const uint8_t *samples, int stride, int width, int rows) {
  for (int y = 0; y < rows; y++) memcpy(picture_plane_row(plane, y), samples + (size_t)y * stride, (size_t)width);
  picture_plane_advance(plane, rows);
}

static int put_planes(const VP8Io *io) {
  int half_width = (io->mb_w + 1) / 2, half_rows = (io->mb_h + 1) / 2;
  put_plane(0, io->y, io->y_stride, io->mb_w, io->mb_h);
  put_plane(1, io->u, io->uv_stride, half_width, half_rows);
  put_plane(2, io->v, io->uv_stride, half_width, half_rows);
  picture_planes_flush();
  return 1;
}

static void combine(const uint8_t *const planes[PLANES], uint8_t *samples, int count) {
  WebPYUV444Converters[MODE_RGBA](planes[0], planes[1], planes[2], samples, count);
}

static void decode_lossy(const struct WebpFrame *frame, VP8IoPutHook put) {
  VP8Io io;
  VP8Decoder *decoder = VP8New();
  if (!decoder || !VP8InitIo(&io)) fail(FAILURE_MEMORY, "libwebp");
  io.data = frame->image;
  io.data_size = frame->image_length;
  io.put = put;
  decoder->alpha_data_ = frame->alpha;
  decoder->alpha_data_size_ = frame->alpha_length;
  if (!VP8Decode(decoder, &io)) fail_with(decoder->status_);
  VP8Delete(decoder);
}

// ---- lossless -------------------------------------------------------------------------------------------------------

void __real_VP8LConvertFromBGRA(const uint32_t *pixels, int count, WEBP_CSP_MODE mode, uint8_t *rgba);
void __wrap_VP8LConvertFromBGRA(const uint32_t *pixels, int count, WEBP_CSP_MODE mode, uint8_t *rgba);

// VP8LDecodeImage converts each row into the same place (a stride of 0); it is taken from there at once.
void __wrap_VP8LConvertFromBGRA(const uint32_t *pixels, int count, WEBP_CSP_MODE mode, uint8_t *rgba) {
  __real_VP8LConvertFromBGRA(pixels, count, mode, rgba);
  if (!out.frame->has_alpha) {
    for (int x = 0; x < count; x++) rgba[x * CHANNELS + 3] = 255;
  }
  out.take_row(rgba);
}

static void decode_lossless(const struct WebpFrame *frame) {
  VP8Io io;
  WebPDecBuffer buffer;
  VP8LDecoder *decoder = VP8LNew();
  if (!decoder || !VP8InitIo(&io) || !WebPInitDecBuffer(&buffer)) fail(FAILURE_MEMORY, "libwebp");
  buffer.colorspace = MODE_RGBA;
  buffer.width = frame->width;
  buffer.height = frame->height;
  buffer.is_external_memory = 1;
  buffer.u.RGBA.rgba = out.rows[0];
  buffer.u.RGBA.stride = 0;
  WebPDecParams params = {.output = &buffer};
  io.opaque = &params;
  io.data = frame->image;
  io.data_size = frame->image_length;
  if (!VP8LDecodeHeader(decoder, &io) || !VP8LDecodeImage(decoder)) fail_with(decoder->status_);
  VP8LDelete(decoder);
}

void webp_frame_decode(const struct WebpFrame *frame, void (*take_row)(uint8_t *row)) {
  out.frame = frame;
  out.take_row = take_row;
  allocate_rows(frame);
  WebPInitUpsamplers();
  if (frame->is_lossless) decode_lossless(frame);
  else decode_lossy(frame, put_rows);
  free_rows();
}

void webp_frame_decode_planes(const struct WebpFrame *frame, const struct Source *source) {
  int half_width = (frame->width + 1) / 2, half_height = (frame->height + 1) / 2;
  struct Plane luma = {frame->width, frame->height, frame->width, frame->height, PUT_ROWS};
  struct Plane chroma = {half_width, half_height, frame->width / 2.0, frame->height / 2.0, PUT_ROWS / 2};
  const struct Plane planes[3] = {luma, chroma, chroma};
  picture_begin_planes(source, planes, 3, combine);
  WebPInitYUV444Converters();
  decode_lossy(frame, put_planes);
}
