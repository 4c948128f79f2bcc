// How libjpeg's errors and warnings leave: shared by reading and writing.
#ifndef VITRINE_JPEG_ERRORS_H
#define VITRINE_JPEG_ERRORS_H

#include <stdio.h>

#include <jpeglib.h>

// `warn` takes the codes of warnings (those of damaged data; traces are left out).
struct jpeg_error_mgr *jpeg_errors(struct jpeg_error_mgr *errors, void (*warn)(j_common_ptr jpeg));

// What libjpeg says of the code at hand, placeholders as they are.
const char *jpeg_message(j_common_ptr jpeg);

// Ends the work with the failure that the code at hand means.
_Noreturn void jpeg_fail(j_common_ptr jpeg);

#endif
