// GIF's variant of LZW: codes of 3 to 12 bits, the least significant bit first.
#ifndef VITRINE_LZW_H
#define VITRINE_LZW_H

#include <stddef.h>
#include <stdint.h>

enum LzwState { LZW_MORE, LZW_ENDED };

// `bits`: of a colour's index, 1 to 8.
void lzw_start(int bits);

// Gives the indices of `length` bytes, piece by piece in their order, to `take`. Says LZW_ENDED after the code that
// ends the data. Fails with FAILURE_CORRUPT on a code that cannot be yet.
enum LzwState lzw_feed(const uint8_t *bytes, size_t length, void (*take)(const uint8_t *indices, int count));

#endif
