// Feeds libjpeg with the pieces of a file as they come.
#ifndef VITRINE_JPEG_SOURCE_H
#define VITRINE_JPEG_SOURCE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jpeglib.h>

struct JpegSource {
  struct jpeg_source_mgr manager;
  size_t to_skip; // Bytes of a segment nobody wants that have not come yet.
  int is_last;    // No more bytes will come.
  int is_at_end;  // And more were wanted: an end marker has been put there.
};

void jpeg_source_begin(struct JpegSource *source, j_decompress_ptr jpeg);

void jpeg_source_take(struct JpegSource *source, const uint8_t *bytes, size_t length, int is_last);

// How many of the bytes taken last are done with.
size_t jpeg_source_consumed(const struct JpegSource *source, size_t length);

#endif
