// BMP: rows stream in the file's order; where that is from the bottom up, the picture is turned (orientation 4).
#include "bmp_header.h"
#include "codec.h"

#include <stdlib.h>
#include <string.h>

#define MASKED_LEVELS 256

struct Channel {
  int shift;
  uint32_t most;                   // The mask's bits, at most 8 of them.
  uint8_t levels[MASKED_LEVELS];   // From those bits to 0 to 255.
};

static struct {
  struct BmpHeader header;
  int has_header;
  size_t to_skip;      // Between the header and the rows.
  struct Channel channels[BMP_CHANNELS];
  size_t row_bytes;    // Of the file.
  uint8_t *row;        // RGBA.
  uint8_t *indices;    // Of the run-length codes' row at hand.
  int x, rows;         // Where the codes are; `rows` are given.
} bmp;

// ---- rows -----------------------------------------------------------------------------------------------------------

static void give_row(void) {
  picture_row(bmp.row);
  bmp.rows++;
}

static void set_colour(int x, int index) {
  memcpy(bmp.row + (size_t)x * BMP_CHANNELS, bmp.header.palette[index], BMP_CHANNELS);
}

static void read_indexed(const uint8_t *bytes) {
  int bits = bmp.header.bits, in_a_byte = 8 / bits;
  for (int x = 0; x < bmp.header.width; x++) {
    int shift = 8 - bits * (x % in_a_byte + 1);
    set_colour(x, bytes[x / in_a_byte] >> shift & ((1 << bits) - 1));
  }
}

static void read_bgr(const uint8_t *bytes, int step) {
  for (int x = 0; x < bmp.header.width; x++, bytes += step) {
    uint8_t *pixel = bmp.row + (size_t)x * BMP_CHANNELS;
    pixel[0] = bytes[2];
    pixel[1] = bytes[1];
    pixel[2] = bytes[0];
    pixel[3] = 255;
  }
}

