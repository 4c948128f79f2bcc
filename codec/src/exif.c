// The orientation in an EXIF block, which is a TIFF file's first directory. Everything in it may lie.
#include "codec.h"

#define TAG_ORIENTATION 0x0112
#define ENTRY_BYTES 12

struct Tiff {
  const uint8_t *bytes;
  size_t length;
  int is_little_endian;
};

// 0 where the bytes are not there.
static unsigned read_16(const struct Tiff *tiff, size_t at) {
  if (at + 2 > tiff->length || at + 2 < at) return 0;
  const uint8_t *b = tiff->bytes + at;
  return tiff->is_little_endian ? b[0] | (unsigned)b[1] << 8 : (unsigned)b[0] << 8 | b[1];
}

static size_t read_32(const struct Tiff *tiff, size_t at) {
  unsigned first = read_16(tiff, at), second = read_16(tiff, at + 2);
  return tiff->is_little_endian ? first | (size_t)second << 16 : (size_t)first << 16 | second;
}

int exif_orientation(const uint8_t *bytes, size_t length) {
  if (length < 14 || bytes[0] != bytes[1] || (bytes[0] != 'I' && bytes[0] != 'M')) return 1;
  struct Tiff tiff = {bytes, length, bytes[0] == 'I'};
  size_t directory = read_32(&tiff, 4);
  if (directory > length - 2) return 1;
  unsigned entries = read_16(&tiff, directory);
  for (unsigned i = 0; i < entries; i++) {
    size_t entry = directory + 2 + (size_t)i * ENTRY_BYTES;
    if (entry + ENTRY_BYTES > length) return 1;
    if (read_16(&tiff, entry) != TAG_ORIENTATION) continue;
    unsigned value = read_16(&tiff, entry + 8);
    return value >= 1 && value <= 8 ? (int)value : 1;
  }
  return 1;
}
