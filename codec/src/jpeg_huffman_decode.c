// libjpeg-turbo's decoder of Huffman codes, and a faster way through most of its work: a table that answers a code and
// the number behind it at once, and 64 bits to take them from. What the fast way cannot do (the end of the bytes at
// hand, markers, codes that do not exist) it leaves to the library, from the start of the same MCU.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#define jinit_huff_decoder library_jinit_huff_decoder
#include "jdhuff.c"
#undef jinit_huff_decoder
#pragma clang diagnostic pop

#include <stdint.h>
#include <string.h>
#include <wasm_simd128.h>

#define LOOK_BITS 10
#define LOOK_SIZE (1 << LOOK_BITS)

// An entry of a table, indexed by the next bits: its lowest 5 bits are how many of them it accounts for.
// With a number: those of the code and of the number; the run of zeroes before it in bits 8 to 11, the number itself in
// the upper 16 bits. Without (those are 0): the code's alone; its symbol in bits 8 to 15. All 0: the code is longer.
#define ENTRY_BITS(entry) ((int)((entry) & 31))
#define ENTRY_RUN(entry) ((int)((entry) >> 8 & 15))
#define ENTRY_SYMBOL(entry) ((int)((entry) >> 8 & 255))
#define ENTRY_NUMBER(entry) ((int)(entry) >> 16)

static uint32_t dc_tables[NUM_HUFF_TBLS][LOOK_SIZE];
static uint32_t ac_tables[NUM_HUFF_TBLS][LOOK_SIZE];

// ---- tables ---------------------------------------------------------------------------------------------------------

// JPEG's numbers of `size` bits: those that begin with a 0 are negative.
static inline int number_of(int bits, int size) {
  return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
}

static uint32_t entry_of(unsigned next_bits, int code_bits, int symbol) {
  int size = symbol & 15, bits = code_bits + size;
  if (size == 0 || bits > LOOK_BITS) return (uint32_t)(symbol << 8 | code_bits);
  int number = number_of((int)(next_bits >> (LOOK_BITS - bits)) & ((1 << size) - 1), size);
  return (uint32_t)number << 16 | (uint32_t)(symbol >> 4) << 8 | (uint32_t)bits;
}

static void fill_table(uint32_t *table, const d_derived_tbl *derived) {
  for (unsigned next_bits = 0; next_bits < LOOK_SIZE; next_bits++) {
    int length = 1;
    while (length <= LOOK_BITS && (JLONG)(next_bits >> (LOOK_BITS - length)) > derived->maxcode[length]) length++;
    int code = (int)(next_bits >> (LOOK_BITS - length));
    table[next_bits] =
        length > LOOK_BITS ? 0 : entry_of(next_bits, length, derived->pub->huffval[(code + derived->valoffset[length]) & 255]);
  }
}

static void start_pass(j_decompress_ptr jpeg) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)jpeg->entropy;
  start_pass_huff_decoder(jpeg);
  for (int i = 0; i < jpeg->comps_in_scan; i++) {
    const jpeg_component_info *component = jpeg->cur_comp_info[i];
    fill_table(dc_tables[component->dc_tbl_no], entropy->dc_derived_tbls[component->dc_tbl_no]);
    fill_table(ac_tables[component->ac_tbl_no], entropy->ac_derived_tbls[component->ac_tbl_no]);
  }
}

// ---- bits -----------------------------------------------------------------------------------------------------------

// The next bits are the uppermost of `bits`; `count` of them are there. What is below them is 0 or true as well.
struct Reader {
  uint64_t bits;
  int count;
  const uint8_t *next, *end;
};

#define ENOUGH_BITS 32 // For a code of 16 bits and a number of 15, less what a number never needs.

static inline uint64_t eight_bytes(const uint8_t *bytes) {
  v128_t word = wasm_v128_load64_zero(bytes);
  return (uint64_t)wasm_i64x2_extract_lane(
      wasm_i8x16_shuffle(word, word, 7, 6, 5, 4, 3, 2, 1, 0, 8, 8, 8, 8, 8, 8, 8, 8), 0);
}

static inline int may_have_ff(uint64_t bytes) {
  return (bytes & ~(bytes + 0x0101010101010101) & 0x8080808080808080) != 0;
}

// A byte 0xff that is no marker is followed by 0. Answers 0 at a marker and at the end of the bytes.
static int fill_by_bytes(struct Reader *reader) {
  reader->bits = reader->count == 0 ? 0 : reader->bits >> (64 - reader->count) << (64 - reader->count);
  while (reader->count <= 56) {
    if (reader->end - reader->next < 2) break;
    uint64_t byte = *reader->next;
    if (byte == 0xff && reader->next[1] != 0) break;
    reader->next += byte == 0xff ? 2 : 1;
    reader->bits |= byte << (56 - reader->count);
    reader->count += 8;
  }
  return reader->count >= ENOUGH_BITS;
}

static inline int fill(struct Reader *reader) {
  if (reader->count >= ENOUGH_BITS) return 1;
  if (reader->end - reader->next < 8) return fill_by_bytes(reader);
  uint64_t bytes = eight_bytes(reader->next);
  if (may_have_ff(bytes)) return fill_by_bytes(reader);
  int whole = (63 - reader->count) >> 3;
  reader->bits |= bytes >> reader->count;
  reader->next += whole;
  reader->count += 8 * whole;
  return 1;
}