static void read_masked(const uint8_t *bytes) {
  int step = bmp.header.bits / 8;
  for (int x = 0; x < bmp.header.width; x++, bytes += step) {
    uint32_t value = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
    if (step == 4) value |= (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    for (int c = 0; c < BMP_CHANNELS; c++) {
      const struct Channel *channel = &bmp.channels[c];
      bmp.row[(size_t)x * BMP_CHANNELS + c] = channel->levels[value >> channel->shift & channel->most];
    }
  }
}

static void read_row(const uint8_t *bytes) {
  int is_masked = bmp.header.compression != BMP_PLAIN || bmp.header.bits == 16;
  if (bmp.header.bits <= 8) read_indexed(bytes);
  else if (is_masked) read_masked(bytes);
  else read_bgr(bytes, bmp.header.bits / 8);
  give_row();
}

static void prepare_channel(struct Channel *channel, uint32_t mask, int is_alpha) {
  memset(channel, 0, sizeof *channel);
  channel->levels[0] = is_alpha && !mask ? 255 : 0;
  if (!mask) return;
  int bits = 32 - __builtin_clz(mask) - __builtin_ctz(mask);
  int kept = bits < 8 ? bits : 8;
  channel->shift = __builtin_ctz(mask) + bits - kept;
  channel->most = (1u << kept) - 1;
  for (uint32_t i = 0; i <= channel->most; i++) {
    channel->levels[i] = (uint8_t)((i * 255 + channel->most / 2) / channel->most);
  }
}

// ---- run-length codes -----------------------------------------------------------------------------------------------

static void end_coded_row(void) {
  for (int x = 0; x < bmp.header.width; x++) set_colour(x, bmp.indices[x]);
  memset(bmp.indices, 0, (size_t)bmp.header.width);
  bmp.x = 0;
  give_row();
}

static void put_index(int index) {
  if (bmp.x < bmp.header.width) bmp.indices[bmp.x++] = (uint8_t)index;
}

// Of 4 bits the upper half of a byte comes first.
static int index_at(const uint8_t *bytes, int i) {
  if (bmp.header.bits == 8) return bytes[i];
  return i % 2 ? bytes[i / 2] & 15 : bytes[i / 2] >> 4;
}

static void skip_rows(int count) {
  int x = bmp.x;
  for (int i = 0; i < count && bmp.rows < bmp.header.height; i++) end_coded_row();
  bmp.x = x;
}

static size_t take_literal(const uint8_t *bytes, size_t length) {
  int count = bytes[1];
  size_t payload = bmp.header.bits == 8 ? (size_t)count : ((size_t)count + 1) / 2;
  size_t taken = 2 + payload + payload % 2;
  if (length < taken) return 0;
  for (int i = 0; i < count; i++) put_index(index_at(bytes + 2, i));
  return taken;
}

static size_t take_code(const uint8_t *bytes, size_t length) {
  if (length < 2) return 0;
  if (bytes[0] > 0) {
    const uint8_t pair[1] = {bytes[1]};
    for (int i = 0; i < bytes[0]; i++) put_index(bmp.header.bits == 8 ? pair[0] : index_at(pair, i % 2));
    return 2;
  }
  switch (bytes[1]) {
    case 0: end_coded_row(); return 2;
    case 1: skip_rows(bmp.header.height); return 2;
    case 2:
      if (length < 4) return 0;
      skip_rows(bytes[3]);
      bmp.x = bmp.x + bytes[2] < bmp.header.width ? bmp.x + bytes[2] : bmp.header.width;
      return 4;
    default: return take_literal(bytes, length);
  }
}

// ---- the decoder ----------------------------------------------------------------------------------------------------

static int is_coded(void) {
  return bmp.header.compression == BMP_RLE8 || bmp.header.compression == BMP_RLE4;
}

static void begin_picture(void) {
  struct Source source = {
    .width = bmp.header.width, .height = bmp.header.height,
    .decoded_width = bmp.header.width, .decoded_height = bmp.header.height,
    .exact_width = bmp.header.width, .exact_height = bmp.header.height,
    .samples = SAMPLES_RGBA,
    .has_alpha = bmp.header.masks[3] != 0,
    .bits = 8,
    .orientation = bmp.header.is_top_down ? 1 : 4,
  };
  picture_begin(&source);
}

static size_t take_header(const uint8_t *bytes, size_t length) {
  size_t needed = bmp_header_bytes(bytes, length);
  if (length < needed) return 0;
  needed = bmp_header_bytes(bytes, length);
  if (length < needed) return 0;
  bmp_read_header(bytes, needed, &bmp.header);
  for (int c = 0; c < BMP_CHANNELS; c++) prepare_channel(&bmp.channels[c], bmp.header.masks[c], c == 3);
  size_t width = (size_t)bmp.header.width;
  bmp.row_bytes = (width * (size_t)bmp.header.bits + 31) / 32 * 4;
  bmp.row = allocate(width * BMP_CHANNELS);
  bmp.indices = allocate(width);
  memset(bmp.indices, 0, width);
  bmp.to_skip = bmp.header.pixels_at - needed;
  bmp.has_header = 1;
  begin_picture();
  return needed;
}

static size_t take(const uint8_t *bytes, size_t length) {
  if (!bmp.has_header) return take_header(bytes, length);
  if (bmp.to_skip > 0) {
    size_t skipped = length < bmp.to_skip ? length : bmp.to_skip;
    bmp.to_skip -= skipped;
    return skipped;
  }
  if (is_coded()) return take_code(bytes, length);
  if (length < bmp.row_bytes) return 0;
  read_row(bytes);
  return bmp.row_bytes;
}

static int is_complete(void) {
  return bmp.has_header && bmp.rows == bmp.header.height;
}

// The last row is there even where the code that ends it is missing, or its padding.
static void complete_last_row(const uint8_t *bytes, size_t length) {
  if (!bmp.has_header || bmp.rows != bmp.header.height - 1) return;
  size_t needed = ((size_t)bmp.header.width * (size_t)bmp.header.bits + 7) / 8;
  if (is_coded() && bmp.x == bmp.header.width) end_coded_row();
  else if (!is_coded() && bmp.to_skip == 0 && length >= needed) read_row(bytes);
}

static void start(void) {
  memset(&bmp, 0, sizeof bmp);
}

static size_t feed(const uint8_t *bytes, size_t length, int is_last, int *is_done) {
  size_t used = 0;
  for (size_t taken = 1; taken > 0 && !is_complete(); used += taken) taken = take(bytes + used, length - used);
  if (is_last && !is_complete()) complete_last_row(bytes + used, length - used);
  *is_done = is_complete();
  if (*is_done) picture_end();
  else if (is_last) fail(FAILURE_TRUNCATED, "Rows are missing");
  return used;
}

static void finish(void) {
  free(bmp.row);
  free(bmp.indices);
  bmp.row = bmp.indices = NULL;
}

const struct Decoder bmp_decoder = {start, feed, finish};
