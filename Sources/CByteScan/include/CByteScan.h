// What reading JSON wants of the machine and Swift can't say: a bit for each of sixteen bytes, UTF-8
// checked many bytes at a time, and memory that grows without being copied. Nothing here knows
// JSON, and nothing is linked but the C library.
#ifndef CBYTESCAN_H
#define CBYTESCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t bytescan_block __attribute__((ext_vector_type(16)));
typedef int8_t bytescan_signed_block __attribute__((ext_vector_type(16)));
typedef char bytescan_truth __attribute__((ext_vector_type(16)));
typedef bool bytescan_bits __attribute__((ext_vector_type(16)));

static inline __attribute__((always_inline)) bytescan_block bytescan_load(const uint8_t *bytes) {
  bytescan_block block;
  __builtin_memcpy(&block, bytes, sizeof block);
  return block;
}

// The lowest bit stands for the first byte; a true byte has all its bits set.
static inline __attribute__((always_inline)) uint32_t bytescan_mask(bytescan_truth truth) {
  bytescan_bits bits = __builtin_convertvector(truth, bytescan_bits);
  uint16_t mask;
  __builtin_memcpy(&mask, &bits, sizeof mask);
  return mask;
}

// Which of sixteen bytes are a quote, a backslash or no printable ASCII.
static inline __attribute__((always_inline)) uint32_t bytescan_stops(const uint8_t *bytes) {
  bytescan_block block = bytescan_load(bytes);
  // One more: bytes beyond ASCII are zero or negative, and so is the one after 0x7F.
  bytescan_truth unprintable = (bytescan_signed_block)(block + 1) < 0x21;
  return bytescan_mask((block == 0x22) | (block == 0x5C) | unprintable);
}

// Which of sixteen bytes are a quote, a backslash or a control character.
static inline __attribute__((always_inline)) uint32_t bytescan_marks(const uint8_t *bytes) {
  bytescan_block block = bytescan_load(bytes);
  return bytescan_mask((block == 0x22) | (block == 0x5C) | (block < 0x20));
}

// Which of sixteen bytes are a quote.
static inline __attribute__((always_inline)) uint32_t bytescan_quotes(const uint8_t *bytes) {
  return bytescan_mask(bytescan_load(bytes) == 0x22);
}

// Which of sixteen bytes are no printable ASCII.
static inline __attribute__((always_inline)) uint32_t bytescan_unprintable(const uint8_t *bytes) {
  bytescan_block block = bytescan_load(bytes);
  return bytescan_mask((bytescan_signed_block)(block + 1) < 0x21);
}

// How many bytes from the first on are whole characters of UTF-8 (RFC 3629): the place of the first
// one that is malformed or cut off by the end, or `count`. At least 64 readable bytes must follow them,
// whatever they are.
size_t bytescan_utf8_end(const uint8_t *bytes, size_t count);

// Characters by their numbers, a bit for each below BYTESCAN_LETTERS.
enum { BYTESCAN_LETTERS = 0x30000 };
struct bytescan_letters {
  // Those that are harmless wherever they stand.
  const uint64_t *common;
  // Emoji beyond ASCII, which U+200D may join, and U+FE0F may follow.
  const uint64_t *pictures;
};

enum {
  BYTESCAN_KEEP_NEWLINES = 1,
  BYTESCAN_KEEP_TABS = 2,
  BYTESCAN_STOP_AT_BACKSLASH = 4,
  BYTESCAN_KEEP_RETURNS = 8,
};

// How many bytes from the first on are common text: whole characters of UTF-8 that are printable
// ASCII, or control characters that are kept, or common ones, or joiners and selectors in pictures.
// The letters of most scripts are taken for common whatever is said of them.
size_t bytescan_common_text(
    const uint8_t *bytes, size_t count, uint32_t options, const struct bytescan_letters *letters);

// The functions above as some processors run them. All find the same places in UTF-8.
struct bytescan_implementation {
  const char *name;
  size_t (*utf8_end)(const uint8_t *bytes, size_t count);
  size_t (*common_text)(
      const uint8_t *bytes, size_t count, uint32_t options,
      const struct bytescan_letters *letters);
};

// Those that this processor can run, the quickest first; NULL behind the last, which goes byte by byte.
const struct bytescan_implementation *bytescan_runnable(size_t place);

// Memory for something large, perhaps more than was asked for; NULL if there is none. What of it is
// not touched costs nothing. What was given back last may be given out again, with what was in it.
void *bytescan_room(size_t *size);

// The same with more room, moved but not copied where the system can do that; NULL if there is none,
// and then the old one stays.
void *bytescan_room_grown(void *room, size_t size, size_t larger);

// Says that all of this memory will soon be written: it may then come in large pages, since a fault
// for every small one takes longer than writing it.
void bytescan_will_fill(void *memory, size_t size);

// Gives it back.
void bytescan_room_free(void *room, size_t size);

#endif
