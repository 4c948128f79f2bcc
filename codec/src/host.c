// What the module needs of its host and of an operating system: memory, failure, and none of WASI.
#include "codec.h"

#include <stdlib.h>

struct Limits limits;
struct Facts facts;

__attribute__((import_module("env"), import_name("fail"))) _Noreturn void host_fail(int failure, const char *detail);

_Noreturn void fail(enum Failure failure, const char *detail) {
  host_fail(failure, detail);
}

void *allocate(size_t bytes) {
  void *block = malloc(bytes);
  if (block == NULL) fail(FAILURE_MEMORY, "malloc");
  return block;
}

void *reallocate(void *block, size_t bytes) {
  void *moved = realloc(block, bytes);
  if (moved == NULL) fail(FAILURE_MEMORY, "realloc");
  return moved;
}

#define LONGEST_SIDE 65500

void check_dimensions(double width, double height) {
  if (width < 1 || height < 1) fail(FAILURE_CORRUPT, "a side of 0 pixels");
  if (width > LONGEST_SIDE || height > LONGEST_SIDE) fail(FAILURE_PIXELS, "a side over 65500 pixels");
  if (width * height > limits.pixels) fail(FAILURE_PIXELS, "more pixels than the limit");
}

