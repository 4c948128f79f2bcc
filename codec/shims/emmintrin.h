// SSE2 intrinsics, turned into SIMD128.
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/sse2.h>
