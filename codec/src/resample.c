#include "resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wasm_simd128.h>

#include "codec.h"

#define WEIGHT_BITS 14
#define ROUND (1 << (WEIGHT_BITS - 1))
#define LOBES 3.0
#define ENLARGED 0.82 // Below this many source samples for one, a triangle is nearer to what other decoders make.
#define PADDING 64 // Whole blocks and vectors may be written and read beyond a row's end.

// ---- filters --------------------------------------------------------------------------------------------------------

static double sinc(double x) {
  return x == 0 ? 1 : sin(M_PI * x) / (M_PI * x);
}

static double lanczos(double x) {
  return fabs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
}

static double triangle(double x) {
  return fabs(x) < 1 ? 1 - fabs(x) : 0;
}

// The weights add up to exactly 1, so that a plain colour stays as it is: the largest takes what rounding leaves.
static void quantize(const double *exact, double sum, int count, int16_t *weights) {
  int left = 1 << WEIGHT_BITS, largest = 0;
  for (int i = 0; i < count; i++) {
    weights[i] = (int16_t)lrint(exact[i] / sum * (1 << WEIGHT_BITS));
    left -= weights[i];
    if (exact[i] > exact[largest]) largest = i;
  }
  weights[largest] = (int16_t)(weights[largest] + left);
}

static int clamp(int value, int low, int high) {
  return value < low ? low : value > high ? high : value;
}

static void filter_begin(struct Filter *filter, struct Axis axis, int multiple) {
  double scale = axis.exact / axis.target, stretch = scale < 1 ? 1 : scale;
  // Only chroma is ever enlarged. JPEG's decoders double it by three quarters and a quarter, which is this triangle.
  int is_enlarging = scale < ENLARGED;
  double support = is_enlarging ? 1 : LOBES * stretch;
  int most = 2 * (int)ceil(support) + 1;
  filter->is_identity = axis.source == axis.target && axis.exact == axis.target;
  filter->count = (most + multiple - 1) / multiple * multiple;
  if (filter->is_identity) return;
  filter->starts = allocate(sizeof(int) * (size_t)axis.target);
  size_t bytes = sizeof(int16_t) * (size_t)axis.target * (size_t)filter->count;
  filter->weights = allocate(bytes);
  memset(filter->weights, 0, bytes);
  double *exact = allocate(sizeof(double) * (size_t)most);
  for (int i = 0; i < axis.target; i++) {
    double centre = (i + 0.5) * scale, sum = 0;
    int start = clamp((int)(centre - support + 0.5), 0, axis.source - 1);
    int count = clamp((int)(centre + support + 0.5), start + 1, axis.source) - start;
    for (int j = 0; j < count; j++) {
      double distance = (start + j + 0.5 - centre) / stretch;
      exact[j] = is_enlarging ? triangle(distance) : lanczos(distance);
      sum += exact[j];
    }
    filter->starts[i] = start;
    quantize(exact, sum, count, filter->weights + (size_t)i * (size_t)filter->count);
  }
  free(exact);
}

static void filter_free(struct Filter *filter) {
  free(filter->starts);
  free(filter->weights);
}

// ---- the vertical pass ----------------------------------------------------------------------------------------------

