// One step of the cascade: rows of one size come in, rows of another go out, by a Lanczos filter of three lobes.
// Vertically first: so the ring holds the source's rows as they are, and a decoder writes straight into it.
#ifndef VITRINE_RESAMPLE_H
#define VITRINE_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

struct Axis {
  int source;   // Samples that come in.
  double exact; // Where the image ends in them: at most `source`, the last sample may lie on the edge.
  int target;   // Samples that go out.
};

// The filter of one axis: `weights` of `count` source samples from `starts[i]` on for each target sample `i`.
struct Filter {
  int is_identity;
  int count;
  int *starts;
  int16_t *weights;
};

struct Resampler {
  int channels; // Interleaved bytes of a pixel: 1 or 4.
  struct Axis horizontal, vertical;
  struct Filter columns, rows;
  uint8_t *ring;
  size_t stride;
  int ring_rows;
  int received, produced;
  uint8_t *between; // A row that is filtered vertically only.
};

// `burst` rows at most are written ahead of `resampler_advance`, `lag` rows may wait beside another plane.
void resampler_begin(struct Resampler *resampler, int channels, struct Axis horizontal, struct Axis vertical, int burst,
                     int lag);

// Where the row `ahead` rows after the last one received is to be written; 64 bytes more than the row may be.
uint8_t *resampler_slot(const struct Resampler *resampler, int ahead);

// Rows have been written. Those after the image's last are left out.
void resampler_advance(struct Resampler *resampler, int rows);

// Whether the next target row can be made.
int resampler_is_ready(const struct Resampler *resampler);

// Makes it. `row` has room for 16 bytes more.
void resampler_pull(struct Resampler *resampler, uint8_t *row);

void resampler_free(struct Resampler *resampler);

#endif
