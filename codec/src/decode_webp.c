// WebP: the container (RIFF). Of an animation the first frame counts, on its canvas. Nothing but the payloads needed is
// held, so a long animation costs no more than its first frame; the orientation may come only after the image.
#include "codec.h"
#include "webp_frame.h"

#include <stdlib.h>
#include <string.h>

#define FILE_HEADER_BYTES 12
#define CHUNK_HEADER_BYTES 8
#define EXTENDED_HEADER_BYTES 10
#define FRAME_HEADER_BYTES 16
#define CHANNELS 4
#define PROFILE_BYTES_MAX (4u << 20)
#define EXIF_BYTES_MAX (1u << 20)
#define GROWTH_BYTES (256u << 10)

#define FLAG_EXIF 0x08

enum Kind { KIND_IMAGE, KIND_ALPHA, KIND_PROFILE, KIND_EXIF, KINDS };

struct Held {
  uint8_t *data;
  size_t length, capacity, expected; // `expected`: the chunk's length; data is complete when length reaches it.
};

static struct {
  int has_file_header;
  struct Held held[KINDS];
  struct Held *current;      // What the current chunk is read to; NULL where it is skipped.
  size_t chunk_left;         // Bytes still to come of the current chunk, with its padding.
  int flags;
  int has_frame_header;
  int canvas_width, canvas_height;
  int frame_x, frame_y, frame_width, frame_height;
  struct WebpFrame frame;
  uint8_t *canvas_row;
} webp;

static uint32_t little_endian(const uint8_t *bytes, int count) {
  uint32_t value = 0;
  for (int i = count - 1; i >= 0; i--) value = value << 8 | bytes[i];
  return value;
}

static int is_named(const uint8_t *chunk, const char *name) {
  return memcmp(chunk, name, 4) == 0;
}

// ---- chunks ---------------------------------------------------------------------------------------------------------

static struct Held *wanted(const uint8_t *chunk) {
  int has_image = webp.held[KIND_IMAGE].expected > 0;
  if (is_named(chunk, "VP8 ") || is_named(chunk, "VP8L")) return has_image ? NULL : &webp.held[KIND_IMAGE];
  if (is_named(chunk, "ALPH")) return has_image || webp.held[KIND_ALPHA].expected ? NULL : &webp.held[KIND_ALPHA];
  if (is_named(chunk, "ICCP")) return webp.held[KIND_PROFILE].expected ? NULL : &webp.held[KIND_PROFILE];
  if (is_named(chunk, "EXIF")) return webp.held[KIND_EXIF].expected ? NULL : &webp.held[KIND_EXIF];
  return NULL;
}

static void check_held_bytes(uint32_t length) {
  double bytes = length;
  for (int kind = 0; kind < KINDS; kind++) bytes += (double)webp.held[kind].expected;
  if (bytes > (double)limits.buffered_bytes) fail(FAILURE_BUFFERED, "A WebP of this many bytes");
}

static int is_too_long(const struct Held *held, uint32_t length) {
  if (held == &webp.held[KIND_PROFILE]) return length > PROFILE_BYTES_MAX;
  return held == &webp.held[KIND_EXIF] && length > EXIF_BYTES_MAX;
}

static void begin_chunk(const uint8_t *header) {
  uint32_t length = little_endian(header + 4, 4);
  webp.chunk_left = (size_t)length + length % 2;
  if (length == UINT32_MAX) fail(FAILURE_CORRUPT, "A chunk longer than it can be");
  webp.current = wanted(header);
  if (!webp.current || length == 0) {
    webp.current = NULL;
    return;
  }
  if (is_too_long(webp.current, length)) {
    if (webp.current == &webp.held[KIND_PROFILE]) colour_profile(NULL, 0);
    webp.current = NULL;
    return;
  }
  check_held_bytes(length);
  webp.current->expected = length;
  if (is_named(header, "VP8L")) webp.frame.is_lossless = 1;
}

static void read_extended_header(const uint8_t *payload) {
  webp.flags = payload[0];
  webp.canvas_width = (int)little_endian(payload + 4, 3) + 1;
  webp.canvas_height = (int)little_endian(payload + 7, 3) + 1;
}

