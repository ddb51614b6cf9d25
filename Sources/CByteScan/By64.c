#if defined(__x86_64__)
#define WIDTH 64
#include "CommonBlocks.h"
#include "UTF8Blocks.h"

const struct bytescan_implementation bytescan_by_64 = {"64 bytes at a time", utf8_end, common_text};
#endif
