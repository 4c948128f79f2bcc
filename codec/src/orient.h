// EXIF's eight orientations: rows as stored become an upright picture.
#ifndef VITRINE_ORIENT_H
#define VITRINE_ORIENT_H

#include <stdint.h>

// Whether a picture of this orientation is as high as its stored rows are wide.
int orientation_swaps_sides(int orientation);

// Stores row `y` of `width` × `height` stored pixels into the upright picture.
void orient_row(uint8_t *picture, const uint8_t *row, int width, int height, int y, int orientation);

#endif
