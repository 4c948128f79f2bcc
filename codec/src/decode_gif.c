// GIF: the first frame on its canvas, transparent where it does not cover it. Reading ends with the frame's last row,
// so an animation costs no more than that. Rows stream; those of an interlaced frame are held, a byte a pixel.
#include "codec.h"
#include "lzw.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 13
#define FRAME_BYTES 10
#define CHANNELS 4
#define COLOURS 256

enum Expected { EXPECTED_HEADER, EXPECTED_BLOCK, EXPECTED_EXTENSION, EXPECTED_FRAME_DATA };

static struct {
  enum Expected expected;
  int is_control;                 // The extension at hand says which colour is transparent.
  int transparent;                // A colour's index, or -1.
  uint8_t global_palette[COLOURS][CHANNELS];
  uint8_t palette[COLOURS][CHANNELS];
  int has_global_palette;
  int canvas_width, canvas_height;
  int x, y, width, height;        // The frame on its canvas.
  int is_interlaced;
  uint8_t *indices;               // One row of the frame; of an interlaced frame, all.
  size_t filled, size;            // Of `indices`.
  int rows;                       // Of the frame, given to the picture.
  int is_complete;
  uint8_t *canvas_row;
} gif;

static int little_endian(const uint8_t *bytes) {
  return bytes[0] | bytes[1] << 8;
}

// ---- rows -----------------------------------------------------------------------------------------------------------

static void give_row(const uint8_t *indices) {
  uint8_t *pixels = gif.canvas_row + (size_t)gif.x * CHANNELS;
  for (int i = 0; i < gif.width; i++) memcpy(pixels + (size_t)i * CHANNELS, gif.palette[indices[i]], CHANNELS);
  picture_row(gif.canvas_row);
  gif.rows++;
}

static void give_empty_rows(int count) {
  if (count <= 0) return;
  memset(gif.canvas_row, 0, (size_t)gif.canvas_width * CHANNELS);
  for (int i = 0; i < count; i++) picture_row(gif.canvas_row);
}

// Where row `y` of an interlaced frame is stored: every 8th from 0, every 8th from 4, every 4th from 2, every 2nd from 1.
static int interlaced_place(int y) {
  int eighths = (gif.height + 7) / 8, fourths = (gif.height + 3) / 4, halves = (gif.height + 1) / 2;
  if (y % 8 == 0) return y / 8;
  if (y % 8 == 4) return eighths + y / 8;
  if (y % 4 == 2) return fourths + y / 4;
  return halves + y / 2;
}

static void complete(void) {
  if (gif.is_interlaced) {
    for (int y = 0; y < gif.height; y++) give_row(gif.indices + (size_t)interlaced_place(y) * gif.width);
  }
  give_empty_rows(gif.canvas_height - gif.y - gif.height);
  gif.is_complete = 1;
  picture_end();
}

static void take_indices(const uint8_t *indices, int count) {
  while (count > 0 && !gif.is_complete) {
    size_t room = gif.size - gif.filled;
    size_t taken = (size_t)count < room ? (size_t)count : room;
    memcpy(gif.indices + gif.filled, indices, taken);
    gif.filled += taken;
    indices += taken;
    count -= (int)taken;
    if (gif.filled < gif.size) return;
    gif.filled = 0;
    if (!gif.is_interlaced) give_row(gif.indices);
    if (gif.is_interlaced || gif.rows == gif.height) complete();
  }
}

// ---- the frame ------------------------------------------------------------------------------------------------------

static void read_palette(uint8_t palette[COLOURS][CHANNELS], const uint8_t *bytes, int count) {
  for (int i = 0; i < COLOURS; i++) {
    for (int c = 0; c < 3; c++) palette[i][c] = i < count ? bytes[i * 3 + c] : 0;
    palette[i][3] = 255;
  }
}

static int larger(int a, int b) {
  return a > b ? a : b;
}

static void hold_indices(void) {
  double bytes = (double)gif.width * (gif.is_interlaced ? gif.height : 1);
  if (bytes > (double)limits.buffered_bytes) fail(FAILURE_BUFFERED, "An interlaced GIF this large");
  gif.size = (size_t)bytes;
  gif.indices = allocate(gif.size);
}

static void begin_picture(void) {
  int covers = gif.width == gif.canvas_width && gif.height == gif.canvas_height;
  struct Source source = {
    .width = gif.canvas_width, .height = gif.canvas_height,
    .decoded_width = gif.canvas_width, .decoded_height = gif.canvas_height,
    .exact_width = gif.canvas_width, .exact_height = gif.canvas_height,
    .samples = SAMPLES_RGBA,
    .has_alpha = gif.transparent >= 0 || !covers,
    .bits = 8,
    .orientation = 1,
  };
  facts.is_progressive = gif.is_interlaced;
  picture_begin(&source);
}

