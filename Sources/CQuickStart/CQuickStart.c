// Begins to load libcurl before Swift's own constructors run, where the words of the command line
// say beyond doubt that it will be needed: in a plain call over HTTP, as `SingleCall.plain` reads it.
// Loading is the longest part of such a call, and so begins as early as can be.
#include "CQuickStart.h"

#include <CCurl.h>
#include <string.h>

// Constructors get what `main` gets from glibc and from dyld. Of other C libraries that is not known.
#if defined(__GLIBC__) || defined(__APPLE__)
// Among the first: numbers up to 100 are the compiler's.
__attribute__((constructor(101))) static void begin(int count, char **words) {
  if (count < 4 || strcmp(words[1], "call") != 0) return;
  if (strncmp(words[2], "http", 4) != 0) return;
  for (int i = 3; i < count; i++) {
    if (words[i][0] == '-' || words[i][0] == '\0') return;
  }
  ccurl_load_soon();
}
#endif
