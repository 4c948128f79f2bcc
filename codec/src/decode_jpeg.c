// JPEG by libjpeg-turbo: decoded at 1/8, 1/4, 1/2 or all of its size, its planes resampled before they become colours.
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "jpeg_colours.h"
#include "jpeg_errors.h"
#include "jpeg_markers.h"
#include "jpeg_source.h"
#include "picture.h"

#include <jerror.h>

#define LEAVES 1.25         // What the scaled image has to be times the largest target: less would cost sharpness.
#define MAX_SCANS 500       // Of a progressive file: encoders make about 10, up to some 100 with one for each bit.
#define MAX_BLOCK_PASSES 32 // How often each block is visited, on average: encoders make it about 10 times.
#define FREE_BLOCK_PASSES 2000000.0 // But that a small image has many scans harms nobody.
#define MAX_PLANE_ROWS (MAX_SAMP_FACTOR * DCTSIZE)

enum Phase { PHASE_HEADER, PHASE_SCANS, PHASE_ROWS };

static struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  struct JpegSource source;
  enum Phase phase;
  int is_open;
  int scan;
  double block_passes;
} state;

// ---- faults ---------------------------------------------------------------------------------------------------------

// Pixels that are missing or were guessed are no picture; other faults do no harm.
static void on_warning(j_common_ptr jpeg) {
  facts.warnings++;
  switch (jpeg->err->msg_code) {
    case JWRN_HIT_MARKER:
      if (state.source.is_at_end) fail(FAILURE_TRUNCATED, "the pixels end early");
      jpeg_fail(jpeg);
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC: jpeg_fail(jpeg);
    default: return;
  }
}

static void on_error(j_common_ptr jpeg) {
  if (state.source.is_at_end) fail(FAILURE_TRUNCATED, jpeg_message(jpeg));
  jpeg_fail(jpeg);
}

static double blocks_of_scan(void) {
  double blocks = 0;
  for (int i = 0; i < state.jpeg.comps_in_scan; i++) {
    const jpeg_component_info *component = state.jpeg.cur_comp_info[i];
    blocks += (double)component->width_in_blocks * component->height_in_blocks;
  }
  return blocks;
}

static double blocks_of_image(void) {
  double blocks = 0;
  for (int i = 0; i < state.jpeg.num_components; i++)
    blocks += (double)state.jpeg.comp_info[i].width_in_blocks * state.jpeg.comp_info[i].height_in_blocks;
  return blocks;
}

// Called for each row of blocks of each scan.
static void on_progress(j_common_ptr jpeg) {
  (void)jpeg;
  if (state.jpeg.input_scan_number == state.scan) return;
  state.scan = state.jpeg.input_scan_number;
  state.block_passes += blocks_of_scan();
  double most = MAX_BLOCK_PASSES * blocks_of_image();
  if (state.scan > MAX_SCANS || state.block_passes > (most > FREE_BLOCK_PASSES ? most : FREE_BLOCK_PASSES))
    fail(FAILURE_CORRUPT, "more scans than any picture needs");
}

// ---- from the header to the plan ------------------------------------------------------------------------------------

static int eighths(void) {
  double longest = state.jpeg.image_width > state.jpeg.image_height ? state.jpeg.image_width : state.jpeg.image_height;
  int scale = 1;
  while (scale < 8 && longest * scale / 8 < LEAVES * largest_target()) scale *= 2;
  return scale;
}

static void check_coefficients(void) {
  if (!jpeg_has_multiple_scans(&state.jpeg)) return;
  if (blocks_of_image() * sizeof(JBLOCK) > (double)limits.coefficient_bytes)
    fail(FAILURE_BUFFERED, "too large to be held, as a progressive JPEG has to be");
}

static void take_header(void) {
  struct jpeg_decompress_struct *jpeg = &state.jpeg;
  check_dimensions(jpeg->image_width, jpeg->image_height);
  if (jpeg_combination(jpeg) == NULL) fail(FAILURE_UNSUPPORTED, "neither grey, RGB, YCbCr, CMYK nor YCCK");
  check_coefficients();
  facts.is_progressive = jpeg->progressive_mode;
  jpeg_markers_give_profile();
  jpeg->scale_num = (unsigned)eighths();
  jpeg->scale_denom = 8;
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->raw_data_out = TRUE;
}