// As browsers do, the canvas grows where the first frame goes beyond it.
static void read_frame(const uint8_t *descriptor) {
  gif.x = little_endian(descriptor + 1);
  gif.y = little_endian(descriptor + 3);
  gif.width = little_endian(descriptor + 5);
  gif.height = little_endian(descriptor + 7);
  gif.is_interlaced = (descriptor[9] & 0x40) != 0;
  gif.canvas_width = larger(gif.canvas_width, gif.x + gif.width);
  gif.canvas_height = larger(gif.canvas_height, gif.y + gif.height);
  check_dimensions(gif.width, gif.height);
  check_dimensions(gif.canvas_width, gif.canvas_height);
}

static void begin_frame(int index_bits) {
  if (index_bits < 1 || index_bits > 8) fail(FAILURE_CORRUPT, "The size of the first code");
  if (gif.transparent >= 0) memset(gif.palette[gif.transparent], 0, CHANNELS);
  hold_indices();
  gif.canvas_row = allocate((size_t)gif.canvas_width * CHANNELS);
  memset(gif.canvas_row, 0, (size_t)gif.canvas_width * CHANNELS);
  lzw_start(index_bits);
  begin_picture();
  give_empty_rows(gif.y);
}

// ---- blocks: each function takes one whole or nothing ---------------------------------------------------------------

static int palette_count(uint8_t flags) {
  return flags & 0x80 ? 2 << (flags & 7) : 0;
}

static size_t take_header(const uint8_t *bytes, size_t length) {
  if (length < HEADER_BYTES) return 0;
  if (memcmp(bytes, "GIF8", 4) != 0) fail(FAILURE_CORRUPT, "Not a GIF");
  int count = palette_count(bytes[10]);
  size_t taken = HEADER_BYTES + (size_t)count * 3;
  if (length < taken) return 0;
  gif.canvas_width = little_endian(bytes + 6);
  gif.canvas_height = little_endian(bytes + 8);
  gif.has_global_palette = count > 0;
  read_palette(gif.global_palette, bytes + HEADER_BYTES, count);
  gif.expected = EXPECTED_BLOCK;
  return taken;
}

static size_t take_frame(const uint8_t *bytes, size_t length) {
  if (length < FRAME_BYTES) return 0;
  int count = palette_count(bytes[9]);
  size_t taken = FRAME_BYTES + (size_t)count * 3 + 1;
  if (length < taken) return 0;
  if (count == 0 && !gif.has_global_palette) fail(FAILURE_CORRUPT, "No palette");
  if (count > 0) read_palette(gif.palette, bytes + FRAME_BYTES, count);
  else memcpy(gif.palette, gif.global_palette, sizeof gif.palette);
  read_frame(bytes);
  begin_frame(bytes[taken - 1]);
  gif.expected = EXPECTED_FRAME_DATA;
  return taken;
}

static size_t take_block(const uint8_t *bytes, size_t length) {
  switch (bytes[0]) {
    case 0x21:
      if (length < 2) return 0;
      gif.is_control = bytes[1] == 0xf9;
      gif.expected = EXPECTED_EXTENSION;
      return 2;
    case 0x2c: return take_frame(bytes, length);
    case 0x3b: fail(FAILURE_CORRUPT, "No frame");
    default: fail(FAILURE_CORRUPT, "Not a block of GIF");
  }
}

static void read_control(const uint8_t *payload, size_t length) {
  if (length >= 4) gif.transparent = payload[0] & 1 ? payload[3] : -1;
}

static size_t take_sub_block(const uint8_t *bytes, size_t length) {
  size_t size = bytes[0];
  if (length < size + 1) return 0;
  int is_frame_data = gif.expected == EXPECTED_FRAME_DATA;
  enum LzwState state = size == 0 ? LZW_ENDED : LZW_MORE;
  if (is_frame_data && size > 0) state = lzw_feed(bytes + 1, size, take_indices);
  if (is_frame_data && state == LZW_ENDED && !gif.is_complete) fail(FAILURE_TRUNCATED, "The first frame ends early");
  if (!is_frame_data && gif.is_control) read_control(bytes + 1, size);
  if (!is_frame_data && size == 0) gif.expected = EXPECTED_BLOCK;
  return size + 1;
}

static size_t take(const uint8_t *bytes, size_t length) {
  if (length == 0) return 0;
  switch (gif.expected) {
    case EXPECTED_HEADER: return take_header(bytes, length);
    case EXPECTED_BLOCK: return take_block(bytes, length);
    default: return take_sub_block(bytes, length);
  }
}

// ---- the decoder ----------------------------------------------------------------------------------------------------

static void start(void) {
  memset(&gif, 0, sizeof gif);
  gif.transparent = -1;
}

static size_t feed(const uint8_t *bytes, size_t length, int is_last, int *is_done) {
  size_t used = 0;
  for (size_t taken = 1; taken > 0 && !gif.is_complete; used += taken) taken = take(bytes + used, length - used);
  *is_done = gif.is_complete;
  if (is_last && !gif.is_complete) fail(FAILURE_TRUNCATED, "The first frame ends early");
  return used;
}

static void finish(void) {
  free(gif.indices);
  free(gif.canvas_row);
  gif.indices = gif.canvas_row = NULL;
}

const struct Decoder gif_decoder = {start, feed, finish};
