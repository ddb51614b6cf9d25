// Characters looked at one by one.
#ifndef BYTESCAN_COMMON_TEXT_H
#define BYTESCAN_COMMON_TEXT_H

#include "CByteScan.h"

struct character {
  uint32_t value;
  // In bytes; 0 if there is no character.
  size_t length;
};

struct character bytescan_character(const uint8_t *bytes, size_t count);

// The end of the character that begins there if it is common, else 0.
size_t bytescan_common_end(
    const uint8_t *bytes, size_t count, size_t at, uint32_t options,
    const struct bytescan_letters *letters);

// Where the character begins that the byte at `at` belongs to, or that ends right before it.
static inline size_t lead_before(const uint8_t *bytes, size_t at) {
  size_t lead = at;
  while (lead > 0 && at - lead < 3 && (bytes[lead - 1] & 0xC0) == 0x80) lead--;
  return lead > 0 && bytes[lead - 1] >= 0xC0 ? lead - 1 : at;
}

#endif