static struct Plane plane_of(const jpeg_component_info *component) {
  const struct jpeg_decompress_struct *jpeg = &state.jpeg;
  double size = component->DCT_scaled_size / 8.0;
  return (struct Plane){
      .width = (int)component->downsampled_width,
      .height = (int)component->downsampled_height,
      .exact_width = jpeg->image_width * size * component->h_samp_factor / jpeg->max_h_samp_factor,
      .exact_height = jpeg->image_height * size * component->v_samp_factor / jpeg->max_v_samp_factor,
      .burst = component->v_samp_factor * component->DCT_scaled_size,
  };
}

static void begin_rows(void) {
  const struct jpeg_decompress_struct *jpeg = &state.jpeg;
  int is_inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
  double scale = jpeg->scale_num / 8.0;
  struct Source source = {
      .width = (int)jpeg->image_width,
      .height = (int)jpeg->image_height,
      .decoded_width = (int)jpeg->output_width,
      .decoded_height = (int)jpeg->output_height,
      .exact_width = jpeg->image_width * scale,
      .exact_height = jpeg->image_height * scale,
      .samples = is_inks ? SAMPLES_CMYK : SAMPLES_RGBA,
      .is_grey = jpeg->jpeg_color_space == JCS_GRAYSCALE,
      .bits = 8,
      .orientation = jpeg_markers_orientation(),
  };
  struct Plane planes[PLANES];
  for (int i = 0; i < jpeg->num_components; i++) planes[i] = plane_of(&jpeg->comp_info[i]);
  picture_begin_planes(&source, planes, jpeg->num_components, jpeg_combination(jpeg));
}

// ---- rows -----------------------------------------------------------------------------------------------------------

// One row of blocks of each plane; 0 where bytes are missing for it.
static int read_blocks(void) {
  struct jpeg_decompress_struct *jpeg = &state.jpeg;
  JSAMPROW rows[PLANES][MAX_PLANE_ROWS];
  JSAMPARRAY planes[PLANES];
  for (int i = 0; i < jpeg->num_components; i++) {
    planes[i] = rows[i];
    int burst = jpeg->comp_info[i].v_samp_factor * jpeg->comp_info[i].DCT_scaled_size;
    for (int y = 0; y < burst; y++) rows[i][y] = picture_plane_row(i, y);
  }
  if (jpeg_read_raw_data(jpeg, planes, MAX_PLANE_ROWS) == 0) return 0;
  for (int i = 0; i < jpeg->num_components; i++)
    picture_plane_advance(i, jpeg->comp_info[i].v_samp_factor * jpeg->comp_info[i].DCT_scaled_size);
  picture_planes_flush();
  return 1;
}

// Where the file ended without its end marker: whether a bit of some coefficient never came.
static void check_scans(void) {
  if (!state.source.is_at_end || !state.jpeg.progressive_mode) return;
  for (int i = 0; i < state.jpeg.num_components; i++)
    for (int k = 0; k < DCTSIZE2; k++)
      if (state.jpeg.coef_bits[i][k] != 0) fail(FAILURE_TRUNCATED, "scans are missing");
}

static void read_on(int *is_done) {
  if (state.phase == PHASE_HEADER) {
    if (jpeg_read_header(&state.jpeg, TRUE) == JPEG_SUSPENDED) return;
    take_header();
    state.phase = PHASE_SCANS;
  }
  if (state.phase == PHASE_SCANS) {
    if (!jpeg_start_decompress(&state.jpeg)) return;
    check_scans();
    begin_rows();
    state.phase = PHASE_ROWS;
  }
  while (state.jpeg.output_scanline < state.jpeg.output_height)
    if (!read_blocks()) return;
  picture_end();
  *is_done = 1;
}

// ---- the decoder ----------------------------------------------------------------------------------------------------

static void start(void) {
  memset(&state, 0, sizeof state);
  state.jpeg.err = jpeg_errors(&state.errors, on_warning);
  state.errors.error_exit = on_error;
  jpeg_create_decompress(&state.jpeg);
  state.is_open = 1;
  jpeg_source_begin(&state.source, &state.jpeg);
  jpeg_markers_begin(&state.jpeg);
  state.progress.progress_monitor = on_progress;
  state.jpeg.progress = &state.progress;
}

static size_t feed(const uint8_t *bytes, size_t length, int is_last, int *is_done) {
  jpeg_source_take(&state.source, bytes, length, is_last);
  read_on(is_done);
  return jpeg_source_consumed(&state.source, length);
}

static void finish(void) {
  if (state.is_open) jpeg_destroy_decompress(&state.jpeg);
  state.is_open = 0;
  jpeg_markers_free();
}

const struct Decoder jpeg_decoder = {start, feed, finish};
