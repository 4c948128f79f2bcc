// libjpeg-turbo's encoder of Huffman codes with other ways through a block: the coefficients that are not 0 are found by
// one bit each, in zigzag order, so that runs of zeroes cost nothing. For pictures without restart markers.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#define jinit_huff_encoder library_jinit_huff_encoder
#include "jchuff.c"
#undef jinit_huff_encoder
#pragma clang diagnostic pop

#include <stdint.h>
#include <string.h>
#include <wasm_simd128.h>

#define EOB 0x00 // No more coefficients in this block.
#define ZRL 0xf0 // Sixteen zeroes.

// ---- which coefficients are not 0 -----------------------------------------------------------------------------------

// For each row of a block and each choice of its coefficients: their bits in zigzag order.
static uint64_t zigzag[DCTSIZE][256];

static void fill_zigzag(void) {
  if (zigzag[0][1] != 0) return;
  for (int k = 0; k < DCTSIZE2; k++) {
    int row = jpeg_natural_order[k] / DCTSIZE, bit = 1 << jpeg_natural_order[k] % DCTSIZE;
    for (int choice = 0; choice < 256; choice++)
      if (choice & bit) zigzag[row][choice] |= (uint64_t)1 << k;
  }
}

static inline unsigned bits_of_two_rows(const JCOEF *rows) {
  v128_t zero = wasm_i16x8_const_splat(0);
  return wasm_i8x16_bitmask(wasm_i8x16_narrow_i16x8(wasm_i16x8_ne(wasm_v128_load(rows), zero),
                                                    wasm_i16x8_ne(wasm_v128_load(rows + DCTSIZE), zero)));
}

// All but the first coefficient.
static inline uint64_t bits_of_block(const JCOEF *block) {
  uint64_t bits = 0;
  for (int row = 0; row < DCTSIZE; row += 2) {
    unsigned two = bits_of_two_rows(block + DCTSIZE * row);
    bits |= zigzag[row][two & 255] | zigzag[row + 1][two >> 8];
  }
  return bits & ~(uint64_t)1;
}

static inline int size_of(int number) {
  return number == 0 ? 0 : 32 - __builtin_clz((unsigned)(number < 0 ? -number : number));
}

// ---- counting -------------------------------------------------------------------------------------------------------

static void count_block(const JCOEF *block, int dc_before, long *dc_counts, long *ac_counts) {
  int before = 0;
  dc_counts[size_of(block[0] - dc_before)]++;
  for (uint64_t bits = bits_of_block(block); bits != 0; bits &= bits - 1) {
    int k = __builtin_ctzll(bits), run = k - before - 1;
    for (; run > 15; run -= 16) ac_counts[ZRL]++;
    ac_counts[run << 4 | size_of(block[jpeg_natural_order[k]])]++;
    before = k;
  }
  if (before != DCTSIZE2 - 1) ac_counts[EOB]++;
}

static boolean count_mcu(j_compress_ptr jpeg, JBLOCKROW *blocks) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)jpeg->entropy;
  for (int i = 0; i < jpeg->blocks_in_MCU; i++) {
    int in_scan = jpeg->MCU_membership[i];
    const jpeg_component_info *component = jpeg->cur_comp_info[in_scan];
    const JCOEF *block = *blocks[i];
    count_block(block, entropy->saved.last_dc_val[in_scan], entropy->dc_count_ptrs[component->dc_tbl_no],
                entropy->ac_count_ptrs[component->ac_tbl_no]);
    entropy->saved.last_dc_val[in_scan] = block[0];
  }
  return TRUE;
}

// ---- writing --------------------------------------------------------------------------------------------------------

// The last bits lie lowest in `bits`; `free` more have room.
struct Writer {
  uint64_t bits;
  int free;
  uint8_t *next;
};

static void write_eight_bytes(struct Writer *writer, uint64_t bytes) {
  if ((bytes & ~(bytes + 0x0101010101010101) & 0x8080808080808080) == 0) {
    bytes = __builtin_bswap64(bytes);
    memcpy(writer->next, &bytes, sizeof bytes);
    writer->next += sizeof bytes;
    return;
  }
  for (int shift = 56; shift >= 0; shift -= 8) {
    uint8_t byte = (uint8_t)(bytes >> shift);
    *writer->next++ = byte;
    if (byte == 0xff) *writer->next++ = 0;
  }
}

static inline void write_bits(struct Writer *writer, uint64_t bits, int count) {
  writer->free -= count;
  if (writer->free >= 0) {
    writer->bits = writer->bits << count | bits;
    return;
  }
  write_eight_bytes(writer, writer->bits << (count + writer->free) | bits >> -writer->free);
  writer->bits = bits;
  writer->free += 64;
}

// A symbol's code and the number that it announces the size of.
static inline void write_number(struct Writer *writer, const c_derived_tbl *table, int symbol, int number, int size) {
  unsigned low = (unsigned)(number + (number >> 31)) & ((1U << size) - 1);
  write_bits(writer, (uint64_t)table->ehufco[symbol] << size | low, table->ehufsi[symbol] + size);
}

