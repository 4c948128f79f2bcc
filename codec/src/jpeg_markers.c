#include "jpeg_markers.h"

#include <string.h>

#include "codec.h"

#define EXIF_SIGNATURE "Exif\0"       // And one more byte, which is 0 nearly always.
#define PROFILE_SIGNATURE "ICC_PROFILE" // Its final 0 is part of it; then the part's number and the number of parts.
#define PROFILE_HEADER (sizeof PROFILE_SIGNATURE + 2)
#define MAX_PARTS 255
#define MAX_PROFILE_BYTES (4 << 20)

static struct {
  int orientation; // 0: no EXIF so far.
  struct Bytes parts[MAX_PARTS + 1];
  size_t part_count, profile_bytes;
  int is_profile_bad;
} markers;

static void take_exif(const uint8_t *segment, size_t length) {
  if (markers.orientation != 0 || length < 6 || memcmp(segment, EXIF_SIGNATURE, sizeof EXIF_SIGNATURE - 1) != 0) return;
  markers.orientation = exif_orientation(segment + 6, length - 6);
}

static void take_profile_part(const uint8_t *segment, size_t length) {
  if (length < PROFILE_HEADER || memcmp(segment, PROFILE_SIGNATURE, sizeof PROFILE_SIGNATURE) != 0) return;
  size_t number = segment[PROFILE_HEADER - 2], count = segment[PROFILE_HEADER - 1], bytes = length - PROFILE_HEADER;
  struct Bytes *part = &markers.parts[number];
  int is_bad = number == 0 || number > count || part->data != NULL ||
               (markers.part_count != 0 && markers.part_count != count) ||
               markers.profile_bytes + bytes > MAX_PROFILE_BYTES;
  if (is_bad) markers.is_profile_bad = 1;
  if (markers.is_profile_bad) return;
  markers.part_count = count;
  markers.profile_bytes += bytes;
  part->length = bytes;
  part->data = allocate(bytes + 1);
  memcpy(part->data, segment + PROFILE_HEADER, bytes);
}

// Waits for the whole segment: it has 65,535 bytes at most.
static boolean take_segment(j_decompress_ptr jpeg) {
  struct jpeg_source_mgr *source = jpeg->src;
  if (source->bytes_in_buffer < 2) return FALSE;
  const uint8_t *bytes = source->next_input_byte;
  size_t length = (size_t)bytes[0] << 8 | bytes[1];
  if (length < 2) fail(FAILURE_CORRUPT, "a segment shorter than its length");
  if (source->bytes_in_buffer < length) return FALSE;
  if (jpeg->unread_marker == JPEG_APP0 + 1) take_exif(bytes + 2, length - 2);
  else take_profile_part(bytes + 2, length - 2);
  source->next_input_byte += length;
  source->bytes_in_buffer -= length;
  return TRUE;
}

void jpeg_markers_begin(j_decompress_ptr jpeg) {
  memset(&markers, 0, sizeof markers);
  jpeg_set_marker_processor(jpeg, JPEG_APP0 + 1, take_segment);
  jpeg_set_marker_processor(jpeg, JPEG_APP0 + 2, take_segment);
}

int jpeg_markers_orientation(void) {
  return markers.orientation == 0 ? 1 : markers.orientation;
}

static int is_profile_whole(void) {
  if (markers.is_profile_bad || markers.part_count == 0) return 0;
  for (size_t i = 1; i <= markers.part_count; i++)
    if (markers.parts[i].data == NULL) return 0;
  return 1;
}

void jpeg_markers_give_profile(void) {
  if (!is_profile_whole()) {
    if (markers.part_count != 0 || markers.is_profile_bad) colour_profile(NULL, 0);
    return;
  }
  uint8_t *profile = allocate(markers.profile_bytes + 1);
  size_t length = 0;
  for (size_t i = 1; i <= markers.part_count; i++) {
    memcpy(profile + length, markers.parts[i].data, markers.parts[i].length);
    length += markers.parts[i].length;
  }
  colour_profile(profile, length);
  free(profile);
}

void jpeg_markers_free(void) {
  for (size_t i = 0; i <= MAX_PARTS; i++) free(markers.parts[i].data);
  memset(&markers, 0, sizeof markers);
}
