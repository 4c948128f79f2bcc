// The C library's way out to WASI, closed: nothing here reads files, clocks or the environment, it only has to link.
#include <stdint.h>
#include <stdio.h>
#include <time.h>

// ---- what lcms2 would do with files by name; with the C library's own the host's folders would be looked for first --

FILE *fopen(const char *path, const char *mode) {
  (void)path, (void)mode;
  return NULL;
}

int remove(const char *path) {
  (void)path;
  return -1;
}

// For the date of a profile that is made here: it is never written anywhere.
time_t time(time_t *seconds) {
  if (seconds != NULL) *seconds = 0;
  return 0;
}

// ---- what is left of stdio ------------------------------------------------------------------------------------------

#define NOT_SUPPORTED 58 // ENOTSUP of WASI.
#define WASI(name) __imported_wasi_snapshot_preview1_##name

int WASI(fd_close)(int file) {
  (void)file;
  return NOT_SUPPORTED;
}

int WASI(fd_seek)(int file, int64_t offset, int whence, int position) {
  (void)file, (void)offset, (void)whence, (void)position;
  return NOT_SUPPORTED;
}

int WASI(fd_write)(int file, int vectors, int count, int written) {
  (void)file, (void)vectors, (void)count, (void)written;
  return NOT_SUPPORTED;
}