static void read_frame_header(const uint8_t *payload) {
  webp.has_frame_header = 1;
  webp.frame_x = (int)little_endian(payload, 3) * 2;
  webp.frame_y = (int)little_endian(payload + 3, 3) * 2;
  webp.frame_width = (int)little_endian(payload + 6, 3) + 1;
  webp.frame_height = (int)little_endian(payload + 9, 3) + 1;
}

// Chunks whose header is read as a whole. The first frame's own chunks follow its header and are read like all others.
static size_t take_header(const uint8_t *bytes, size_t length) {
  if (length < CHUNK_HEADER_BYTES) return 0;
  int is_frame = is_named(bytes, "ANMF") && !webp.has_frame_header;
  int is_extended = is_named(bytes, "VP8X") && !webp.canvas_width;
  size_t needed = is_frame ? FRAME_HEADER_BYTES : is_extended ? EXTENDED_HEADER_BYTES : 0;
  if (length < CHUNK_HEADER_BYTES + needed) return 0;
  if (needed > little_endian(bytes + 4, 4)) fail(FAILURE_CORRUPT, "A chunk that is too short");
  begin_chunk(bytes);
  if (is_extended) read_extended_header(bytes + CHUNK_HEADER_BYTES);
  if (is_frame) read_frame_header(bytes + CHUNK_HEADER_BYTES);
  webp.chunk_left = is_frame ? 0 : webp.chunk_left - needed;
  return CHUNK_HEADER_BYTES + needed;
}

static void hold(struct Held *held, const uint8_t *bytes, size_t length) {
  size_t room = held->expected - held->length;
  if (length > room) length = room; // The padding.
  if (held->length + length > held->capacity) {
    held->capacity += held->capacity / 4 + GROWTH_BYTES;
    if (held->capacity < held->length + length) held->capacity = held->length + length;
    if (held->capacity > held->expected) held->capacity = held->expected;
    held->data = reallocate(held->data, held->capacity);
  }
  memcpy(held->data + held->length, bytes, length);
  held->length += length;
}

static size_t take_payload(const uint8_t *bytes, size_t length) {
  size_t taken = length < webp.chunk_left ? length : webp.chunk_left;
  if (webp.current) hold(webp.current, bytes, taken);
  webp.chunk_left -= taken;
  return taken;
}

static size_t take_file_header(const uint8_t *bytes, size_t length) {
  if (length < FILE_HEADER_BYTES) return 0;
  if (!is_named(bytes, "RIFF") || !is_named(bytes + 8, "WEBP")) fail(FAILURE_CORRUPT, "Not a WebP");
  webp.has_file_header = 1;
  return FILE_HEADER_BYTES;
}

static size_t take(const uint8_t *bytes, size_t length) {
  if (length == 0) return 0;
  if (!webp.has_file_header) return take_file_header(bytes, length);
  return webp.chunk_left > 0 ? take_payload(bytes, length) : take_header(bytes, length);
}

// ---- the picture ----------------------------------------------------------------------------------------------------

static int is_whole(enum Kind kind) {
  return webp.held[kind].expected > 0 && webp.held[kind].length == webp.held[kind].expected;
}

static int stored_orientation(void) {
  const struct Held *exif = &webp.held[KIND_EXIF];
  if (!is_whole(KIND_EXIF)) return 1;
  // Some writers leave JPEG's prefix in front.
  int has_prefix = exif->length >= 6 && memcmp(exif->data, "Exif\0\0", 6) == 0;
  return has_prefix ? exif_orientation(exif->data + 6, exif->length - 6) : exif_orientation(exif->data, exif->length);
}

