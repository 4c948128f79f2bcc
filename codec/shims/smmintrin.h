// SSE4.1 intrinsics, turned into SIMD128.
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/sse4.1.h>
