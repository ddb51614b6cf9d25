// Which characters may be other than common ones, told quickly and with some false alarms: what is
// told here must be looked at one by one, and all else is common.
#ifndef BYTESCAN_COMMON_RULES_H
#define BYTESCAN_COMMON_RULES_H

#include "Vectors.h"

// A rule is for two neighbouring bytes: sets of the high and low halves of the first and the second
// that must all hold. Its bit is in four rows of sixteen bytes for the four halves; what stands in all
// four is found.
#define H(half) (1 << 0x##half)
#define TO(low, high) ((2 << 0x##high) - (1 << 0x##low))
#define ANY_HALF TO(0, F)

// clang-format off
#define RULES_1(R, place)                                                                    \
  /* C1 controls, the soft hyphen */                                                         \
  R(0, H(C), H(2), TO(8, A), ANY_HALF, place)                                                \
  /* U+034F, gaps in Greek: 0380 to 0383, 038B, 038D */                                      \
  R(1, H(C), H(D) | H(E), H(8), TO(0, 3) | H(B) | H(D) | H(F), place)                        \
  /* U+0378, 0379 */                                                                         \
  R(2, H(C), H(D), H(B), H(8) | H(9), place)                                                 \
  /* U+03A2 */                                                                               \
  R(3, H(C), H(E), H(A), H(2), place)                                                        \
  /* U+0557, 0558, 058B, 058C, 0590, 061C, 070E, 074B, 074C */                               \
  R(4, H(D), H(5) | H(6) | H(8) | H(C) | H(D), H(8) | H(9),                                  \
    H(0) | H(7) | H(8) | H(B) | H(C) | H(E), place)                                          \
  /* U+0530, gaps behind the Hebrew letters, the Thaana and NKo ones */                      \
  R(5, H(D), H(4) | H(7) | H(E) | H(F), H(B), ANY_HALF, place)                               \
  /* U+05C8 to 05CF */                                                                       \
  R(6, H(D), H(7), H(8), TO(8, F), place)                                                    \
  /* U+05EB to 05EE */                                                                       \
  R(7, H(D), H(7), H(A), TO(B, E), place)
#define RULES_2(R, place)                                                                    \
  /* U+0800 to 2BFF, A000 to ABFF, private use, compatibility */                             \
  R(0, H(E), H(0) | H(1) | H(2) | H(A) | H(E) | H(F), TO(8, A), ANY_HALF, place)             \
  /* U+0C00 to 0FFF, 1C00 to 1FFF, 2C00 to 2FFF, private use, the end of the plane;          \
     30000 and more */                                                                       \
  R(1, H(E) | H(F), H(0) | H(1) | H(2) | H(E) | H(F), H(B), ANY_HALF, place)                 \
  /* U+10000 to 1EFFF, 20000 to 2EFFF */                                                     \
  R(2, H(F), H(0), H(9) | H(A), TO(0, E), place)                                             \
  /* U+D780 to D7FF */                                                                       \
  R(3, H(E), H(D), H(9), H(E) | H(F), place)                                                 \
  /* U+3100 to 33FF, and 2F000 to 2FFFF */                                                   \
  R(4, H(E) | H(F), H(0) | H(3), H(8) | H(A), TO(4, F), place)                               \
  /* U+3040 at its end, and others that end so */                                            \
  R(5, H(8), H(1), H(8), H(0), place)                                                        \
  /* U+3097 and 3098 */                                                                      \
  R(6, H(8), H(2), H(9), H(7) | H(8), place)
// For single bytes: which are to be found by themselves, and which as the third of a picture.
#define RULES_3(R, place)                                                                    \
  R(0, 0, 0, H(0), ANY_HALF, place)                                                          \
  R(1, 0, 0, H(1), ANY_HALF, place)                                                          \
  R(2, 0, 0, H(7), H(F), place)                                                              \
  R(3, 0, 0, H(5), 0, place)                                                                 \
  /* All but U+1F300 to 1F6BF, 1F900 to 1F9FF */                                             \
  R(4, 0, 0, H(8) | H(B), TO(0, B), place)                                                   \
  R(5, 0, 0, H(9) | H(B), TO(B, F), place)                                                   \
  R(6, 0, 0, H(A), TO(0, 3) | TO(8, F), place)
