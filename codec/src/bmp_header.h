// What stands in front of a BMP's rows.
#ifndef VITRINE_BMP_HEADER_H
#define VITRINE_BMP_HEADER_H

#include <stddef.h>
#include <stdint.h>

#define BMP_CHANNELS 4 // Red, green, blue, alpha: of palettes, masks and rows alike.
#define BMP_COLOURS 256

enum BmpCompression { BMP_PLAIN = 0, BMP_RLE8 = 1, BMP_RLE4 = 2, BMP_MASKED = 3, BMP_MASKED_WITH_ALPHA = 6 };

struct BmpHeader {
  int width, height;
  int is_top_down;
  int bits;                            // A pixel: 1, 2, 4, 8, 16, 24 or 32.
  enum BmpCompression compression;
  uint32_t masks[BMP_CHANNELS];        // Of 16 and 32 bits; 0 where the channel is missing.
  uint8_t palette[BMP_COLOURS][BMP_CHANNELS];
  uint32_t pixels_at;                  // From the beginning of the file.
};

// How many bytes have to be there before bmp_read_header; `length` are there now. Fails with FAILURE_CORRUPT.
size_t bmp_header_bytes(const uint8_t *file, size_t length);

// Fails with FAILURE_CORRUPT, FAILURE_UNSUPPORTED or as check_dimensions does.
void bmp_read_header(const uint8_t *file, size_t length, struct BmpHeader *header);

#endif
