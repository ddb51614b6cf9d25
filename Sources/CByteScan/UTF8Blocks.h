// UTF-8 checked block by block.
#include "Implementations.h"
#include "Mistakes.h"

// So much is looked at together, and is skipped if it is ASCII.
enum { STEP = 64, BLOCKS = STEP / WIDTH };

struct step {
  block blocks[BLOCKS];
};

VECTORS static inline struct step load_step(const uint8_t *bytes) {
  struct step step;
  for (int place = 0; place < BLOCKS; place++) step.blocks[place] = load(bytes + place * WIDTH);
  return step;
}

VECTORS static inline bool is_ascii(struct step step) {
  block all = {0};
  for (int place = 0; place < BLOCKS; place++) all |= step.blocks[place];
  return mask(all & 0x80) == 0;
}

VECTORS static inline bool is_wrong(block before, struct step step) {
  block found = {0};
  for (int place = 0; place < BLOCKS; place++) {
    found |= mistakes(neighbours(before, step.blocks[place]), step.blocks[place]);
    before = step.blocks[place];
  }
  return mask(found) != 0;
}

// The first mistake, where none stands before `at` but for a character that may go on there.
static size_t exact_end(const uint8_t *bytes, size_t count, size_t at) {
  size_t start = at;
  while (start > 0 && at - start < 3 && (bytes[start - 1] & 0xC0) == 0x80) start--;
  if (start > 0 && bytes[start - 1] >= 0xC0) start--;
  return start + bytescan_plain.utf8_end(bytes + start, count - start);
}

VECTORS static size_t utf8_end(const uint8_t *bytes, size_t count) {
  block before = {0};
  // Whether a character may go on in the next step.
  bool is_open = false;
  size_t at = 0;
  for (; at + STEP <= count; at += STEP) {
    struct step step = load_step(bytes + at);
    bool is_plain = is_ascii(step);
    if ((!is_plain || is_open) && is_wrong(before, step)) return exact_end(bytes, count, at);
    is_open = !is_plain;
    before = step.blocks[BLOCKS - 1];
  }
  if (at == count && !is_open) return count;
  // Zeros behind the last bytes make a mistake of a character that is cut off.
  static const uint8_t kept[2 * STEP] = {[0 ... STEP - 1] = 0xFF};
  struct step step = load_step(bytes + at), keep = load_step(kept + STEP - (count - at));
  for (int place = 0; place < BLOCKS; place++) step.blocks[place] &= keep.blocks[place];
  return is_wrong(before, step) ? exact_end(bytes, count, at) : count;
}
