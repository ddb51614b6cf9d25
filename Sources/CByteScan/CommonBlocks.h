// Text of the letters that most text of the world is made of, found sixteen bytes at a time. It knows
// only large parts of what is harmless; whoever calls it looks at the rest.
#include "Implementations.h"
#include "Mistakes.h"
#include <string.h>

// For a lead C0 to CF, D0 to DF, E0 to EF: which second bytes, by their high half 8 to B as bits 1 to
// 8, make only such letters.
ROW after_c = {0, 0, 8, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 0, 8, 15};
ROW after_d = {15, 15, 15, 15, 7, 8, 0, 2, 12, 7, 15, 1, 0, 0, 0, 0};
ROW after_e = {0, 0, 0, 14, 15, 15, 15, 15, 15, 15, 8, 15, 15, 3, 0, 0};
ROW high_bit = {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 0, 0, 0, 0};

#define IS(bytes, value) ((block)((bytes) == (value)))
#define WITHIN(bytes, low, high) ((block)(((bytes) - (low)) <= ((high) - (low))))

// Letters of two bytes, told at the second.
VECTORS static inline block common_two(block lead, block last) {
  block low = lead & 15;
  block is_c = (block)(lead < 0xD0);
  block allowed = (look_up(after_c, low) & is_c) | (look_up(after_d, low) & ~is_c);
  return ~IS(allowed & look_up(high_bit, last >> 4), 0)
      // Greek capitals, the end of the Hebrew letters, Arabic with additions.
      | (IS(lead, 0xCE) & WITHIN(last, 0x91, 0xBF) & ~IS(last, 0xA2))
      | (IS(lead, 0xD7) & WITHIN(last, 0xA0, 0xAA))
      | (IS(lead, 0xD9) & WITHIN(last, 0xB1, 0xBF));
}

// Letters of three bytes, told at the third.
VECTORS static inline block common_three(
    block lead, block second, block last) {
  block allowed =
      ~IS(look_up(after_e, lead & 15) & look_up(high_bit, second >> 4), 0)
      & ~(IS(lead, 0xE9) & IS(second, 0xBF)) & ~(IS(lead, 0xED) & WITHIN(second, 0x9E, 0xBF));
  // Latin with additions as in Vietnamese; dashes and quotes, arrows, signs and shapes.
  block latin = IS(lead, 0xE1) & WITHIN(second, 0xB8, 0xBB);
  block signs = IS(lead, 0xE2)
      & (WITHIN(second, 0x87, 0x8F) | WITHIN(second, 0x94, 0x9F)
         | (IS(second, 0x80) & WITHIN(last, 0x90, 0xA7)));
  // Japanese but for three characters that are none; wide forms of ASCII.
  block kana = IS(lead, 0xE3) & WITHIN(second, 0x80, 0x83)
      & ~(IS(second, 0x81) & IS(last, 0x80)) & ~(IS(second, 0x82) & WITHIN(last, 0x97, 0x98));
  block wide = IS(lead, 0xEF)
      & (IS(second, 0xBD) | (IS(second, 0xBC) & ~IS(last, 0x80)));
  return allowed | latin | signs | kana | wide;
}

// Pictures, told at the fourth byte.
VECTORS static inline block common_four(
    block lead, block second, block third) {
  return IS(lead, 0xF0) & IS(second, 0x9F)
      & (WITHIN(third, 0x8C, 0x98) | IS(third, 0x9A) | WITHIN(third, 0xA4, 0xA6));
}

// Where in a block something else is, or stands out by then.
VECTORS static inline uint32_t uncommon(
    block before, block here, uint8_t stop) {
  struct neighbours last = neighbours(before, here);
  block found = mistakes(last, here)
      | (block)(here < 0x20) | IS(here, 0x7F) | IS(here, stop)
      | (WITHIN(last.one, 0xC0, 0xDF) & ~common_two(last.one, here))
      | (WITHIN(last.two, 0xE0, 0xEF) & ~common_three(last.two, last.one, here))
      | (WITHIN(last.three, 0xF0, 0xFF) & ~common_four(last.three, last.two, last.one));
  return mask(found);
}

// The end of the whole characters before a place where something was found. What was found is a
// character of up to four bytes that ends there, or that is cut off there.
static size_t whole(const uint8_t *bytes, size_t place) {
  size_t first = place < 3 ? 0 : place - 3;
  bool is_plain = true;
  for (size_t at = first; at < place; at++) is_plain = is_plain && bytes[at] < 0x80;
  if (is_plain) return place;
  while (first > 0 && (bytes[first] & 0xC0) == 0x80) first--;
  return first;
}

// The last bytes, fewer than a block, and zeros behind them.
VECTORS static block last_bytes(const uint8_t *bytes, size_t count, size_t rest) {
  uint8_t few[WIDTH] = {0};
  memcpy(few, bytes + count - rest, rest);
  return load(few);
}

VECTORS static size_t common_text(const uint8_t *bytes, size_t count, uint8_t stop) {
  block before = {0};
  size_t at = 0;
  for (; at + WIDTH <= count; at += WIDTH) {
    block here = load(bytes + at);
    uint32_t found = uncommon(before, here, stop);
    if (found != 0) return whole(bytes, at + (size_t)__builtin_ctz(found));
    before = here;
  }
  // Nothing can be read behind the end: zeros stand for it, which are found.
  uint32_t found = uncommon(before, last_bytes(bytes, count, count - at), stop);
  size_t place = at + (size_t)__builtin_ctz(found);
  if (place < count) return whole(bytes, place);
  // A character may be cut off by the end.
  size_t lead = count;
  while (lead > 0 && count - lead < 3 && (bytes[lead - 1] & 0xC0) == 0x80) lead--;
  if (lead > 0 && bytes[lead - 1] >= 0xC0) {
    uint8_t first = bytes[lead - 1];
    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (count - (lead - 1) < length) return lead - 1;
  }
  return count;
}
