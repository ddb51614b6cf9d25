// UTF-8 checked by what stands in neighbouring bytes: three look-ups, of the high and the low half of
// a byte and the high half of the next, each say which mistakes would still be possible. What all
// three allow is a mistake.
#include "CByteScan.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <tmmintrin.h>
#define VECTORS __attribute__((target("ssse3")))
#elif defined(__aarch64__)
#include <arm_neon.h>
#define VECTORS
#endif

bool bytescan_is_utf8_plain(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    uint8_t first = bytes[at++];
    if (first < 0x80) continue;
    // What the second byte may be, and how many follow that one.
    uint8_t low = 0x80, high = 0xBF;
    size_t more = first >= 0xF0 ? 2 : first >= 0xE0 ? 1 : 0;
    if (first < 0xC2 || first > 0xF4) return false;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    if (count - at < more + 1) return false;
    uint8_t second = bytes[at++];
    if (second < low || second > high) return false;
    for (; more > 0; more--)
      if ((bytes[at++] & 0xC0) != 0x80) return false;
  }
  return true;
}

#if defined(VECTORS)

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

VECTORS static inline bytescan_block mistakes(bytescan_block before, bytescan_block block) {
  bytescan_block one = __builtin_shufflevector(
      before, block, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  bytescan_block two = __builtin_shufflevector(
      before, block, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  bytescan_block three = __builtin_shufflevector(
      before, block, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
  bytescan_block told = look_up(first_high, one >> 4) & look_up(first_low, one & 15)
      & look_up(second_high, block >> 4);
  // Third and fourth bytes must continue, and others must not.
  bytescan_block due = (bytescan_block)((two >= 0xE0) | (three >= 0xF0)) & PAIR;
  return told ^ due;
}

VECTORS static bool is_utf8_vectors(const uint8_t *bytes, size_t count) {
  static const uint8_t kept[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255};
  bytescan_block before = 0, found = 0;
  size_t at = 0;
  for (; at + 16 <= count; at += 16) {
    bytescan_block block = bytescan_load(bytes + at);
    found |= mistakes(before, block);
    before = block;
  }
  // Zeros behind the last bytes make a mistake of a character that is cut off.
  bytescan_block block = bytescan_load(bytes + at) & bytescan_load(kept + 16 - (count - at));
  found |= mistakes(before, block);
  uint64_t halves[2];
  __builtin_memcpy(halves, &found, sizeof halves);
  return (halves[0] | halves[1]) == 0;
}

#endif

#if defined(__x86_64__)
static bool has_ssse3(void) {
  // 0 while it is not known; whoever asks first finds out, and all find the same.
  static int known = 0;
  int state = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (state == 0) {
    unsigned a, b, c = 0, d;
    state = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSSE3) ? 2 : 1;
    __atomic_store_n(&known, state, __ATOMIC_RELAXED);
  }
  return state == 2;
}
#endif

bool bytescan_is_utf8(const uint8_t *bytes, size_t count) {
#if defined(__x86_64__)
  return has_ssse3() ? is_utf8_vectors(bytes, count) : bytescan_is_utf8_plain(bytes, count);
#elif defined(__aarch64__)
  return is_utf8_vectors(bytes, count);
#else
  return bytescan_is_utf8_plain(bytes, count);
#endif
}
