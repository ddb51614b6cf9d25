#include "CommonText.h"

struct character bytescan_character(const uint8_t *bytes, size_t count) {
  static const struct character none = {0, 0};
  if (count == 0) return none;
  uint32_t first = bytes[0];
  if (first < 0x80) return (struct character){first, 1};
  if (first < 0xC2 || count < 2) return none;
  // What stands behind the first byte continues it if nothing but six bits is left.
  uint32_t second = bytes[1] ^ 0x80;
  if (first < 0xE0)
    return second < 0x40 ? (struct character){(first & 0x1F) << 6 | second, 2} : none;
  if (count < 3) return none;
  uint32_t third = bytes[2] ^ 0x80;
  if (first < 0xF0) {
    uint32_t value = (first & 0xF) << 12 | second << 6 | third;
    bool is_one = (second | third) < 0x40 && value >= 0x800 && (value & 0xF800) != 0xD800;
    return is_one ? (struct character){value, 3} : none;
  }
  if (count < 4 || first > 0xF4) return none;
  uint32_t fourth = bytes[3] ^ 0x80;
  uint32_t value = (first & 7) << 18 | second << 12 | third << 6 | fourth;
  bool is_one = (second | third | fourth) < 0x40 && value >= 0x10000 && value <= 0x10FFFF;
  return is_one ? (struct character){value, 4} : none;
}

static bool contains(const uint64_t *words, uint32_t value) {
  return value < BYTESCAN_LETTERS && (words[value >> 6] >> (value & 63) & 1);
}

static bool is_common_ascii(uint8_t byte, uint32_t options) {
  switch (byte) {
  case 0x09: return options & BYTESCAN_KEEP_TABS;
  case 0x0A: return options & BYTESCAN_KEEP_NEWLINES;
  case 0x0D: return options & BYTESCAN_KEEP_RETURNS;
  case 0x5C: return !(options & BYTESCAN_STOP_AT_BACKSLASH);
  default: return byte >= 0x20 && byte < 0x7F;
  }
}

enum { JOINER = 0x200D, PICTURE_SELECTOR = 0xFE0F };

// Whether a joiner or selector belongs to the picture before it, and a joiner to one behind it, too.
static bool belongs(
    uint32_t value, const uint8_t *bytes, size_t count, size_t at, size_t end,
    const struct bytescan_letters *letters) {
  size_t lead = lead_before(bytes, at);
  uint32_t before = bytescan_character(bytes + lead, at - lead).value;
  bool is_picture = contains(letters->pictures, before);
  if (value == PICTURE_SELECTOR) return is_picture;
  return (is_picture || before == PICTURE_SELECTOR)
      && contains(letters->pictures, bytescan_character(bytes + end, count - end).value);
}

size_t bytescan_common_end(
    const uint8_t *bytes, size_t count, size_t at, uint32_t options,
    const struct bytescan_letters *letters) {
  if (bytes[at] < 0x80) return is_common_ascii(bytes[at], options) ? at + 1 : 0;
  struct character one = bytescan_character(bytes + at, count - at);
  if (one.length == 0) return 0;
  size_t end = at + one.length;
  if (contains(letters->common, one.value)) return end;
  bool is_part = one.value == JOINER || one.value == PICTURE_SELECTOR;
  return is_part && belongs(one.value, bytes, count, at, end, letters) ? end : 0;
}
