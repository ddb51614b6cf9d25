// Look-ups of sixteen bytes at once, and what is wrong with UTF-8 by them. Where there are no such
// instructions VECTORS is not defined.
#ifndef BYTESCAN_VECTORS_H
#define BYTESCAN_VECTORS_H

#include "CByteScan.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <tmmintrin.h>
#define VECTORS __attribute__((target("ssse3")))
#elif defined(__aarch64__)
#include <arm_neon.h>
#define VECTORS
#endif

#if defined(VECTORS)

// UTF-8 is checked by what stands in neighbouring bytes: three look-ups, of the high and the low half
// of a byte and the high half of the next, each say which mistakes would still be possible. What all
// three allow is a mistake.
enum {
  // A lead without what should follow it.
  SHORT = 1,
  // A byte that continues nothing.
  LONE = 2,
  // Overlong in two, three, four bytes.
  LONG2 = 4,
  LONG3 = 8,
  LONG4 = 16,
  SURROGATE = 32,
  // Above U+10FFFF: with a second byte of 90 and more, or with any.
  LARGE = 64,
  // Two that continue, one after the other: whether that is a mistake is told by what stands before
  // them. Four bytes whose lead is F5 or more share the bit of LONG4, as 80 to 8F follows both.
  PAIR = 128,
  ANY = SHORT | LONE | PAIR,
  LARGE8 = LONG4,
};

#define ROW static const bytescan_block

ROW first_high = {
    LONE, LONE, LONE, LONE, LONE, LONE, LONE, LONE, PAIR, PAIR, PAIR, PAIR,
    SHORT | LONG2, SHORT, SHORT | LONG3 | SURROGATE, SHORT | LARGE | LARGE8 | LONG4};
ROW first_low = {
    ANY | LONG2 | LONG3 | LONG4, ANY | LONG2, ANY, ANY, ANY | LARGE, ANY | LARGE | LARGE8,
    ANY | LARGE | LARGE8, ANY | LARGE | LARGE8, ANY | LARGE | LARGE8, ANY | LARGE | LARGE8,
    ANY | LARGE | LARGE8, ANY | LARGE | LARGE8, ANY | LARGE | LARGE8,
    ANY | LARGE | LARGE8 | SURROGATE, ANY | LARGE | LARGE8, ANY | LARGE | LARGE8};
ROW second_high = {
    SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
    LONE | PAIR | LONG2 | LONG3 | LONG4 | LARGE8, LONE | PAIR | LONG2 | LONG3 | LARGE,
    LONE | PAIR | LONG2 | SURROGATE | LARGE, LONE | PAIR | LONG2 | SURROGATE | LARGE,
    SHORT, SHORT, SHORT, SHORT};

VECTORS static inline bytescan_block look_up(bytescan_block row, bytescan_block places) {
#if defined(__x86_64__)
  return (bytescan_block)_mm_shuffle_epi8((__m128i)row, (__m128i)places);
#else
  return (bytescan_block)vqtbl1q_u8((uint8x16_t)row, (uint8x16_t)places);
#endif
}

// For each byte of a block the ones before it.
struct neighbours {
  bytescan_block one, two, three;
};

VECTORS static inline struct neighbours neighbours(bytescan_block before, bytescan_block block) {
  return (struct neighbours){
      __builtin_shufflevector(
          before, block, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30),
      __builtin_shufflevector(
          before, block, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29),
      __builtin_shufflevector(
          before, block, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28)};
}

VECTORS static inline bytescan_block mistakes(struct neighbours last, bytescan_block block) {
  bytescan_block one = last.one, two = last.two, three = last.three;
  bytescan_block told = look_up(first_high, one >> 4) & look_up(first_low, one & 15)
      & look_up(second_high, block >> 4);
  // Third and fourth bytes must continue, and others must not.
  bytescan_block due = (bytescan_block)((two >= 0xE0) | (three >= 0xF0)) & PAIR;
  return told ^ due;
}

static inline bool has_vectors(void) {
#if defined(__x86_64__)
  // 0 while it is not known; whoever asks first finds out, and all find the same.
  static int known = 0;
  int state = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (state == 0) {
    unsigned a, b, c = 0, d;
    state = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3) ? 2 : 1;
    __atomic_store_n(&known, state, __ATOMIC_RELAXED);
  }
  return state == 2;
#else
  return true;
#endif
}

#endif
#endif
