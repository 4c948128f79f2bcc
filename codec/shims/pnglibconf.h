// libpng's usual configuration, but errors leave by an exception in the host: there is no setjmp.
#include "scripts/pnglibconf.h.prebuilt"
#undef PNG_SETJMP_SUPPORTED
#undef PNG_SIMPLIFIED_READ_SUPPORTED
#undef PNG_SIMPLIFIED_READ_AFIRST_SUPPORTED
#undef PNG_SIMPLIFIED_READ_BGR_SUPPORTED
#undef PNG_SIMPLIFIED_WRITE_SUPPORTED
#undef PNG_SIMPLIFIED_WRITE_AFIRST_SUPPORTED
#undef PNG_SIMPLIFIED_WRITE_BGR_SUPPORTED
#undef PNG_SIMPLIFIED_WRITE_STDIO_SUPPORTED
