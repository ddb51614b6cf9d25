// Blocks of WIDTH bytes, which the file that includes this defines: 16, or 32 where the processor has
// AVX2, or 64 where it has AVX-512 with VBMI. VECTORS goes before each function that works on them.
#ifndef BYTESCAN_VECTORS_H
#define BYTESCAN_VECTORS_H

#include "CByteScan.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#if WIDTH == 64
#define VECTORS __attribute__((target("avx512bw,avx512vl,avx512vbmi")))
#elif WIDTH == 32
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

#if WIDTH == 64
typedef uint64_t block_mask;
#elif WIDTH == 32
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

// Fewer bytes than a block, and zeros behind them. Nothing else is read.
VECTORS static inline block load_some(const uint8_t *bytes, size_t count) {
#if WIDTH == 64
  return (block)_mm512_maskz_loadu_epi8(((block_mask)1 << count) - 1, bytes);
#else
  uint8_t some[WIDTH] = {0};
  memcpy(some, bytes, count);
  return load(some);
#endif
}

// What stands in the row at each place below 16; a place from 128 on gives zero.
VECTORS static inline block look_up(bytescan_block row, block places) {
#if !defined(__x86_64__)
  return (block)vqtbl1q_u8((uint8x16_t)row, (uint8x16_t)places);
#elif WIDTH == 64
  return (block)_mm512_shuffle_epi8(_mm512_broadcast_i32x4((__m128i)row), (__m512i)places);
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

// Sixteen numbers from `first` on, and as many as a block has bytes.
#define SIXTEEN(first)                                                                          \
  first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7, first + 8, \
      first + 9, first + 10, first + 11, first + 12, first + 13, first + 14, first + 15
#if WIDTH == 64
#define PLACES(first) SIXTEEN(first), SIXTEEN(first + 16), SIXTEEN(first + 32), SIXTEEN(first + 48)
#elif WIDTH == 32
#define PLACES(first) SIXTEEN(first), SIXTEEN(first + 16)
#else
#define PLACES(first) SIXTEEN(first)
#endif

VECTORS static inline struct neighbours neighbours(block before, block here) {
  return (struct neighbours){
      __builtin_shufflevector(before, here, PLACES(WIDTH - 1)),
      __builtin_shufflevector(before, here, PLACES(WIDTH - 2)),
      __builtin_shufflevector(before, here, PLACES(WIDTH - 3))};
}

#endif
