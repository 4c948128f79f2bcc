// The headers of Windows and of OS/2 differ in length and begin alike.
#include "bmp_header.h"
#include "codec.h"

#include <string.h>

#define FILE_HEADER_BYTES 14
#define CORE_HEADER_BYTES 12      // OS/2 1: 16-bit sides, palettes of 3 bytes a colour.
#define INFO_HEADER_BYTES 40
#define MASKS_V3_BYTES 56         // From here on the masks are part of the header, alpha's too.
#define OS2_HEADER_BYTES 64
#define V5_HEADER_BYTES 124
#define MASKS_AT (FILE_HEADER_BYTES + INFO_HEADER_BYTES)

static uint32_t u16(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

static uint32_t u32(const uint8_t *bytes) {
  return u16(bytes) | u16(bytes + 2) << 16;
}

static uint32_t information_bytes(const uint8_t *file) {
  return u32(file + FILE_HEADER_BYTES);
}

static int is_core(const uint8_t *file) {
  return information_bytes(file) == CORE_HEADER_BYTES;
}

// Headers of OS/2 2 may be cut anywhere from 16 bytes on; what is missing is 0. Only whole ones are read here.
static int is_known_length(uint32_t bytes) {
  return bytes == CORE_HEADER_BYTES || (bytes >= INFO_HEADER_BYTES && bytes <= V5_HEADER_BYTES);
}

static uint32_t bits_of(const uint8_t *file) {
  return is_core(file) ? u16(file + 24) : u16(file + 28);
}

static uint32_t compression_of(const uint8_t *file) {
  return is_core(file) ? BMP_PLAIN : u32(file + 30);
}

static int is_masked(uint32_t compression) {
  return compression == BMP_MASKED || compression == BMP_MASKED_WITH_ALPHA;
}

// Behind the shortest header the masks follow; the longer ones have them inside, at the same place.
static uint32_t palette_at(const uint8_t *file) {
  uint32_t compression = compression_of(file);
  uint32_t masks = 0;
  if (information_bytes(file) == INFO_HEADER_BYTES && is_masked(compression)) {
    masks = compression == BMP_MASKED ? 12 : 16;
  }
  return FILE_HEADER_BYTES + information_bytes(file) + masks;
}

static uint32_t palette_entry_bytes(const uint8_t *file) {
  return is_core(file) ? 3 : 4;
}

static uint32_t palette_count(const uint8_t *file) {
  uint32_t bits = bits_of(file);
  if (bits > 8) return 0;
  uint32_t most = 1u << bits;
  uint32_t used = is_core(file) ? 0 : u32(file + 46);
  uint32_t pixels_at = u32(file + 10), begin = palette_at(file);
  uint32_t count = used > 0 && used < most ? used : most;
  uint32_t room = pixels_at > begin ? (pixels_at - begin) / palette_entry_bytes(file) : most;
  return count < room ? count : room;
}

size_t bmp_header_bytes(const uint8_t *file, size_t length) {
  size_t least = FILE_HEADER_BYTES + CORE_HEADER_BYTES;
  if (length < least) return least;
  if (file[0] != 'B' || file[1] != 'M') fail(FAILURE_CORRUPT, "Not a BMP");
  if (!is_known_length(information_bytes(file))) fail(FAILURE_UNSUPPORTED, "A header of this length");
  size_t header = FILE_HEADER_BYTES + information_bytes(file);
  if (length < header) return header;
  return palette_at(file) + palette_count(file) * palette_entry_bytes(file);
}

// ---- the parts ------------------------------------------------------------------------------------------------------

static void read_sides(const uint8_t *file, struct BmpHeader *header) {
  double width = is_core(file) ? (double)u16(file + 18) : (double)(int32_t)u32(file + 18);
  double height = is_core(file) ? (double)u16(file + 20) : (double)(int32_t)u32(file + 22);
  header->is_top_down = height < 0;
  if (header->is_top_down) height = -height;
  check_dimensions(width, height);
  header->width = (int)width;
  header->height = (int)height;
}

static void read_palette(const uint8_t *file, struct BmpHeader *header) {
  uint32_t count = palette_count(file), entry = palette_entry_bytes(file);
  const uint8_t *colours = file + palette_at(file);
  for (uint32_t i = 0; i < BMP_COLOURS; i++) {
    for (int c = 0; c < 3; c++) header->palette[i][c] = i < count ? colours[i * entry + 2 - (uint32_t)c] : 0;
    header->palette[i][3] = 255;
  }
}

static void set_masks(struct BmpHeader *header, uint32_t red, uint32_t green, uint32_t blue, uint32_t alpha) {
  const uint32_t masks[BMP_CHANNELS] = {red, green, blue, alpha};
  memcpy(header->masks, masks, sizeof masks);
}

static void check_masks(const struct BmpHeader *header) {
  uint32_t seen = 0;
  for (int c = 0; c < BMP_CHANNELS; c++) {
    uint32_t mask = header->masks[c];
    uint32_t run = mask ? mask >> __builtin_ctz(mask) : 0;
    if ((run & (run + 1)) || (mask & seen)) fail(FAILURE_CORRUPT, "Masks with holes, or that overlap");
    seen |= mask;
  }
}

static void read_masks(const uint8_t *file, struct BmpHeader *header) {
  uint32_t bytes = information_bytes(file);
  int is_long = bytes >= MASKS_V3_BYTES && bytes != OS2_HEADER_BYTES;
  int has_alpha = header->compression == BMP_MASKED_WITH_ALPHA || is_long;
  if (is_masked(header->compression)) {
    const uint8_t *masks = file + MASKS_AT;
    set_masks(header, u32(masks), u32(masks + 4), u32(masks + 8), has_alpha ? u32(masks + 12) : 0);
    check_masks(header);
  } else if (header->bits == 16) {
    set_masks(header, 0x7c00, 0x03e0, 0x001f, 0);
  } else {
    set_masks(header, 0x00ff0000, 0x0000ff00, 0x000000ff, 0);
  }
}

static void check_kind(const struct BmpHeader *header, int is_os2) {
  int bits = header->bits;
  int is_plain = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
  int is_right = 0;
  switch (header->compression) {
    case BMP_PLAIN: is_right = is_plain; break;
    case BMP_RLE8: is_right = bits == 8 && !header->is_top_down; break;
    case BMP_RLE4: is_right = bits == 4 && !header->is_top_down; break;
    case BMP_MASKED: case BMP_MASKED_WITH_ALPHA: is_right = (bits == 16 || bits == 32) && !is_os2; break;
  }
  if (!is_right) fail(FAILURE_UNSUPPORTED, "A compression, or bits a pixel, that are not read");
}

void bmp_read_header(const uint8_t *file, size_t length, struct BmpHeader *header) {
  read_sides(file, header);
  header->bits = (int)bits_of(file);
  header->compression = (enum BmpCompression)compression_of(file);
  check_kind(header, information_bytes(file) == OS2_HEADER_BYTES);
  read_masks(file, header);
  read_palette(file, header);
  uint32_t pixels_at = u32(file + 10);
  header->pixels_at = pixels_at < length ? (uint32_t)length : pixels_at; // Some writers leave it 0.
}
