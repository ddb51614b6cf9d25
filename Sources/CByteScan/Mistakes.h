// What is wrong with UTF-8, for all bytes of a block at once.
#ifndef BYTESCAN_MISTAKES_H
#define BYTESCAN_MISTAKES_H

#include "Vectors.h"

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

VECTORS static inline block mistakes(struct neighbours last, block here) {
  block told = look_up(first_high, last.one >> 4) & look_up(first_low, last.one & 15)
      & look_up(second_high, here >> 4);
  // Third and fourth bytes must continue, and others must not: behind a lead of E0 or more, or F0 or
  // more, the difference has the highest bit.
  block due = __builtin_elementwise_sub_sat(last.two, (block)0x60)
      | __builtin_elementwise_sub_sat(last.three, (block)0x70);
  return told ^ (due & PAIR);
}

#endif
