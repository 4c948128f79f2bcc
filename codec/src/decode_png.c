// PNG. Rows stream through libpng's push mode; those of an interlaced image are held until its last pass. The push
// mode holds every chunk but IDAT whole before it looks at it, so a filter in front lets only those through that matter.
#include "codec.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#define SIGNATURE_BYTES 8
#define CHUNK_HEADER_BYTES 8
#define CRC_BYTES 4
#define CHANNELS 4
#define PROFILE_BYTES_MAX (4u << 20)
#define EXIF_BYTES_MAX 65535

static struct {
  png_structp reader;
  png_infop info;
  int has_signature;
  size_t chunk_left;   // Bytes still to come of the current chunk, with its CRC.
  int chunk_is_read;   // By libpng; otherwise it is skipped.
  int has_profile;     // An iCCP chunk was there, whatever libpng made of it.
  int has_begun;       // picture_begin was called.
  int has_ended;       // IEND was read.
  uint32_t width, height;
  uint32_t rows;       // Given to the picture.
  uint8_t *held;       // All pixels of an interlaced image.
  uint8_t *exif;       // Its push mode is the part of libpng that does not read eXIf.
  size_t exif_length, exif_left;
} png;

// ---- libpng's callbacks ---------------------------------------------------------------------------------------------

static void on_error(png_structp reader, png_const_charp message) {
  (void)reader;
  fail(FAILURE_CORRUPT, message ? message : "libpng refuses the file");
}

static void on_warning(png_structp reader, png_const_charp message) {
  (void)reader;
  (void)message;
  facts.warnings++;
}

static void *png_allocate(png_structp reader, png_alloc_size_t bytes) {
  (void)reader;
  return allocate(bytes);
}

static void png_release(png_structp reader, void *block) {
  (void)reader;
  free(block);
}

static void give_gamma(void) {
  static const double srgb[8] = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
  double gamma, c[8];
  if (!png_get_gAMA(png.reader, png.info, &gamma) || gamma <= 0) return;
  int has_chromaticities =
      png_get_cHRM(png.reader, png.info, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7]) != 0;
  colour_gamma(gamma, has_chromaticities ? c : srgb);
}

// An ICC profile stands above sRGB, and both above gAMA and cHRM.
static void give_colour(void) {
  png_charp name;
  int method;
  png_bytep profile;
  png_uint_32 length;
  if (png_get_iCCP(png.reader, png.info, &name, &method, &profile, &length)) {
    colour_profile(profile, length);
  } else if (png_get_valid(png.reader, png.info, PNG_INFO_sRGB)) {
    return;
  } else {
    if (png.has_profile) colour_profile(NULL, 0);
    give_gamma();
  }
}

static int stored_orientation(void) {
  if (!png.exif || png.exif_left > 0) return 1;
  // Some writers leave JPEG's prefix in front.
  int has_prefix = png.exif_length >= 6 && memcmp(png.exif, "Exif\0\0", 6) == 0;
  size_t prefix = has_prefix ? 6 : 0;
  return exif_orientation(png.exif + prefix, png.exif_length - prefix);
}