static void measure_frame(void) {
  struct WebpFrame *frame = &webp.frame;
  frame->image = webp.held[KIND_IMAGE].data;
  frame->image_length = webp.held[KIND_IMAGE].length;
  if (is_whole(KIND_ALPHA) && !frame->is_lossless) {
    frame->alpha = webp.held[KIND_ALPHA].data;
    frame->alpha_length = webp.held[KIND_ALPHA].length;
  }
  webp_frame_measure(frame);
  if (!webp.has_frame_header) {
    webp.canvas_width = webp.frame_width = frame->width;
    webp.canvas_height = webp.frame_height = frame->height;
  }
  check_dimensions(webp.canvas_width, webp.canvas_height);
  int is_inside = webp.frame_x + webp.frame_width <= webp.canvas_width &&
                  webp.frame_y + webp.frame_height <= webp.canvas_height;
  if (!is_inside || frame->width != webp.frame_width || frame->height != webp.frame_height) {
    fail(FAILURE_CORRUPT, "The first frame does not fit its canvas");
  }
  double bytes = webp_frame_bytes(frame);
  for (int kind = 0; kind < KINDS; kind++) bytes += (double)webp.held[kind].length;
  if (bytes > (double)limits.buffered_bytes) fail(FAILURE_BUFFERED, "A WebP this large");
}

static int is_whole_canvas(void) {
  return webp.frame_width == webp.canvas_width && webp.frame_height == webp.canvas_height;
}

static int is_made_smaller(void) {
  int longest = webp.canvas_width > webp.canvas_height ? webp.canvas_width : webp.canvas_height;
  return longest > largest_target();
}

static void give_row(uint8_t *row) {
  if (!webp.canvas_row) {
    picture_row(row);
    return;
  }
  memcpy(webp.canvas_row + (size_t)webp.frame_x * CHANNELS, row, (size_t)webp.frame_width * CHANNELS);
  picture_row(webp.canvas_row);
}

static void give_empty_rows(int count) {
  if (count <= 0) return;
  size_t bytes = (size_t)webp.canvas_width * CHANNELS;
  memset(webp.canvas_row, 0, bytes);
  for (int i = 0; i < count; i++) picture_row(webp.canvas_row);
}

static struct Source source_of_canvas(void) {
  return (struct Source){
    .width = webp.canvas_width, .height = webp.canvas_height,
    .decoded_width = webp.canvas_width, .decoded_height = webp.canvas_height,
    .exact_width = webp.canvas_width, .exact_height = webp.canvas_height,
    .samples = SAMPLES_RGBA,
    .has_alpha = webp.frame.has_alpha || !is_whole_canvas(),
    .bits = 8,
    .orientation = stored_orientation(),
  };
}

static void decode_rows(const struct Source *source) {
  picture_begin(source);
  if (!is_whole_canvas()) {
    webp.canvas_row = allocate((size_t)webp.canvas_width * CHANNELS);
    memset(webp.canvas_row, 0, (size_t)webp.canvas_width * CHANNELS);
  }
  give_empty_rows(webp.frame_y);
  webp_frame_decode(&webp.frame, give_row);
  give_empty_rows(webp.canvas_height - webp.frame_y - webp.frame_height);
}

static void decode(void) {
  measure_frame();
  struct Source source = source_of_canvas();
  if (is_whole(KIND_PROFILE)) colour_profile(webp.held[KIND_PROFILE].data, webp.held[KIND_PROFILE].length);
  if (!source.has_alpha && !webp.frame.is_lossless && is_made_smaller()) webp_frame_decode_planes(&webp.frame, &source);
  else decode_rows(&source);
  picture_end();
}

// ---- the decoder ----------------------------------------------------------------------------------------------------

static void start(void) {
  memset(&webp, 0, sizeof webp);
}

static int is_enough(void) {
  return is_whole(KIND_IMAGE) && (!(webp.flags & FLAG_EXIF) || is_whole(KIND_EXIF));
}

static size_t feed(const uint8_t *bytes, size_t length, int is_last, int *is_done) {
  size_t used = 0;
  for (size_t taken = 1; taken > 0 && !is_enough(); used += taken) taken = take(bytes + used, length - used);
  *is_done = is_enough() || (is_last && is_whole(KIND_IMAGE));
  if (*is_done) decode();
  else if (is_last) fail(FAILURE_TRUNCATED, "The image's data ends early");
  return used;
}

static void finish(void) {
  for (int kind = 0; kind < KINDS; kind++) free(webp.held[kind].data);
  free(webp.canvas_row);
  memset(&webp, 0, sizeof webp);
}

const struct Decoder webp_decoder = {start, feed, finish};
