// JPEG by libjpeg-turbo: 4:2:0, Huffman tables made for the picture.
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "codec.h"
#include "jpeg_errors.h"

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

// What shows white through: what a premultiplied pixel lacks of opacity is added to each colour.
static void put_on_white(const uint8_t *pixels, uint8_t *row, int width) {
  for (int i = 0; i < 4 * width; i++) {
    int sample = pixels[i] + 255 - pixels[i | 3];
    row[i] = (uint8_t)(sample > 255 ? 255 : sample);
  }
}

static void write_rows(struct jpeg_compress_struct *jpeg, const uint8_t *pixels) {
  int width = (int)jpeg->image_width;
  uint8_t *row = allocate((size_t)width * 4 + 64);
  while (jpeg->next_scanline < jpeg->image_height) {
    put_on_white(pixels + (size_t)jpeg->next_scanline * (size_t)width * 4, row, width);
    jpeg_write_scanlines(jpeg, &row, 1);
  }
  free(row);
}

struct Bytes encode_jpeg(const uint8_t *pixels, int width, int height, int quality, int is_progressive) {
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct Destination destination = {.manager = {.init_destination = begin, .empty_output_buffer = grow, .term_destination = end}};
  jpeg.err = jpeg_errors(&errors, ignore_warning);
  jpeg_create_compress(&jpeg);
  jpeg.dest = &destination.manager;
  jpeg.image_width = (JDIMENSION)width;
  jpeg.image_height = (JDIMENSION)height;
  jpeg.input_components = 4;
  jpeg.in_color_space = JCS_EXT_RGBX;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, quality, TRUE);
  jpeg.optimize_coding = TRUE;
  if (is_progressive) jpeg_simple_progression(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  write_rows(&jpeg, pixels);
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  return (struct Bytes){destination.data, destination.length};
}