static inline void write_block(struct Writer *given, const JCOEF *block, int dc_before, const c_derived_tbl *dc_table,
                               const c_derived_tbl *ac_table) {
  struct Writer writer = *given;
  int difference = block[0] - dc_before, dc_size = size_of(difference), before = 0;
  write_number(&writer, dc_table, dc_size, difference, dc_size);
  for (uint64_t bits = bits_of_block(block); bits != 0; bits &= bits - 1) {
    int k = __builtin_ctzll(bits), run = k - before - 1, number = block[jpeg_natural_order[k]], size = size_of(number);
    for (; run > 15; run -= 16) write_bits(&writer, ac_table->ehufco[ZRL], ac_table->ehufsi[ZRL]);
    write_number(&writer, ac_table, run << 4 | size, number, size);
    before = k;
  }
  if (before != DCTSIZE2 - 1) write_bits(&writer, ac_table->ehufco[EOB], ac_table->ehufsi[EOB]);
  *given = writer;
}

// A coefficient takes 26 bits at most, each byte may be stuffed: this is more than a block ever has.
#define BLOCK_BYTES 512

// Hands bytes on to the destination, which always takes all.
static void put_bytes(j_compress_ptr jpeg, const uint8_t *bytes, size_t length) {
  struct jpeg_destination_mgr *destination = jpeg->dest;
  while (length > 0) {
    size_t part = length < destination->free_in_buffer ? length : destination->free_in_buffer;
    memcpy(destination->next_output_byte, bytes, part);
    destination->next_output_byte += part;
    destination->free_in_buffer -= part;
    bytes += part;
    length -= part;
    if (destination->free_in_buffer == 0) destination->empty_output_buffer(jpeg);
  }
}

static boolean write_mcu(j_compress_ptr jpeg, JBLOCKROW *blocks) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)jpeg->entropy;
  uint8_t bytes[C_MAX_BLOCKS_IN_MCU * BLOCK_BYTES];
  struct Writer writer = {entropy->saved.put_buffer.simd, entropy->saved.free_bits, bytes};
  for (int i = 0; i < jpeg->blocks_in_MCU; i++) {
    int in_scan = jpeg->MCU_membership[i];
    const jpeg_component_info *component = jpeg->cur_comp_info[in_scan];
    const JCOEF *block = *blocks[i];
    write_block(&writer, block, entropy->saved.last_dc_val[in_scan], entropy->dc_derived_tbls[component->dc_tbl_no],
                entropy->ac_derived_tbls[component->ac_tbl_no]);
    entropy->saved.last_dc_val[in_scan] = block[0];
  }
  entropy->saved.put_buffer.simd = writer.bits;
  entropy->saved.free_bits = writer.free;
  put_bytes(jpeg, bytes, (size_t)(writer.next - bytes));
  return TRUE;
}

// ---- the encoder ----------------------------------------------------------------------------------------------------

static long *zeroed_counts(j_compress_ptr jpeg, long *counts) {
  const size_t bytes = 257 * sizeof(long); // jpeg_gen_optimal_table wants one more than there are symbols.
  if (counts == NULL) counts = jpeg->mem->alloc_small((j_common_ptr)jpeg, JPOOL_IMAGE, bytes);
  memset(counts, 0, bytes);
  return counts;
}

static void start_pass(j_compress_ptr jpeg, boolean is_counting) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)jpeg->entropy;
  if (jpeg->restart_interval != 0) ERREXIT(jpeg, JERR_NOT_COMPILED);
  fill_zigzag();
  entropy->pub.encode_mcu = is_counting ? count_mcu : write_mcu;
  entropy->pub.finish_pass = is_counting ? finish_pass_gather : finish_pass_huff;
  for (int i = 0; i < jpeg->comps_in_scan; i++) {
    int dc = jpeg->cur_comp_info[i]->dc_tbl_no, ac = jpeg->cur_comp_info[i]->ac_tbl_no;
    if (is_counting) {
      entropy->dc_count_ptrs[dc] = zeroed_counts(jpeg, entropy->dc_count_ptrs[dc]);
      entropy->ac_count_ptrs[ac] = zeroed_counts(jpeg, entropy->ac_count_ptrs[ac]);
    } else {
      jpeg_make_c_derived_tbl(jpeg, TRUE, dc, &entropy->dc_derived_tbls[dc]);
      jpeg_make_c_derived_tbl(jpeg, FALSE, ac, &entropy->ac_derived_tbls[ac]);
    }
    entropy->saved.last_dc_val[i] = 0;
  }
  entropy->simd = 1; // The library's word for a bit buffer of 64 bits, which it flushes at the end.
  entropy->saved.put_buffer.simd = 0;
  entropy->saved.free_bits = SIMD_BIT_BUF_SIZE;
}

GLOBAL(void) jinit_huff_encoder(j_compress_ptr jpeg) {
  library_jinit_huff_encoder(jpeg);
  jpeg->entropy->start_pass = start_pass;
}