static inline v128_t low_pairs(v128_t a, v128_t b) {
  return wasm_u16x8_extend_low_u8x16(
      wasm_i8x16_shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
}

static inline v128_t low_middle_pairs(v128_t a, v128_t b) {
  return wasm_u16x8_extend_high_u8x16(
      wasm_i8x16_shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
}

static inline v128_t high_middle_pairs(v128_t a, v128_t b) {
  return wasm_u16x8_extend_low_u8x16(
      wasm_i8x16_shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
}

static inline v128_t high_pairs(v128_t a, v128_t b) {
  return wasm_u16x8_extend_high_u8x16(
      wasm_i8x16_shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
}

static inline v128_t multiply_add(v128_t sum, v128_t pairs, v128_t weights) {
  return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(pairs, weights));
}

static inline v128_t to_bytes(v128_t a, v128_t b, v128_t c, v128_t d) {
  return wasm_u8x16_narrow_i16x8(
      wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(a, WEIGHT_BITS), wasm_i32x4_shr(b, WEIGHT_BITS)),
      wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(c, WEIGHT_BITS), wasm_i32x4_shr(d, WEIGHT_BITS)));
}

// Adds up `count` rows (an even number), each by its weight; 16 bytes at a time, two rows in one multiplication.
static void filter_rows(const uint8_t *const *rows, const int16_t *weights, int count, int bytes, uint8_t *target) {
  for (int x = 0; x < bytes; x += 16) {
    v128_t a = wasm_i32x4_splat(ROUND), b = a, c = a, d = a;
    for (int j = 0; j < count; j += 2) {
      v128_t upper = wasm_v128_load(rows[j] + x), lower = wasm_v128_load(rows[j + 1] + x);
      v128_t pair = wasm_v128_load32_splat(weights + j);
      a = multiply_add(a, low_pairs(upper, lower), pair);
      b = multiply_add(b, low_middle_pairs(upper, lower), pair);
      c = multiply_add(c, high_middle_pairs(upper, lower), pair);
      d = multiply_add(d, high_pairs(upper, lower), pair);
    }
    wasm_v128_store(target + x, to_bytes(a, b, c, d));
  }
}

// ---- the horizontal pass --------------------------------------------------------------------------------------------

// The four sums of the four lanes of each.
static inline v128_t lane_sums(v128_t a, v128_t b, v128_t c, v128_t d) {
  v128_t ab = wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 4, 1, 5), wasm_i32x4_shuffle(a, b, 2, 6, 3, 7));
  v128_t cd = wasm_i32x4_add(wasm_i32x4_shuffle(c, d, 0, 4, 1, 5), wasm_i32x4_shuffle(c, d, 2, 6, 3, 7));
  return wasm_i32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 1, 4, 5), wasm_i32x4_shuffle(ab, cd, 2, 3, 6, 7));
}

// `count` is a multiple of 4.
static inline v128_t weighted_bytes(const uint8_t *samples, const int16_t *weights, int count) {
  v128_t sum = wasm_i32x4_splat(0);
  int j = 0;
  for (; j + 8 <= count; j += 8)
    sum = multiply_add(sum, wasm_u16x8_load8x8(samples + j), wasm_v128_load(weights + j));
  if (j < count)
    sum = multiply_add(sum, wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(samples + j)),
                       wasm_v128_load64_zero(weights + j));
  return sum;
}

// Four target pixels at a time; up to three more than `width` are written, from the last start and weights.
static void filter_plane(const struct Filter *filter, const uint8_t *source, int width, uint8_t *target) {
  int n = filter->count;
  for (int x = 0; x < width; x += 4) {
    v128_t sums[4];
    for (int i = 0; i < 4; i++) {
      int at = x + i < width ? x + i : width - 1;
      sums[i] = weighted_bytes(source + filter->starts[at], filter->weights + (size_t)at * (size_t)n, n);
    }
    v128_t sum = wasm_i32x4_add(lane_sums(sums[0], sums[1], sums[2], sums[3]), wasm_i32x4_splat(ROUND));
    wasm_v128_store32_lane(target + x, to_bytes(sum, sum, sum, sum), 0);
  }
}

