// From decoded rows to three upright pictures in sRGB: [shrink] → Lanczos → colours → store, and each stored row goes on
// to the next variant's Lanczos.
#include "picture.h"

#include <string.h>

#include "alpha.h"
#include "orient.h"
#include "premultiplied.h"
#include "resample.h"
#include "shrink.h"

// A source at least 2 × 3 times the target is halved first: what is left is enough for a filter as good as over all.
#define SHRINK_LEAVES 3

struct Variant {
  int target;        // The longest side at most.
  int width, height; // As stored, not yet turned.
  int rows;          // That are there.
  struct Picture picture;
  uint8_t *row;      // The one at hand, as stored.
  struct Resampler from_before; // Not for the largest: it comes from the decoder.
};

static struct Variant variants[VARIANTS];
static struct Source source;
static int is_begun, has_alpha;

// The way into the largest variant: one resampler of four channels, or one for each plane.
static struct Resampler planes[PLANES];
static int plane_count;
static CombinePlanes combine;
static struct Shrinker shrinker;
static int rows_taken;
static uint8_t *own_row; // Where a row is premultiplied before it is shrunk.
static uint8_t *plane_rows[PLANES];

void picture_target(int variant, int longest_side) {
  if (variant < 0 || variant >= VARIANTS || longest_side < 1) fail(FAILURE_INTERNAL, "no such target");
  variants[variant].target = longest_side;
}

int largest_target(void) {
  return variants[0].target;
}

const struct Picture *picture_of(int variant) {
  if (variant < 0 || variant >= VARIANTS || variants[variant].picture.pixels == NULL)
    fail(FAILURE_INTERNAL, "no such picture");
  return &variants[variant].picture;
}

double picture_fact(enum Fact fact) {
  int is_turned = orientation_swaps_sides(source.orientation);
  switch (fact) {
    case FACT_WIDTH: return is_turned ? source.height : source.width;
    case FACT_HEIGHT: return is_turned ? source.width : source.height;
    case FACT_HAS_ALPHA: return has_alpha;
    case FACT_ORIENTATION: return source.orientation;
    case FACT_WARNINGS: return facts.warnings;
    case FACT_DECODED_WIDTH: return source.decoded_width;
    case FACT_DECODED_HEIGHT: return source.decoded_height;
    case FACT_IS_PROGRESSIVE: return facts.is_progressive;
    case FACT_PROFILE: return facts.profile;
  }
  fail(FAILURE_INTERNAL, "no such fact");
}

// ---- the plan -------------------------------------------------------------------------------------------------------

static int scaled(int side, double ratio) {
  int pixels = (int)(side * ratio + 0.5);
  return pixels < 1 ? 1 : pixels;
}

static void plan_variant(int index) {
  struct Variant *variant = &variants[index];
  int longest = source.width > source.height ? source.width : source.height;
  double ratio = longest > variant->target ? (double)variant->target / longest : 1;
  int is_turned = orientation_swaps_sides(source.orientation);
  variant->rows = 0;
  variant->width = scaled(source.width, ratio);
  variant->height = scaled(source.height, ratio);
  variant->picture.width = is_turned ? variant->height : variant->width;
  variant->picture.height = is_turned ? variant->width : variant->height;
  variant->picture.pixels = allocate((size_t)variant->width * (size_t)variant->height * 4 + 16);
  variant->row = allocate((size_t)variant->width * 4 + 64);
  if (index == 0) return;
  const struct Variant *before = &variants[index - 1];
  struct Axis horizontal = {before->width, before->width, variant->width};
  struct Axis vertical = {before->height, before->height, variant->height};
  resampler_begin(&variant->from_before, 4, horizontal, vertical, 1, 0);
}

static void plan(const struct Source *given) {
  if (is_begun) fail(FAILURE_INTERNAL, "the picture has begun");
  is_begun = 1;
  source = *given;
  has_alpha = 0;
  rows_taken = 0;
  for (int i = 0; i < VARIANTS; i++) plan_variant(i);
  colour_begin(source.samples, source.is_grey);
}

static int shrink_factor(void) {
  double horizontal = source.exact_width / variants[0].width, vertical = source.exact_height / variants[0].height;
  int factor = (int)((horizontal < vertical ? horizontal : vertical) / SHRINK_LEAVES);
  return factor < 1 ? 1 : factor;
}

void picture_begin(const struct Source *given) {
  plan(given);
  int factor = shrink_factor(), rows_in = (source.decoded_height + factor - 1) / factor;
  if (factor > 1) {
    shrinker_begin(&shrinker, factor, source.decoded_width);
    own_row = allocate((size_t)source.decoded_width * 4 + 16);
  }
  int width = factor > 1 ? shrinker.target_width : source.decoded_width;
  struct Axis horizontal = {width, source.exact_width / factor, variants[0].width};
  struct Axis vertical = {rows_in, source.exact_height / factor, variants[0].height};
  resampler_begin(&planes[0], 4, horizontal, vertical, 1, 0);
  plane_count = 1;
  combine = NULL;
}

