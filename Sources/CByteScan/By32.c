#if defined(__x86_64__)
#define WIDTH 32
#include "CommonBlocks.h"
#include "UTF8Blocks.h"

const struct bytescan_implementation bytescan_by_32 = {"32 bytes at a time", utf8_end, common_text};
#endif
