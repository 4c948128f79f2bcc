// Rows are made smaller by a whole factor, each pixel the mean of a square: the cheap step before a Lanczos filter where
// the source is many times the target's size.
#ifndef VITRINE_SHRINK_H
#define VITRINE_SHRINK_H

#include <stdint.h>

struct Shrinker {
  int factor;
  int width;        // Of the rows that come in.
  int target_width; // Of those that go out: the last pixel is the mean of what is left.
  int rows;         // That are added up.
  uint32_t *sums;
};

void shrinker_begin(struct Shrinker *shrinker, int factor, int width);

// Takes a row of 4 channels; answers 1 when `target` has been made of it and those before it.
int shrinker_row(struct Shrinker *shrinker, const uint8_t *row, int is_last, uint8_t *target);

void shrinker_free(struct Shrinker *shrinker);

#endif
