#include "Vectors.h"

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

VECTORS static bool is_utf8_vectors(const uint8_t *bytes, size_t count) {
  static const uint8_t kept[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255};
  bytescan_block before = 0, found = 0;
  size_t at = 0;
  for (; at + 16 <= count; at += 16) {
    bytescan_block block = bytescan_load(bytes + at);
    found |= mistakes(neighbours(before, block), block);
    before = block;
  }
  // Zeros behind the last bytes make a mistake of a character that is cut off.
  bytescan_block block = bytescan_load(bytes + at) & bytescan_load(kept + 16 - (count - at));
  found |= mistakes(neighbours(before, block), block);
  uint64_t halves[2];
  __builtin_memcpy(halves, &found, sizeof halves);
  return (halves[0] | halves[1]) == 0;
}

#endif

bool bytescan_is_utf8(const uint8_t *bytes, size_t count) {
#if defined(VECTORS)
  if (has_vectors()) return is_utf8_vectors(bytes, count);
#endif
  return bytescan_is_utf8_plain(bytes, count);
}