// Every kind of pixel becomes RGBA of 8 bits.
static void ask_for_rgba(int colour_type, int has_alpha) {
  png_set_expand(png.reader);
  png_set_scale_16(png.reader);
  if (!(colour_type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png.reader);
  if (!has_alpha) png_set_add_alpha(png.reader, 255, PNG_FILLER_AFTER);
  png_set_interlace_handling(png.reader);
  png_read_update_info(png.reader, png.info);
  if (png_get_rowbytes(png.reader, png.info) != (size_t)png.width * CHANNELS) {
    fail(FAILURE_INTERNAL, "libpng gives rows of another kind");
  }
}

static void hold_pixels(void) {
  double bytes = (double)png.width * png.height * CHANNELS;
  if (bytes > (double)limits.buffered_bytes) fail(FAILURE_BUFFERED, "An interlaced PNG this large");
  png.held = allocate((size_t)bytes);
  memset(png.held, 0, (size_t)bytes);
}

static void on_info(png_structp reader, png_infop info) {
  int bits, colour_type, interlace;
  png_get_IHDR(reader, info, &png.width, &png.height, &bits, &colour_type, &interlace, NULL, NULL);
  check_dimensions(png.width, png.height);
  int has_alpha = (colour_type & PNG_COLOR_MASK_ALPHA) || png_get_valid(reader, info, PNG_INFO_tRNS);
  give_colour();
  ask_for_rgba(colour_type, has_alpha);
  facts.is_progressive = interlace != PNG_INTERLACE_NONE;
  if (facts.is_progressive) hold_pixels();
  struct Source source = {
    .width = (int)png.width, .height = (int)png.height,
    .decoded_width = (int)png.width, .decoded_height = (int)png.height,
    .exact_width = png.width, .exact_height = png.height,
    .samples = SAMPLES_RGBA,
    .has_alpha = has_alpha,
    .is_grey = !(colour_type & PNG_COLOR_MASK_COLOR),
    .bits = bits,
    .orientation = stored_orientation(),
  };
  picture_begin(&source);
  png.has_begun = 1;
}

static void on_row(png_structp reader, png_bytep row, png_uint_32 y, int pass) {
  (void)pass;
  if (!row) return;
  if (png.held) {
    png_progressive_combine_row(reader, png.held + (size_t)y * png.width * CHANNELS, row);
  } else {
    picture_row(row);
    png.rows++;
  }
}

static void on_end(png_structp reader, png_infop info) {
  (void)reader;
  (void)info;
  png.has_ended = 1;
}

// ---- the filter of chunks -------------------------------------------------------------------------------------------

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int is_chunk_name(const uint8_t *name) {
  for (int i = 0; i < 4; i++) {
    uint8_t letter = name[i] | 0x20;
    if (letter < 'a' || letter > 'z') return 0;
  }
  return 1;
}

static const struct KnownChunk {
  char name[5];
  uint32_t longest;
} known_chunks[] = {
  {"IHDR", 13}, {"PLTE", 768}, {"IDAT", PNG_UINT_31_MAX}, {"IEND", 0}, {"tRNS", 256}, {"gAMA", 4},
  {"cHRM", 32}, {"sRGB", 1}, {"iCCP", PROFILE_BYTES_MAX},
};

static const struct KnownChunk *known_chunk(const uint8_t *name) {
  for (size_t i = 0; i < sizeof known_chunks / sizeof *known_chunks; i++) {
    if (memcmp(known_chunks[i].name, name, 4) == 0) return &known_chunks[i];
  }
  return NULL;
}

// Whether libpng is to read the chunk. What comes after the first IDAT can no longer change the picture.
static int is_chunk_wanted(const uint8_t *name, uint32_t length) {
  if (!is_chunk_name(name) || length > PNG_UINT_31_MAX) fail(FAILURE_CORRUPT, "Not a chunk of PNG");
  int is_ancillary = name[0] & 0x20;
  const struct KnownChunk *known = known_chunk(name);
  if (!known && !is_ancillary) fail(FAILURE_UNSUPPORTED, "An unknown critical chunk");
  if (known && length > known->longest && !is_ancillary) fail(FAILURE_CORRUPT, "A chunk longer than it can be");
  return known && length <= known->longest && !(is_ancillary && png.has_begun);
}

static void begin_chunk(const uint8_t *header) {
  uint32_t length = big_endian(header);
  const uint8_t *name = header + 4;
  png.chunk_is_read = is_chunk_wanted(name, length);
  png.chunk_left = (size_t)length + CRC_BYTES;
  if (memcmp(name, "iCCP", 4) == 0) png.has_profile = 1;
  int is_exif = memcmp(name, "eXIf", 4) == 0 && length <= EXIF_BYTES_MAX;
  if (is_exif && !png.exif && !png.has_begun) {
    png.exif = allocate(length + 1);
    png.exif_left = length;
  }
}

static void hold_exif(const uint8_t *bytes, size_t length) {
  size_t taken = length < png.exif_left ? length : png.exif_left;
  memcpy(png.exif + png.exif_length, bytes, taken);
  png.exif_length += taken;
  png.exif_left -= taken;
}

static void give_to_libpng(const uint8_t *bytes, size_t length) {
  png_process_data(png.reader, png.info, (png_bytep)(uintptr_t)bytes, length);
}

static size_t take_chunk_bytes(const uint8_t *bytes, size_t length) {
  size_t taken = length < png.chunk_left ? length : png.chunk_left;
  if (png.chunk_is_read) give_to_libpng(bytes, taken);
  else if (png.exif_left > 0) hold_exif(bytes, taken);
  png.chunk_left -= taken;
  return taken;
}

static size_t take_signature(const uint8_t *bytes) {
  give_to_libpng(bytes, SIGNATURE_BYTES);
  png.has_signature = 1;
  return SIGNATURE_BYTES;
}

static size_t take_chunk_header(const uint8_t *bytes) {
  begin_chunk(bytes);
  if (png.chunk_is_read) give_to_libpng(bytes, CHUNK_HEADER_BYTES);
  return CHUNK_HEADER_BYTES;
}

// ---- the decoder ----------------------------------------------------------------------------------------------------

static void start(void) {
  memset(&png, 0, sizeof png);
  png.reader =
      png_create_read_struct_2(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning, NULL, png_allocate, png_release);
  if (!png.reader) fail(FAILURE_MEMORY, "libpng");
  png.info = png_create_info_struct(png.reader);
  if (!png.info) fail(FAILURE_MEMORY, "libpng");
  png_set_user_limits(png.reader, PNG_UINT_31_MAX, PNG_UINT_31_MAX); // check_dimensions is stricter, and says why.
  png_set_chunk_malloc_max(png.reader, PROFILE_BYTES_MAX);
  png_set_option(png.reader, PNG_IGNORE_ADLER32, PNG_OPTION_ON); // The chunks' CRCs see every flipped bit already.
  png_set_progressive_read_fn(png.reader, NULL, on_info, on_row, on_end);
}

static int are_rows_complete(void) {
  if (!png.has_begun) return 0;
  return png.held ? png_get_current_pass_number(png.reader) >= PNG_INTERLACE_ADAM7_PASSES : png.rows == png.height;
}

static void give_held_rows(void) {
  for (uint32_t y = 0; y < png.height; y++) picture_row(png.held + (size_t)y * png.width * CHANNELS);
}

static void end_picture(void) {
  if (!are_rows_complete()) fail(FAILURE_TRUNCATED, "Rows are missing");
  if (png.held) give_held_rows();
  picture_end();
}

// Enough is read at the end of the chunk with the last row, its CRC included: whatever follows is ignored.
static int is_complete(void) {
  return png.has_ended || (png.chunk_left == 0 && are_rows_complete());
}

static size_t feed(const uint8_t *bytes, size_t length, int is_last, int *is_done) {
  size_t used = 0;
  while (!is_complete()) {
    size_t left = length - used;
    if (png.chunk_left > 0 && left > 0) {
      used += take_chunk_bytes(bytes + used, left);
    } else if (png.chunk_left > 0 || left < CHUNK_HEADER_BYTES) {
      break;
    } else {
      used += png.has_signature ? take_chunk_header(bytes + used) : take_signature(bytes + used);
    }
  }
  *is_done = is_complete() || is_last;
  if (*is_done) end_picture();
  return used;
}

static void finish(void) {
  png_destroy_read_struct(&png.reader, &png.info, NULL);
  free(png.held);
  free(png.exif);
  png.held = png.exif = NULL;
}

const struct Decoder png_decoder = {start, feed, finish};