// Four pixels of four channels, two pixels in one multiplication; `count` is a multiple of 4.
static void filter_pixels(const struct Filter *filter, const uint8_t *source, int width, uint8_t *target) {
  int n = filter->count;
  for (int x = 0; x < width; x++) {
    const uint8_t *pixels = source + 4 * filter->starts[x];
    const int16_t *weights = filter->weights + (size_t)x * (size_t)n;
    v128_t even = wasm_i32x4_splat(ROUND), odd = wasm_i32x4_splat(0);
    for (int j = 0; j < n; j += 4) {
      v128_t four = wasm_v128_load(pixels + 4 * j);
      v128_t pairs = wasm_i8x16_shuffle(four, four, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
      even = multiply_add(even, wasm_u16x8_extend_low_u8x16(pairs), wasm_v128_load32_splat(weights + j));
      odd = multiply_add(odd, wasm_u16x8_extend_high_u8x16(pairs), wasm_v128_load32_splat(weights + j + 2));
    }
    v128_t sum = wasm_i32x4_add(even, odd);
    wasm_v128_store32_lane(target + 4 * x, to_bytes(sum, sum, sum, sum), 0);
  }
}

// ---- the step -------------------------------------------------------------------------------------------------------

void resampler_begin(struct Resampler *resampler, int channels, struct Axis horizontal, struct Axis vertical, int burst,
                     int lag) {
  memset(resampler, 0, sizeof *resampler);
  resampler->channels = channels;
  resampler->horizontal = horizontal;
  resampler->vertical = vertical;
  filter_begin(&resampler->columns, horizontal, 4);
  filter_begin(&resampler->rows, vertical, 2);
  size_t samples = (size_t)horizontal.source + (size_t)resampler->columns.count;
  resampler->stride = (samples * (size_t)channels + PADDING + 15) & ~(size_t)15;
  resampler->ring_rows = resampler->rows.count + burst + lag;
  size_t bytes = resampler->stride * (size_t)resampler->ring_rows;
  resampler->ring = allocate(bytes);
  // What lies beyond a row's end is multiplied by 0, but it is read.
  memset(resampler->ring, 0, bytes);
  resampler->between = allocate(resampler->stride);
  memset(resampler->between, 0, resampler->stride);
}

static uint8_t *ring_row(const struct Resampler *resampler, int row) {
  return resampler->ring + (size_t)(row % resampler->ring_rows) * resampler->stride;
}

uint8_t *resampler_slot(const struct Resampler *resampler, int ahead) {
  return ring_row(resampler, resampler->received + ahead);
}

void resampler_advance(struct Resampler *resampler, int rows) {
  int left = resampler->vertical.source - resampler->received;
  resampler->received += rows < left ? rows : left;
}

static int first_row(const struct Resampler *resampler) {
  return resampler->rows.is_identity ? resampler->produced : resampler->rows.starts[resampler->produced];
}

static int rows_to_have(const struct Resampler *resampler) {
  int end = first_row(resampler) + (resampler->rows.is_identity ? 1 : resampler->rows.count);
  return end < resampler->vertical.source ? end : resampler->vertical.source;
}

int resampler_is_ready(const struct Resampler *resampler) {
  return resampler->produced < resampler->vertical.target && resampler->received >= rows_to_have(resampler);
}

static const uint8_t *filtered_vertically(struct Resampler *resampler) {
  int first = first_row(resampler), count = resampler->rows.count;
  if (resampler->received - first > resampler->ring_rows) fail(FAILURE_INTERNAL, "a row is overwritten in the ring");
  if (resampler->rows.is_identity) return ring_row(resampler, first);
  const uint8_t *rows[count];
  int last = rows_to_have(resampler) - 1;
  for (int j = 0; j < count; j++) rows[j] = ring_row(resampler, first + j < last ? first + j : last);
  const int16_t *weights = resampler->rows.weights + (size_t)resampler->produced * (size_t)count;
  filter_rows(rows, weights, count, resampler->horizontal.source * resampler->channels, resampler->between);
  return resampler->between;
}

void resampler_pull(struct Resampler *resampler, uint8_t *row) {
  const uint8_t *source = filtered_vertically(resampler);
  int width = resampler->horizontal.target;
  if (resampler->columns.is_identity) memcpy(row, source, (size_t)width * (size_t)resampler->channels);
  else if (resampler->channels == 1) filter_plane(&resampler->columns, source, width, row);
  else filter_pixels(&resampler->columns, source, width, row);
  resampler->produced++;
}

void resampler_free(struct Resampler *resampler) {
  filter_free(&resampler->columns);
  filter_free(&resampler->rows);
  free(resampler->ring);
  free(resampler->between);
  memset(resampler, 0, sizeof *resampler);
}
