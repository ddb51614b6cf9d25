// The same functions for each kind of processor.
#ifndef BYTESCAN_IMPLEMENTATIONS_H
#define BYTESCAN_IMPLEMENTATIONS_H

#include "CByteScan.h"

extern const struct bytescan_implementation bytescan_plain;
#if defined(__x86_64__) || defined(__aarch64__)
extern const struct bytescan_implementation bytescan_by_16;
#endif
#if defined(__x86_64__)
extern const struct bytescan_implementation bytescan_by_32;
extern const struct bytescan_implementation bytescan_by_64;
#endif

#endif
