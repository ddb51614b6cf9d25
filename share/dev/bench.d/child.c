/* Answers each line of its standard input with a line that holds a small JSON-RPC reply. */
#include <unistd.h>

#include "reply.h"

int main(void) {
  static char buffer[1 << 16];
  size_t used = 0;
  while (1) {
    ssize_t count = read(0, buffer + used, sizeof buffer - used);
    if (count <= 0) return 0;
    used += count;
    size_t start = 0;
    char *end;
    while ((end = memchr(buffer + start, '\n', used - start))) {
      char text[REPLY_SIZE + 1];
      write_reply(buffer + start, end - buffer - start, text);
      text[REPLY_SIZE] = '\n';
      if (write(1, text, sizeof text) != sizeof text) return 1;
      start = end + 1 - buffer;
    }
    memmove(buffer, buffer + start, used - start);
    used -= start;
  }
}
