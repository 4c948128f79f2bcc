#include "orient.h"

#include <stddef.h>
#include <string.h>

int orientation_swaps_sides(int orientation) {
  return orientation >= 5;
}

// Where the first pixel of a stored row goes, and how far it is from one to the next, in pixels.
struct Course {
  ptrdiff_t start, step;
};

static struct Course course(int width, int height, int y, int orientation) {
  ptrdiff_t w = width, h = height, from_bottom = h - 1 - y;
  switch (orientation) {
    case 2: return (struct Course){y * w + w - 1, -1};
    case 3: return (struct Course){from_bottom * w + w - 1, -1};
    case 4: return (struct Course){from_bottom * w, 1};
    case 5: return (struct Course){y, h};
    case 6: return (struct Course){from_bottom, h};
    case 7: return (struct Course){(w - 1) * h + from_bottom, -h};
    case 8: return (struct Course){(w - 1) * h + y, -h};
    default: return (struct Course){y * w, 1};
  }
}

void orient_row(uint8_t *picture, const uint8_t *row, int width, int height, int y, int orientation) {
  struct Course to = course(width, height, y, orientation);
  if (to.step == 1) {
    memcpy(picture + 4 * to.start, row, (size_t)width * 4);
    return;
  }
  uint32_t *target = (uint32_t *)(void *)picture + to.start;
  const uint32_t *pixels = (const uint32_t *)(const void *)row;
  for (int x = 0; x < width; x++) target[x * to.step] = pixels[x];
}
