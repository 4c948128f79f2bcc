// PNG: with a palette where 256 colours do, as grey where all is grey, without alpha where all is opaque.
#include "codec.h"
#include "premultiplied.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#define CHANNELS 4
#define COLOURS_MAX 256
#define SLOTS 1024 // Of the table of colours: a power of 2.

struct Palette {
  int count;                       // More than COLOURS_MAX: there is none.
  uint32_t colours[COLOURS_MAX];   // RGBA as it lies in memory.
  uint16_t slots[SLOTS];           // A colour's index and 1; 0 is empty.
};

struct Writer {
  png_structp writer;
  png_infop info;
  struct Bytes output;
  size_t capacity;
};

static void on_error(png_structp writer, png_const_charp message) {
  (void)writer;
  fail(FAILURE_INTERNAL, message ? message : "libpng does not encode");
}

static void on_warning(png_structp writer, png_const_charp message) {
  (void)writer;
  (void)message;
}

static void *png_allocate(png_structp writer, png_alloc_size_t bytes) {
  (void)writer;
  return allocate(bytes);
}

static void png_release(png_structp writer, void *block) {
  (void)writer;
  free(block);
}

static void on_bytes(png_structp png, png_bytep bytes, size_t length) {
  struct Writer *writer = png_get_io_ptr(png);
  size_t needed = writer->output.length + length;
  if (needed > writer->capacity) {
    writer->capacity = needed + needed / 2;
    writer->output.data = reallocate(writer->output.data, writer->capacity);
  }
  memcpy(writer->output.data + writer->output.length, bytes, length);
  writer->output.length = needed;
}

static void on_flush(png_structp writer) {
  (void)writer;
}

// ---- what the pixels are --------------------------------------------------------------------------------------------

struct Traits {
  int is_grey, is_opaque;
  struct Palette palette;
};

static uint32_t colour_at(const uint8_t *pixel) {
  uint32_t colour;
  memcpy(&colour, pixel, sizeof colour);
  return colour;
}

static uint16_t *slot_of(struct Palette *palette, uint32_t colour) {
  uint32_t at = colour * 2654435761u >> 22; // Fibonacci hashing to 10 bits.
  while (palette->slots[at] && palette->colours[palette->slots[at] - 1] != colour) at = (at + 1) % SLOTS;
  return &palette->slots[at];
}

static void note_colour(struct Palette *palette, uint32_t colour) {
  if (palette->count > COLOURS_MAX) return;
  uint16_t *slot = slot_of(palette, colour);
  if (*slot) return;
  if (palette->count < COLOURS_MAX) {
    palette->colours[palette->count] = colour;
    *slot = (uint16_t)(palette->count + 1);
  }
  palette->count++;
}

static void note_row(struct Traits *traits, const uint8_t *row, int width) {
  for (int x = 0; x < width; x++, row += CHANNELS) {
    traits->is_grey &= row[0] == row[1] && row[1] == row[2];
    traits->is_opaque &= row[3] == 255;
    note_colour(&traits->palette, colour_at(row));
  }
}

static void examine(struct Traits *traits, const uint8_t *pixels, uint8_t *row, int width, int height) {
  traits->is_grey = traits->is_opaque = 1;
  for (int y = 0; y < height; y++) {
    divide_by_alpha(pixels + (size_t)y * width * CHANNELS, row, width);
    note_row(traits, row, width);
    int is_any_hope = traits->is_grey || traits->is_opaque || traits->palette.count <= COLOURS_MAX;
    if (!is_any_hope) return;
  }
}

// ---- rows of the kind chosen ----------------------------------------------------------------------------------------

static int has_palette(const struct Traits *traits) {
  return traits->palette.count <= COLOURS_MAX;
}

static int colour_type_of(const struct Traits *traits) {
  if (has_palette(traits)) return PNG_COLOR_TYPE_PALETTE;
  int colour = traits->is_grey ? 0 : PNG_COLOR_MASK_COLOR;
  return colour | (traits->is_opaque ? 0 : PNG_COLOR_MASK_ALPHA);
}

static int palette_bits(const struct Traits *traits) {
  int count = traits->palette.count;
  return count <= 2 ? 1 : count <= 4 ? 2 : count <= 16 ? 4 : 8;
}

static void write_palette(struct Writer *writer, const struct Palette *palette, int is_opaque) {
  png_color colours[COLOURS_MAX];
  png_byte alphas[COLOURS_MAX];
  for (int i = 0; i < palette->count; i++) {
    uint8_t pixel[CHANNELS];
    memcpy(pixel, &palette->colours[i], CHANNELS);
    colours[i] = (png_color){pixel[0], pixel[1], pixel[2]};
    alphas[i] = pixel[3];
  }
  png_set_PLTE(writer->writer, writer->info, colours, palette->count);
  if (!is_opaque) png_set_tRNS(writer->writer, writer->info, alphas, palette->count, NULL);
}

// In place: no kind of row is longer than RGBA.
static void pack_row(struct Traits *traits, uint8_t *row, int width) {
  int is_indexed = has_palette(traits);
  uint8_t *packed = row;
  for (int x = 0; x < width; x++) {
    uint8_t pixel[CHANNELS];
    memcpy(pixel, row + (size_t)x * CHANNELS, CHANNELS);
    if (is_indexed) {
      *packed++ = (uint8_t)(*slot_of(&traits->palette, colour_at(pixel)) - 1);
      continue;
    }
    int colours = traits->is_grey ? 1 : 3;
    for (int c = 0; c < colours; c++) *packed++ = pixel[c];
    if (!traits->is_opaque) *packed++ = pixel[3];
  }
}

// ---- the file -------------------------------------------------------------------------------------------------------

static void begin(struct Writer *writer, const struct Traits *traits, int width, int height, int level) {
  writer->writer =
      png_create_write_struct_2(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning, NULL, png_allocate, png_release);
  writer->info = writer->writer ? png_create_info_struct(writer->writer) : NULL;
  if (!writer->info) fail(FAILURE_MEMORY, "libpng");
  png_set_write_fn(writer->writer, writer, on_bytes, on_flush);
  png_set_compression_level(writer->writer, level);
  int bits = has_palette(traits) ? palette_bits(traits) : 8;
  png_set_IHDR(writer->writer, writer->info, (png_uint_32)width, (png_uint_32)height, bits, colour_type_of(traits),
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (has_palette(traits)) write_palette(writer, &traits->palette, traits->is_opaque);
  png_write_info(writer->writer, writer->info);
  png_set_packing(writer->writer);
}

struct Bytes encode_png(const uint8_t *pixels, int width, int height, int has_alpha, int effort) {
  struct Writer writer = {0};
  struct Traits traits = {0};
  uint8_t *row = allocate((size_t)width * CHANNELS);
  examine(&traits, pixels, row, width, height);
  traits.is_opaque |= !has_alpha;
  begin(&writer, &traits, width, height, effort);
  for (int y = 0; y < height; y++) {
    divide_by_alpha(pixels + (size_t)y * width * CHANNELS, row, width);
    pack_row(&traits, row, width);
    png_write_row(writer.writer, row);
  }
  png_write_end(writer.writer, NULL);
  png_destroy_write_struct(&writer.writer, &writer.info);
  free(row);
  return writer.output;
}
