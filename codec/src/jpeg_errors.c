#include "jpeg_errors.h"

#include <string.h>

#include "codec.h"

#include <jerror.h>

#define JCOPYRIGHT_SHORT ""
#define JVERSION ""
static const char *const messages[] = {
#define JMESSAGE(code, text) [code] = text,
#include <jerror.h>
};

const char *jpeg_message(j_common_ptr jpeg) {
  size_t code = (size_t)jpeg->err->msg_code;
  return code < sizeof messages / sizeof *messages && messages[code] != NULL ? messages[code] : "libjpeg";
}

static enum Failure failure_of(int code) {
  switch (code) {
    case JERR_OUT_OF_MEMORY: return FAILURE_MEMORY;
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW: return FAILURE_PIXELS;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_J_COLORSPACE:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED: return FAILURE_UNSUPPORTED;
    default: return FAILURE_CORRUPT;
  }
}

_Noreturn void jpeg_fail(j_common_ptr jpeg) {
  fail(failure_of(jpeg->err->msg_code), jpeg_message(jpeg));
}

static void on_error(j_common_ptr jpeg) {
  jpeg_fail(jpeg);
}

static void (*on_warning)(j_common_ptr jpeg);

static void on_message(j_common_ptr jpeg, int level) {
  if (level < 0) on_warning(jpeg);
}

static void on_output(j_common_ptr jpeg) {
  (void)jpeg;
}

static void on_format(j_common_ptr jpeg, char *buffer) {
  (void)jpeg;
  buffer[0] = 0;
}

static void on_reset(j_common_ptr jpeg) {
  jpeg->err->num_warnings = 0;
}

struct jpeg_error_mgr *jpeg_errors(struct jpeg_error_mgr *errors, void (*warn)(j_common_ptr jpeg)) {
  memset(errors, 0, sizeof *errors);
  errors->error_exit = on_error;
  errors->emit_message = on_message;
  errors->output_message = on_output;
  errors->format_message = on_format;
  errors->reset_error_mgr = on_reset;
  on_warning = warn;
  return errors;
}
