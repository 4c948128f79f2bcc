// The image codec: bytes are fed in chunks, rows stream through a cascade of resamplers, and at most three upright
// pictures in sRGB are left to encode. One image at a time; after a failure the instance is not used again.
#ifndef VITRINE_CODEC_H
#define VITRINE_CODEC_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define EXPORT(name) __attribute__((export_name(#name)))

// ---- host.c: memory and failure -------------------------------------------------------------------------------------

// Why an image is refused. `src/codec/failures.ts` gives each number its name; a test holds both together.
enum Failure {
  FAILURE_MEMORY = 1,        // The module's memory is used up.
  FAILURE_TRUNCATED = 2,     // The file ends before the last row of pixels.
  FAILURE_CORRUPT = 3,       // The compressed data contradicts itself.
  FAILURE_UNSUPPORTED = 4,   // A kind of this format that is not read (12-bit or arithmetic JPEG, …).
  FAILURE_PIXELS = 5,        // More pixels than the limit, or a side over 65,500.
  FAILURE_BUFFERED = 6,      // It cannot be read row by row, and is too large to be held.
  FAILURE_INTERNAL = 7,      // A fault of the codec or of its caller.
};

// Ends the work by an exception in the host; nothing of this instance may be called after it.
_Noreturn void fail(enum Failure failure, const char *detail);

// As `malloc` and `realloc`; fails with FAILURE_MEMORY instead of answering NULL. `free` takes it back.
void *allocate(size_t bytes);
void *reallocate(void *block, size_t bytes);

// ---- limits, set before `codec_start` -------------------------------------------------------------------------------

struct Limits {
  double pixels;            // Width × height as the header says.
  size_t coefficient_bytes; // What a progressive JPEG may hold.
  size_t buffered_bytes;    // What an interlaced PNG, a WebP or an interlaced GIF may hold.
};
extern struct Limits limits;

// Fails with FAILURE_PIXELS or FAILURE_CORRUPT (a side of 0).
void check_dimensions(double width, double height);

// ---- facts a decoder or colour.c notes for the host; all 0 at `codec_start` -----------------------------------------

struct Facts {
  int warnings;       // Faults of the file that were tolerated.
  int is_progressive; // Or interlaced.
  int profile;        // 0 none or sRGB, 1 converted, 2 unusable and ignored.
};
extern struct Facts facts;

// ---- resample.c: one step of the cascade ----------------------------------------------------------------------------

#define VARIANTS 3 // Large, medium, thumb: each made from the one before.

// ---- picture.c: from decoded rows to upright pictures ---------------------------------------------------------------

enum Samples {
  SAMPLES_RGBA, // Alpha not premultiplied; 255 where the source has none.
  SAMPLES_CMYK, // 0 is no ink, 255 full ink.
};

// What a decoder tells before its first row.
struct Source {
  int width, height;                    // Of the whole image as stored, not yet turned.
  int decoded_width, decoded_height;    // Of the rows that follow: smaller where the decoder scales.
  double exact_width, exact_height;     // The image's size in decoded pixels: at 1/8, 1001 pixels are 125.125 wide in 126.
  enum Samples samples;
  int has_alpha;
  int is_grey;
  int bits;                             // A sample, as stored: 1 to 16.
  int orientation;                      // 1 to 8 as EXIF has it: how the stored rows are to be turned.
};

// The longest side of the largest variant, for decoders that can scale: they leave at least 1.25 times it.
int largest_target(void);

// Plans the cascade. The colour profile, if any, has been given to `colour_profile` before.
void picture_begin(const struct Source *source);

// One row of `decoded_width` × 4 samples, from the first to the last.
void picture_row(const uint8_t *samples);

// All rows are there. Fails with FAILURE_TRUNCATED where rows are missing.
void picture_end(void);

// ---- colour.c: profiles to sRGB (lcms2) -----------------------------------------------------------------------------

// The embedded ICC profile, copied. A profile that cannot be used is ignored, as is one that says sRGB.
void colour_profile(const uint8_t *bytes, size_t length);

// PNG's gAMA and cHRM where it has no profile: the file's gamma exponent (0.45455) and x, y of white, red, green, blue.
void colour_gamma(double gamma, const double chromaticities[8]);

// Called by picture_begin. Afterwards `colour_row` turns `count` pixels of 4 samples into sRGB, in place, alpha kept.
void colour_begin(enum Samples samples, int is_grey);
int colour_is_needed(void);
void colour_row(uint8_t *samples, int count);
void colour_end(void);

// ---- exif.c ---------------------------------------------------------------------------------------------------------

// The orientation in a TIFF block (without "Exif\0\0"): 1 to 8, 1 where there is none or it lies.
int exif_orientation(const uint8_t *tiff, size_t length);

// ---- decode_*.c: one file a format ----------------------------------------------------------------------------------

// Bytes not yet consumed and the new ones lie in one piece: [bytes, bytes + length).
struct Decoder {
  void (*start)(void);
  // Takes what it can; returns how many bytes it has consumed (the rest comes again, with more behind it) and sets
  // `*is_done` after the last row. `is_last`: no more bytes will come.
  size_t (*feed)(const uint8_t *bytes, size_t length, int is_last, int *is_done);
  void (*finish)(void); // Frees everything, also midway.
};

extern const struct Decoder jpeg_decoder, png_decoder, webp_decoder, gif_decoder, bmp_decoder;

// ---- encode_*.c -----------------------------------------------------------------------------------------------------

struct Bytes {
  uint8_t *data;
  size_t length;
};

// `pixels` are upright, in sRGB, RGBA with premultiplied alpha, without padding. JPEG shows transparent parts on white.
struct Bytes encode_jpeg(const uint8_t *pixels, int width, int height, int quality, int is_progressive);
struct Bytes encode_webp(const uint8_t *pixels, int width, int height, int quality, int has_alpha, int effort);
struct Bytes encode_png(const uint8_t *pixels, int width, int height, int has_alpha, int effort);

#endif
