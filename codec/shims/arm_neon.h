// libjpeg-turbo's NEON intrinsics, turned into SIMD128.
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/arm/neon.h>
