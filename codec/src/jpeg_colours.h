// From the planes of a JPEG to pixels.
#ifndef VITRINE_JPEG_COLOURS_H
#define VITRINE_JPEG_COLOURS_H

#include <stdio.h>

#include <jpeglib.h>

#include "picture.h"

// The way for this image, or NULL where its colours are of no kind that is read.
CombinePlanes jpeg_combination(const struct jpeg_decompress_struct *jpeg);

#endif
