// SSE2 intrinsics, turned into SIMD128. SIMDe does most of them well; those here it does by loops or by vector
// expressions that are slow, or that clang 19 cannot compile ("Do not know how to widen the result of this operator").
#ifndef VITRINE_EMMINTRIN_H
#define VITRINE_EMMINTRIN_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/sse2.h>
#include <wasm_simd128.h>

#define TO_WASM simde__m128i_to_wasm_v128
#define FROM_WASM simde__m128i_from_wasm_v128

// Of two vectors of 32-bit lanes, the upper halves in one vector of 16-bit lanes.
#define UPPER_HALVES(a, b) wasm_i16x8_shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15)

static inline simde__m128i sum_of_absolute_differences(simde__m128i a, simde__m128i b) {
  v128_t x = TO_WASM(a), y = TO_WASM(b);
  v128_t difference = wasm_v128_or(wasm_u8x16_sub_sat(x, y), wasm_u8x16_sub_sat(y, x));
  v128_t fours = wasm_u32x4_extadd_pairwise_u16x8(wasm_u16x8_extadd_pairwise_u8x16(difference));
  v128_t eights = wasm_i64x2_add(fours, wasm_u64x2_shr(fours, 32));
  return FROM_WASM(wasm_v128_and(eights, wasm_i64x2_const(0xffffffff, 0xffffffff)));
}

static inline simde__m128i multiply_add(simde__m128i a, simde__m128i b) {
  return FROM_WASM(wasm_i32x4_dot_i16x8(TO_WASM(a), TO_WASM(b)));
}

static inline simde__m128i multiply_high(simde__m128i a, simde__m128i b) {
  v128_t x = TO_WASM(a), y = TO_WASM(b);
  return FROM_WASM(UPPER_HALVES(wasm_i32x4_extmul_low_i16x8(x, y), wasm_i32x4_extmul_high_i16x8(x, y)));
}

static inline simde__m128i multiply_high_unsigned(simde__m128i a, simde__m128i b) {
  v128_t x = TO_WASM(a), y = TO_WASM(b);
  return FROM_WASM(UPPER_HALVES(wasm_u32x4_extmul_low_u16x8(x, y), wasm_u32x4_extmul_high_u16x8(x, y)));
}

#undef _mm_sad_epu8
#define _mm_sad_epu8 sum_of_absolute_differences
#undef _mm_madd_epi16
#define _mm_madd_epi16 multiply_add
#undef _mm_mulhi_epi16
#define _mm_mulhi_epi16 multiply_high
#undef _mm_mulhi_epu16
#define _mm_mulhi_epu16 multiply_high_unsigned

#endif