static inline void drop(struct Reader *reader, int bits) {
  reader->bits <<= bits;
  reader->count -= bits;
}

static inline int take(struct Reader *reader, int bits) {
  int taken = (int)(reader->bits >> 1 >> (63 - bits));
  drop(reader, bits);
  return taken;
}

// The symbol of a code that is longer than the tables reach, or -1 where there is none.
static int take_long_code(struct Reader *reader, const d_derived_tbl *derived) {
  for (int length = LOOK_BITS + 1; length <= 16; length++) {
    JLONG code = (JLONG)(reader->bits >> (64 - length));
    if (code > derived->maxcode[length]) continue;
    drop(reader, length);
    return derived->pub->huffval[(code + derived->valoffset[length]) & 255];
  }
  return -1;
}

// ---- blocks ---------------------------------------------------------------------------------------------------------

static int decode_dc(struct Reader *reader, const uint32_t *table, const d_derived_tbl *derived, int *difference) {
  if (!fill(reader)) return 0;
  uint32_t entry = table[reader->bits >> (64 - LOOK_BITS)];
  drop(reader, ENTRY_BITS(entry));
  *difference = ENTRY_NUMBER(entry);
  if (*difference != 0) return 1;
  int size = entry == 0 ? take_long_code(reader, derived) : ENTRY_SYMBOL(entry);
  if (size < 0 || size > 15) return 0;
  if (size > 0) *difference = number_of(take(reader, size), size);
  return 1;
}

static inline int decode_ac(struct Reader *given, const uint32_t *table, const d_derived_tbl *derived, JCOEF *block) {
  struct Reader reader = *given;
  for (int k = 1; k < DCTSIZE2; k++) {
    if (!fill(&reader)) return 0;
    uint32_t entry = table[reader.bits >> (64 - LOOK_BITS)];
    drop(&reader, ENTRY_BITS(entry));
    int number = ENTRY_NUMBER(entry);
    if (number != 0) {
      k += ENTRY_RUN(entry);
      block[jpeg_natural_order[k]] = (JCOEF)number;
      continue;
    }
    int symbol = entry == 0 ? take_long_code(&reader, derived) : ENTRY_SYMBOL(entry);
    if (symbol < 0) return 0;
    int size = symbol & 15;
    if (size == 0 && symbol != 0xf0) break;
    k += symbol >> 4;
    if (size > 0) block[jpeg_natural_order[k]] = (JCOEF)number_of(take(&reader, size), size);
  }
  *given = reader;
  return 1;
}

// Changes nothing but the blocks unless the whole MCU is there.
static int decode_quickly(j_decompress_ptr jpeg, JBLOCKROW *blocks) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)jpeg->entropy;
  struct jpeg_source_mgr *source = jpeg->src;
  int count = entropy->bitstate.bits_left;
  struct Reader reader = {count == 0 ? 0 : entropy->bitstate.get_buffer << (64 - count), count,
                          source->next_input_byte, source->next_input_byte + source->bytes_in_buffer};
  savable_state saved = entropy->saved;
  for (int i = 0; i < jpeg->blocks_in_MCU; i++) {
    int in_scan = jpeg->MCU_membership[i], difference;
    const jpeg_component_info *component = jpeg->cur_comp_info[in_scan];
    int dc = component->dc_tbl_no, ac = component->ac_tbl_no;
    if (!decode_dc(&reader, dc_tables[dc], entropy->dc_derived_tbls[dc], &difference)) return 0;
    saved.last_dc_val[in_scan] += difference;
    (*blocks[i])[0] = (JCOEF)saved.last_dc_val[in_scan];
    if (!decode_ac(&reader, ac_tables[ac], entropy->ac_derived_tbls[ac], *blocks[i])) return 0;
  }
  entropy->saved = saved;
  entropy->bitstate.get_buffer = reader.count == 0 ? 0 : reader.bits >> (64 - reader.count);
  entropy->bitstate.bits_left = reader.count;
  source->next_input_byte = reader.next;
  source->bytes_in_buffer = (size_t)(reader.end - reader.next);
  return 1;
}

#define FEW_BYTES 64 // Too few to try.

static boolean decode_one_mcu(j_decompress_ptr jpeg, JBLOCKROW *blocks) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)jpeg->entropy;
  int is_at_restart = jpeg->restart_interval != 0 && entropy->restarts_to_go == 0;
  if (is_at_restart || blocks == NULL || jpeg->unread_marker != 0 || entropy->pub.insufficient_data ||
      jpeg->src->bytes_in_buffer < FEW_BYTES || !decode_quickly(jpeg, blocks))
    return decode_mcu(jpeg, blocks);
  if (jpeg->restart_interval != 0) entropy->restarts_to_go--;
  return TRUE;
}

GLOBAL(void) jinit_huff_decoder(j_decompress_ptr jpeg) {
  library_jinit_huff_decoder(jpeg);
  jpeg->entropy->start_pass = start_pass;
  jpeg->entropy->decode_mcu = decode_one_mcu;
}
