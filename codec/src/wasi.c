// The C library's way out to WASI, closed: nothing here reads files, clocks or the environment, it only has to link.
// lcms2 and libpng refer to files and to the time of day in functions that are never called.
#include <stdint.h>

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
int WASI(fd_read)(int file, int vectors, int count, int read) {
  (void)file, (void)vectors, (void)count, (void)read;
  return NOT_SUPPORTED;
}

int WASI(fd_fdstat_get)(int file, int status) {
  (void)file, (void)status;
  return NOT_SUPPORTED;
}

int WASI(fd_fdstat_set_flags)(int file, int flags) {
  (void)file, (void)flags;
  return NOT_SUPPORTED;
}

int WASI(fd_prestat_get)(int file, int status) {
  (void)file, (void)status;
  return NOT_SUPPORTED;
}

int WASI(fd_prestat_dir_name)(int file, int path, int length) {
  (void)file, (void)path, (void)length;
  return NOT_SUPPORTED;
}

int WASI(path_open)(int folder, int look, int path, int length, int open, int64_t rights, int64_t inheriting, int flags,
                    int file) {
  (void)folder, (void)look, (void)path, (void)length, (void)open, (void)rights, (void)inheriting, (void)flags,
      (void)file;
  return NOT_SUPPORTED;
}

int WASI(path_remove_directory)(int folder, int path, int length) {
  (void)folder, (void)path, (void)length;
  return NOT_SUPPORTED;
}

int WASI(path_unlink_file)(int folder, int path, int length) {
  (void)folder, (void)path, (void)length;
  return NOT_SUPPORTED;
}

int WASI(clock_time_get)(int clock, int64_t precision, int time) {
  (void)clock, (void)precision, (void)time;
  return NOT_SUPPORTED;
}

_Noreturn void WASI(proc_exit)(int code) {
  (void)code;
  __builtin_trap();
}
