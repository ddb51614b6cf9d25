#define WIDTH 16
#include "Vectors.h"

#if defined(VECTORS)
#include "CommonBlocks.h"
#include "UTF8Blocks.h"

const struct bytescan_implementation bytescan_by_16 = {"16 bytes at a time", utf8_end, common_text};
#endif
