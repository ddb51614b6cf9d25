// Blocks of WIDTH bytes, which the file that includes this defines: 16, or 32 where the processor has
// AVX2. VECTORS goes before each function that works on them.
#ifndef BYTESCAN_VECTORS_H
#define BYTESCAN_VECTORS_H

#include "CByteScan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#if WIDTH == 32
#define VECTORS __attribute__((target("avx2")))
#else
#define VECTORS __attribute__((target("ssse3")))
#endif
#elif defined(__aarch64__)
#include <arm_neon.h>
#define VECTORS
#endif

typedef uint8_t block __attribute__((ext_vector_type(WIDTH)));
typedef bool block_bits __attribute__((ext_vector_type(WIDTH)));

#if WIDTH == 32
typedef uint32_t block_mask;
#else
typedef uint16_t block_mask;
#endif

// A table of sixteen bytes for `look_up`.
#define ROW static const bytescan_block

VECTORS static inline block load(const uint8_t *bytes) {
  block loaded;
  __builtin_memcpy(&loaded, bytes, sizeof loaded);
  return loaded;
}

// What stands in the row at each place below 16; a place from 128 on gives zero.
VECTORS static inline block look_up(bytescan_block row, block places) {
#if !defined(__x86_64__)
  return (block)vqtbl1q_u8((uint8x16_t)row, (uint8x16_t)places);
#elif WIDTH == 32
  __m256i rows = _mm256_broadcastsi128_si256((__m128i)row);
  return (block)_mm256_shuffle_epi8(rows, (__m256i)places);
#else
  return (block)_mm_shuffle_epi8((__m128i)row, (__m128i)places);
#endif
}

// The lowest bit stands for the first byte, and is set if that byte has any.
VECTORS static inline block_mask mask(block bytes) {
  block_bits bits = __builtin_convertvector(bytes != 0, block_bits);
  block_mask all;
  __builtin_memcpy(&all, &bits, sizeof all);
  return all;
}

// For each byte of a block the ones before it.
struct neighbours {
  block one, two, three;
};

VECTORS static inline struct neighbours neighbours(block before, block here) {
#if WIDTH == 32
#define SHIFTED(last)                                                                           \
  __builtin_shufflevector(                                                                      \
      before, here, last, last + 1, last + 2, last + 3, last + 4, last + 5, last + 6, last + 7, \
      last + 8, last + 9, last + 10, last + 11, last + 12, last + 13, last + 14, last + 15,     \
      last + 16, last + 17, last + 18, last + 19, last + 20, last + 21, last + 22, last + 23,   \
      last + 24, last + 25, last + 26, last + 27, last + 28, last + 29, last + 30, last + 31)
#else
#define SHIFTED(last)                                                                           \
  __builtin_shufflevector(                                                                      \
      before, here, last, last + 1, last + 2, last + 3, last + 4, last + 5, last + 6, last + 7, \
      last + 8, last + 9, last + 10, last + 11, last + 12, last + 13, last + 14, last + 15)
#endif
  return (struct neighbours){SHIFTED(WIDTH - 1), SHIFTED(WIDTH - 2), SHIFTED(WIDTH - 3)};
#undef SHIFTED
}

#endif
