#include "lzw.h"
#include "codec.h"

#define MAX_BITS 12
#define MAX_CODES (1 << MAX_BITS)

static struct {
  uint16_t prefix[MAX_CODES];  // A string is the string of its prefix, and one index more.
  uint16_t length[MAX_CODES];
  uint8_t first[MAX_CODES], last[MAX_CODES];
  uint8_t string[MAX_CODES];
  int index_bits, code_bits, next, previous; // `previous` is -1 after a clear.
  uint32_t bits;
  int bit_count;
} lzw;

static void clear_table(void) {
  lzw.code_bits = lzw.index_bits + 1;
  lzw.next = (1 << lzw.index_bits) + 2;
  lzw.previous = -1;
}

void lzw_start(int bits) {
  lzw.index_bits = bits;
  lzw.bits = 0;
  lzw.bit_count = 0;
  for (int code = 0; code < 1 << bits; code++) {
    lzw.length[code] = 1;
    lzw.first[code] = lzw.last[code] = (uint8_t)code;
  }
  clear_table();
}

static void add_string(int prefix, uint8_t last) {
  if (lzw.next == MAX_CODES) return; // The encoder may go on with a full table.
  int code = lzw.next++;
  lzw.prefix[code] = (uint16_t)prefix;
  lzw.length[code] = lzw.length[prefix] + 1;
  lzw.first[code] = lzw.first[prefix];
  lzw.last[code] = last;
  if (lzw.next == 1 << lzw.code_bits && lzw.code_bits < MAX_BITS) lzw.code_bits++;
}

static void give_string(int code, void (*take)(const uint8_t *indices, int count)) {
  int length = lzw.length[code];
  for (int i = length - 1; i >= 0; i--) {
    lzw.string[i] = lzw.last[code];
    code = lzw.prefix[code];
  }
  take(lzw.string, length);
}

static void take_code(int code, void (*take)(const uint8_t *indices, int count)) {
  int is_plain = code < 1 << lzw.index_bits;
  int is_next = code == lzw.next && lzw.next < MAX_CODES; // The string before and its own first index.
  int can_be = lzw.previous < 0 ? is_plain : code < lzw.next || is_next;
  if (!can_be) fail(FAILURE_CORRUPT, "An LZW code that cannot be yet");
  if (lzw.previous >= 0) add_string(lzw.previous, lzw.first[is_next ? lzw.previous : code]);
  give_string(code, take);
  lzw.previous = code;
}

enum LzwState lzw_feed(const uint8_t *bytes, size_t length, void (*take)(const uint8_t *indices, int count)) {
  int clear_code = 1 << lzw.index_bits, end_code = clear_code + 1;
  for (size_t i = 0; i < length; i++) {
    lzw.bits |= (uint32_t)bytes[i] << lzw.bit_count;
    lzw.bit_count += 8;
    while (lzw.bit_count >= lzw.code_bits) {
      int code = (int)(lzw.bits & ((1u << lzw.code_bits) - 1));
      lzw.bits >>= lzw.code_bits;
      lzw.bit_count -= lzw.code_bits;
      if (code == end_code) return LZW_ENDED;
      if (code == clear_code) clear_table();
      else take_code(code, take);
    }
  }
  return LZW_MORE;
}
