// The segments of a JPEG that say something about its picture: EXIF's orientation and the colour profile.
#ifndef VITRINE_JPEG_MARKERS_H
#define VITRINE_JPEG_MARKERS_H

#include <stdio.h>

#include <jpeglib.h>

// To be called before the header is read. All others are skipped without being held.
void jpeg_markers_begin(j_decompress_ptr jpeg);

// After the header: 1 to 8.
int jpeg_markers_orientation(void);

// After the header: gives the profile to colour.c, if there is a whole one.
void jpeg_markers_give_profile(void);

void jpeg_markers_free(void);

#endif
