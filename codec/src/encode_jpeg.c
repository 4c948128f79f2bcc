// JPEG by libjpeg-turbo: 4:2:0, Huffman tables made for the picture.
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "codec.h"
#include "jpeg_errors.h"
#include "jpeg_planes.h"

#define FIRST_BYTES 65536

struct Destination {
  struct jpeg_destination_mgr manager;
  uint8_t *data;
  size_t capacity, length;
};

static void begin(j_compress_ptr jpeg) {
  struct Destination *destination = (struct Destination *)jpeg->dest;
  destination->capacity = FIRST_BYTES;
  destination->data = allocate(destination->capacity);
  destination->manager.next_output_byte = destination->data;
  destination->manager.free_in_buffer = destination->capacity;
}

static boolean grow(j_compress_ptr jpeg) {
  struct Destination *destination = (struct Destination *)jpeg->dest;
  size_t full = destination->capacity;
  destination->capacity = 2 * full;
  destination->data = reallocate(destination->data, destination->capacity);
  destination->manager.next_output_byte = destination->data + full;
  destination->manager.free_in_buffer = destination->capacity - full;
  return TRUE;
}

static void end(j_compress_ptr jpeg) {
  struct Destination *destination = (struct Destination *)jpeg->dest;
  destination->length = destination->capacity - destination->manager.free_in_buffer;
}

static void ignore_warning(j_common_ptr jpeg) {
  (void)jpeg;
}

// ---- rows -----------------------------------------------------------------------------------------------------------

#define LUMA_ROWS (2 * DCTSIZE)
#define CHROMA_ROWS DCTSIZE

struct Planes {
  JSAMPROW luma[LUMA_ROWS], blue[CHROMA_ROWS], red[CHROMA_ROWS];
  size_t luma_width, chroma_width; // Whole blocks.
  uint8_t *samples;
};

static void planes_begin(struct Planes *planes, int width) {
  planes->luma_width = ((size_t)width + 15) & ~(size_t)15;
  planes->chroma_width = planes->luma_width / 2;
  size_t luma_bytes = planes->luma_width * LUMA_ROWS, chroma_bytes = planes->chroma_width * CHROMA_ROWS;
  planes->samples = allocate(luma_bytes + 2 * chroma_bytes + 16);
  for (size_t y = 0; y < LUMA_ROWS; y++) planes->luma[y] = planes->samples + y * planes->luma_width;
  for (size_t y = 0; y < CHROMA_ROWS; y++) {
    planes->blue[y] = planes->samples + luma_bytes + y * planes->chroma_width;
    planes->red[y] = planes->blue[y] + chroma_bytes;
  }
}

// The last sample again up to the end of the block: what lies beyond the picture costs the fewest bits so.
static void extend(uint8_t *row, size_t count, size_t width) {
  memset(row + count, row[count - 1], width - count);
}

// A row of blocks from row `y` on; beyond the picture's last row that one again.
static void fill_planes(struct Planes *planes, const uint8_t *pixels, int width, int height, int y) {
  size_t luma_count = (size_t)width, chroma_count = ((size_t)width + 1) / 2;
  for (int i = 0; i < LUMA_ROWS; i += 2) {
    int first = y + i < height ? y + i : height - 1, second = first + 1 < height ? first + 1 : height - 1;
    const uint8_t *upper = pixels + (size_t)first * (size_t)width * 4;
    const uint8_t *lower = pixels + (size_t)second * (size_t)width * 4;
    chroma_rows(upper, lower, planes->blue[i / 2], planes->red[i / 2], width);
    extend(planes->blue[i / 2], chroma_count, planes->chroma_width);
    extend(planes->red[i / 2], chroma_count, planes->chroma_width);
    luma_row(upper, planes->luma[i], width);
    luma_row(lower, planes->luma[i + 1], width);
    extend(planes->luma[i], luma_count, planes->luma_width);
    extend(planes->luma[i + 1], luma_count, planes->luma_width);
  }
}

static void write_rows(struct jpeg_compress_struct *jpeg, const uint8_t *pixels) {
  struct Planes planes;
  planes_begin(&planes, (int)jpeg->image_width);
  JSAMPARRAY rows[3] = {planes.luma, planes.blue, planes.red};
  while (jpeg->next_scanline < jpeg->image_height) {
    fill_planes(&planes, pixels, (int)jpeg->image_width, (int)jpeg->image_height, (int)jpeg->next_scanline);
    jpeg_write_raw_data(jpeg, rows, LUMA_ROWS);
  }
  free(planes.samples);
}

// ---- the encoder ----------------------------------------------------------------------------------------------------

struct Bytes encode_jpeg(const uint8_t *pixels, int width, int height, int quality, int is_progressive) {
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct Destination destination = {.manager = {.init_destination = begin, .empty_output_buffer = grow, .term_destination = end}};
  jpeg.err = jpeg_errors(&errors, ignore_warning);
  jpeg_create_compress(&jpeg);
  jpeg.dest = &destination.manager;
  jpeg.image_width = (JDIMENSION)width;
  jpeg.image_height = (JDIMENSION)height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_YCbCr;
  jpeg_set_defaults(&jpeg);
  jpeg.raw_data_in = TRUE;
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg.optimize_coding = TRUE;
  if (is_progressive) jpeg_simple_progression(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  write_rows(&jpeg, pixels);
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  return (struct Bytes){destination.data, destination.length};
}
