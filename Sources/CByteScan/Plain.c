// Byte by byte, for processors without the instructions, and where a mistake is.
#include "CommonText.h"
#include "Implementations.h"

static size_t utf8_end(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    size_t more = bytescan_character(bytes + at, count - at).length;
    if (more == 0) return at;
    at += more;
  }
  return at;
}

static size_t common_text(
    const uint8_t *bytes, size_t count, uint32_t options, const struct bytescan_letters *letters) {
  size_t at = 0;
  while (at < count) {
    size_t end = bytescan_common_end(bytes, count, at, options, letters);
    if (end == 0) return at;
    at = end;
  }
  return at;
}

const struct bytescan_implementation bytescan_plain = {"byte by byte", utf8_end, common_text};