// clang-format on
enum { LOW_CONTROL = 1, BACKSLASH = 8, ALONE = 15 };

#define IN(bit, set, place) | ((((set) >> (place)) & 1) << (bit))
#define FIRST_HIGH(bit, one, two, three, four, place) IN(bit, one, place)
#define FIRST_LOW(bit, one, two, three, four, place) IN(bit, two, place)
#define SECOND_HIGH(bit, one, two, three, four, place) IN(bit, three, place)
#define SECOND_LOW(bit, one, two, three, four, place) IN(bit, four, place)
#define ROW_OF(RULES, HALF)                                                                  \
  {0 RULES(HALF, 0), 0 RULES(HALF, 1), 0 RULES(HALF, 2), 0 RULES(HALF, 3),                   \
   0 RULES(HALF, 4), 0 RULES(HALF, 5), 0 RULES(HALF, 6), 0 RULES(HALF, 7),                   \
   0 RULES(HALF, 8), 0 RULES(HALF, 9), 0 RULES(HALF, 10), 0 RULES(HALF, 11),                 \
   0 RULES(HALF, 12), 0 RULES(HALF, 13), 0 RULES(HALF, 14), 0 RULES(HALF, 15)}

ROW first_high_1 = ROW_OF(RULES_1, FIRST_HIGH);
ROW first_low_1 = ROW_OF(RULES_1, FIRST_LOW);
ROW second_high_1 = ROW_OF(RULES_1, SECOND_HIGH);
ROW second_low_1 = ROW_OF(RULES_1, SECOND_LOW);
ROW first_high_2 = ROW_OF(RULES_2, FIRST_HIGH);
ROW first_low_2 = ROW_OF(RULES_2, FIRST_LOW);
ROW second_high_2 = ROW_OF(RULES_2, SECOND_HIGH);
ROW second_low_2 = ROW_OF(RULES_2, SECOND_LOW);
ROW high_3 = ROW_OF(RULES_3, SECOND_HIGH);
ROW low_3 = ROW_OF(RULES_3, SECOND_LOW);

// The low halves of the bytes of ASCII that are found, with those options.
VECTORS static inline bytescan_block found_ascii(uint32_t options) {
  bytescan_block row = low_3;
  if (options & BYTESCAN_KEEP_NEWLINES) row[0xA] &= ~LOW_CONTROL;
  if (options & BYTESCAN_KEEP_TABS) row[0x9] &= ~LOW_CONTROL;
  if (options & BYTESCAN_KEEP_RETURNS) row[0xD] &= ~LOW_CONTROL;
  if (options & BYTESCAN_STOP_AT_BACKSLASH) row[0xC] |= BACKSLASH;
  return row;
}

// Some byte of each character that is to be looked at has bits.
VECTORS static inline block suspicious(struct neighbours last, block here, bytescan_block ascii) {
  block first_high = last.one >> 4, first_low = last.one & 15;
  block second_high = here >> 4, second_low = here & 15;
  block one = look_up(first_high_1, first_high) & look_up(first_low_1, first_low)
      & look_up(second_high_1, second_high) & look_up(second_low_1, second_low);
  block two = look_up(first_high_2, first_high) & look_up(first_low_2, first_low)
      & look_up(second_high_2, second_high) & look_up(second_low_2, second_low);
  block three = look_up(high_3, second_high) & look_up(ascii, second_low)
      & ((block)(last.two == 0xF0) | ALONE);
  // From U+40000 on all are to be looked at.
  return one | two | three | __builtin_elementwise_sub_sat(here, (block)0xF0);
}

#endif