void picture_begin_planes(const struct Source *given, const struct Plane *given_planes, int count, CombinePlanes how) {
  plan(given);
  plane_count = count;
  combine = how;
  for (int i = 0; i < count; i++) {
    const struct Plane *plane = &given_planes[i];
    struct Axis horizontal = {plane->width, plane->exact_width, variants[0].width};
    struct Axis vertical = {plane->height, plane->exact_height, variants[0].height};
    // A coarser plane's filter reaches further down: up to so many rows of a finer one wait for it.
    resampler_begin(&planes[i], 1, horizontal, vertical, plane->burst, 4 * plane->burst);
    plane_rows[i] = allocate((size_t)variants[0].width + 16);
  }
}

// ---- stored rows ----------------------------------------------------------------------------------------------------

// Keeps a variant's row, upright, and hands it on to the next variant.
static void take_variant_row(int index) {
  struct Variant *variant = &variants[index];
  orient_row(variant->picture.pixels, variant->row, variant->width, variant->height, variant->rows++,
             source.orientation);
  if (index + 1 == VARIANTS) return;
  struct Variant *next = &variants[index + 1];
  memcpy(resampler_slot(&next->from_before, 0), variant->row, (size_t)variant->width * 4);
  resampler_advance(&next->from_before, 1);
  while (resampler_is_ready(&next->from_before)) {
    resampler_pull(&next->from_before, next->row);
    take_variant_row(index + 1);
  }
}

// A row of the largest variant is there, but for its colours.
static void finish_row(void) {
  uint8_t *row = variants[0].row;
  int width = variants[0].width;
  if (colour_is_needed()) {
    if (source.has_alpha) divide_by_alpha(row, row, width);
    colour_row(row, width);
    if (source.has_alpha) premultiply(row, width);
  }
  if (source.has_alpha) has_alpha |= !is_opaque(row, width);
  take_variant_row(0);
}

// ---- rows of pixels -------------------------------------------------------------------------------------------------

// The row in the resampler's slot is complete.
static void take_slot(void) {
  resampler_advance(&planes[0], 1);
  while (resampler_is_ready(&planes[0])) {
    resampler_pull(&planes[0], variants[0].row);
    finish_row();
  }
}

void picture_row(const uint8_t *samples) {
  if (++rows_taken > source.decoded_height) fail(FAILURE_INTERNAL, "more rows than the image has");
  uint8_t *slot = resampler_slot(&planes[0], 0);
  uint8_t *own = shrinker.factor > 0 ? own_row : slot;
  if (source.has_alpha || shrinker.factor == 0) {
    memcpy(own, samples, (size_t)source.decoded_width * 4);
    samples = own;
  }
  if (source.has_alpha) premultiply(own, source.decoded_width);
  int is_last = rows_taken == source.decoded_height;
  if (shrinker.factor == 0 || shrinker_row(&shrinker, samples, is_last, slot)) take_slot();
}

// ---- rows of planes -------------------------------------------------------------------------------------------------

uint8_t *picture_plane_row(int plane, int ahead) {
  return resampler_slot(&planes[plane], ahead);
}

void picture_plane_advance(int plane, int rows) {
  resampler_advance(&planes[plane], rows);
}

static int are_planes_ready(void) {
  for (int i = 0; i < plane_count; i++)
    if (!resampler_is_ready(&planes[i])) return 0;
  return 1;
}

void picture_planes_flush(void) {
  while (are_planes_ready()) {
    for (int i = 0; i < plane_count; i++) resampler_pull(&planes[i], plane_rows[i]);
    combine((const uint8_t *const *)plane_rows, variants[0].row, variants[0].width);
    finish_row();
  }
}

// ---- the end --------------------------------------------------------------------------------------------------------

static void free_stages(void) {
  for (int i = 0; i < PLANES; i++) {
    resampler_free(&planes[i]);
    free(plane_rows[i]);
    plane_rows[i] = NULL;
  }
  for (int i = 0; i < VARIANTS; i++) {
    resampler_free(&variants[i].from_before);
    free(variants[i].row);
    variants[i].row = NULL;
  }
  shrinker_free(&shrinker);
  free(own_row);
  own_row = NULL;
  colour_end();
}

void picture_end(void) {
  for (int i = 0; i < VARIANTS; i++)
    if (variants[i].rows < variants[i].height) fail(FAILURE_TRUNCATED, "rows are missing");
  free_stages();
}

void picture_free(void) {
  free_stages();
  for (int i = 0; i < VARIANTS; i++) {
    free(variants[i].picture.pixels);
    variants[i].picture.pixels = NULL;
  }
  is_begun = 0;
}
