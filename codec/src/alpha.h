// Alpha of rows of RGBA pixels. (The way back is in premultiplied.h.)
#ifndef VITRINE_ALPHA_H
#define VITRINE_ALPHA_H

#include <stdint.h>

// In place; up to three pixels after the last are touched.
void premultiply(uint8_t *pixels, int count);

int is_opaque(const uint8_t *pixels, int count);

#endif
