// Back from premultiplied alpha, row by row: what the encoders of PNG and WebP want.
#ifndef VITRINE_PREMULTIPLIED_H
#define VITRINE_PREMULTIPLIED_H

#include <stdint.h>

// `count` pixels of RGBA; those of alpha 0 become black.
void divide_by_alpha(const uint8_t *premultiplied, uint8_t *straight, int count);

#endif
