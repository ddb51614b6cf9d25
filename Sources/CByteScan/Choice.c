// Which of the implementations this processor can run.
#include "Implementations.h"

// The quickest first; each processor can run all from some on.
static const struct bytescan_implementation *const all[] = {
#if defined(__x86_64__)
    &bytescan_by_64,
    &bytescan_by_32,
#endif
#if defined(__x86_64__) || defined(__aarch64__)
    &bytescan_by_16,
#endif
    &bytescan_plain,
};
enum { COUNT = sizeof all / sizeof *all };

#if defined(__x86_64__)
#include <cpuid.h>

// Whether the system keeps those registers when it changes between threads.
__attribute__((target("xsave"))) static bool keeps(uint64_t registers) {
  return (__builtin_ia32_xgetbv(0) & registers) == registers;
}

static int first_to_run(void) {
  enum { BY_64, BY_32, BY_16, PLAIN };
  const unsigned wide = bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
  unsigned a, b, c = 0, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3)) return PLAIN;
  if (!(c & bit_OSXSAVE) || !(c & bit_AVX) || !keeps(0x06)) return BY_16;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_AVX2)) return BY_16;
  return (b & wide) == wide && (c & bit_AVX512VBMI) && keeps(0xE6) ? BY_64 : BY_32;
}
#else
static int first_to_run(void) { return 0; }
#endif

static int first(void) {
  // -1 while it is not known; whoever asks first finds out, and all find the same.
  static int known = -1;
  int place = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (place < 0) {
    place = first_to_run();
    __atomic_store_n(&known, place, __ATOMIC_RELAXED);
  }
  return place;
}

const struct bytescan_implementation *bytescan_runnable(size_t place) {
  size_t index = (size_t)first() + place;
  return index < COUNT ? all[index] : NULL;
}

size_t bytescan_utf8_end(const uint8_t *bytes, size_t count) {
  return all[first()]->utf8_end(bytes, count);
}

size_t bytescan_common_text(
    const uint8_t *bytes, size_t count, uint32_t options, const struct bytescan_letters *letters) {
  return all[first()]->common_text(bytes, count, options, letters);
}
