/* What both servers answer: a reply of always the same length, with the request's own id. */
#include <stdio.h>
#include <string.h>

enum { REPLY_SIZE = 80 };

/* Writes REPLY_SIZE bytes to `out`. The id is the last "id": of the request, a number or a string
   without escapes. */
static void write_reply(const char *request, size_t size, char *out) {
  static const char mark[] = "\"id\":";
  const size_t length = sizeof mark - 1;
  const char *id = "null";
  size_t id_size = 4;
  for (size_t at = size; at-- > 0;) {
    if (at + length > size || memcmp(request + at, mark, length) != 0) continue;
    id = request + at + length;
    id_size = 0;
    size_t left = size - at - length;
    while (id_size < left && id[id_size] != '}' && id[id_size] != ',') id_size++;
    break;
  }
  if (id_size > 30) id_size = 30;
  char text[REPLY_SIZE + 1];
  int used = snprintf(
      text, sizeof text, "{\"jsonrpc\":\"2.0\",\"result\":[1,\"two\",3],\"id\":%.*s}", (int)id_size, id);
  memset(out, ' ', REPLY_SIZE);
  memcpy(out, text, used);
}
