// Common text found block by block.
#include "CommonRules.h"
#include "CommonText.h"
#include "Implementations.h"
#include "Mistakes.h"

struct text {
  const uint8_t *bytes;
  size_t count;
  uint32_t options;
  const struct bytescan_letters *letters;
};

static const size_t all_common = SIZE_MAX;

static size_t common_end(const struct text *text, size_t at) {
  return bytescan_common_end(text->bytes, text->count, at, text->options, text->letters);
}

// The number of a picture from U+1F000 to 1FFFF; 0 if those four bytes are none.
static inline uint32_t picture(const uint8_t *bytes) {
  uint32_t word;
  memcpy(&word, bytes, sizeof word);
  word = __builtin_bswap32(word);
  return (word & 0xFFFFC0C0) == 0xF09F8080 ? 0x1F000 | (word & 0x3F00) >> 2 | (word & 0x3F) : 0;
}

// Whether a joiner whose second byte is there joins two of these, as most joiners do.
static inline bool joins_pictures(const struct text *text, size_t at) {
  if (at < 5 || text->count - at < 6) return false;
  const uint8_t *bytes = text->bytes + at;
  if (bytes[-1] != 0xE2 || bytes[0] != 0x80 || bytes[1] != 0x8D) return false;
  uint32_t one = picture(bytes - 5), other = picture(bytes + 2);
  const uint64_t *pictures = text->letters->pictures;
  return (pictures[one >> 6] >> (one & 63) & pictures[other >> 6] >> (other & 63)) & 1;
}

// Where the first character that is not common begins in a block; SIZE_MAX if all are.
static size_t exact_place(const struct text *text, size_t at, block_mask found) {
  while (found != 0) {
    size_t lead = at + (size_t)__builtin_ctzll(found);
    if (joins_pictures(text, lead)) {
      found &= found - 1;
      continue;
    }
    for (int back = 0; back < 3 && lead > 0 && (text->bytes[lead] & 0xC0) == 0x80; back++) lead--;
    size_t end = common_end(text, lead);
    if (end == 0) return lead;
    // It may reach into the next block.
    if (end >= at + WIDTH) break;
    if (end > at) found &= (block_mask)(~(block_mask)0 << (end - at));
  }
  return all_common;
}

// The same from a block on that has a mistake.
static size_t mistaken_place(const struct text *text, size_t at) {
  size_t place = lead_before(text->bytes, at);
  while (place < text->count) {
    size_t end = common_end(text, place);
    if (end == 0) break;
    place = end;
  }
  return place;
}

// Blocks with something to look at.
enum { FEWEST = 4, MOST = 64 };
struct hits {
  size_t count;
  size_t places[MOST];
  block_mask found[MOST];
};

// Blocks are judged without a branch for each, and what is found is looked at afterwards: in much text
// it is found every now and then, where no processor would guess it.
VECTORS static inline block judge(
    struct hits *hits, size_t at, block before, block here, bytescan_block ascii) {
  struct neighbours last = neighbours(before, here);
  block_mask found = mask(suspicious(last, here, ascii));
  hits->places[hits->count] = at;
  hits->found[hits->count] = found;
  hits->count += found != 0;
  return mistakes(last, here);
}

static size_t first_hit(const struct text *text, const struct hits *hits) {
  for (size_t number = 0; number < hits->count; number++) {
    size_t place = exact_place(text, hits->places[number], hits->found[number]);
    if (place != all_common) return place;
  }
  return all_common;
}

VECTORS static size_t common_text(
    const uint8_t *bytes, size_t count, uint32_t options, const struct bytescan_letters *letters) {
  struct text text = {bytes, count, options, letters};
  bytescan_block ascii = found_ascii(options);
  block before = {0};
  size_t at = 0;
  // The more was common, the more is judged at once.
  for (size_t many = FEWEST; at + WIDTH <= count; many = many < MOST ? many * 2 : MOST) {
    struct hits hits;
    hits.count = 0;
    block wrong = {0};
    size_t start = at, blocks = (count - at) / WIDTH;
    for (size_t end = at + (blocks < many ? blocks : many) * WIDTH; at < end; at += WIDTH) {
      block here = load(bytes + at);
      wrong |= judge(&hits, at, before, here, ascii);
      before = here;
    }
    if (mask(wrong) != 0) return mistaken_place(&text, start);
    size_t place = first_hit(&text, &hits);
    if (place != all_common) return place;
  }
  // Zeros behind the last bytes make a mistake of a character that is cut off.
  struct hits hits;
  hits.count = 0;
  block wrong = judge(&hits, at, before, load_some(bytes + at, count - at), ascii);
  if (mask(wrong) != 0) return mistaken_place(&text, at);
  hits.found[0] &= ((block_mask)1 << (count - at)) - 1;
  size_t place = exact_place(&text, at, hits.found[0]);
  return place != all_common ? place : count;
}
