// Byte by byte, for processors without the instructions, and where a mistake is.
#include "Implementations.h"

// The length of the character that begins there, or 0 if none does.
static size_t length(const uint8_t *bytes, size_t count) {
  uint8_t first = bytes[0];
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (count < length) return 0;
  // What the second byte may be.
  uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (bytes[1] < low || bytes[1] > high) return 0;
  for (size_t at = 2; at < length; at++)
    if ((bytes[at] & 0xC0) != 0x80) return 0;
  return length;
}

static size_t utf8_end(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    size_t more = length(bytes + at, count - at);
    if (more == 0) return at;
    at += more;
  }
  return at;
}

static size_t common_text(const uint8_t *bytes, size_t count, uint8_t stop) {
  size_t at = 0;
  while (at < count && bytes[at] >= 0x20 && bytes[at] < 0x7F && bytes[at] != stop) at++;
  return at;
}

const struct bytescan_implementation bytescan_plain = {"byte by byte", utf8_end, common_text};
