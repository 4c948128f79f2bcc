#include "jpeg_source.h"

#include <string.h>

static const JOCTET end_of_image[2] = {0xff, JPEG_EOI};

static void begin_or_end(j_decompress_ptr jpeg) {
  (void)jpeg;
}

static boolean fill(j_decompress_ptr jpeg) {
  struct JpegSource *source = (struct JpegSource *)jpeg->src;
  if (!source->is_last) return FALSE;
  source->is_at_end = 1;
  source->manager.next_input_byte = end_of_image;
  source->manager.bytes_in_buffer = sizeof end_of_image;
  return TRUE;
}

static void skip(j_decompress_ptr jpeg, long bytes) {
  struct JpegSource *source = (struct JpegSource *)jpeg->src;
  if (bytes <= 0) return;
  size_t here = source->manager.bytes_in_buffer, now = (size_t)bytes < here ? (size_t)bytes : here;
  source->manager.next_input_byte += now;
  source->manager.bytes_in_buffer -= now;
  source->to_skip = (size_t)bytes - now;
}

void jpeg_source_begin(struct JpegSource *source, j_decompress_ptr jpeg) {
  memset(source, 0, sizeof *source);
  source->manager.init_source = begin_or_end;
  source->manager.term_source = begin_or_end;
  source->manager.fill_input_buffer = fill;
  source->manager.skip_input_data = skip;
  source->manager.resync_to_restart = jpeg_resync_to_restart;
  jpeg->src = &source->manager;
}

void jpeg_source_take(struct JpegSource *source, const uint8_t *bytes, size_t length, int is_last) {
  size_t skipped = source->to_skip < length ? source->to_skip : length;
  source->to_skip -= skipped;
  source->is_last = is_last;
  source->manager.next_input_byte = bytes + skipped;
  source->manager.bytes_in_buffer = length - skipped;
}

size_t jpeg_source_consumed(const struct JpegSource *source, size_t length) {
  return source->is_at_end ? length : length - source->manager.bytes_in_buffer;
}
