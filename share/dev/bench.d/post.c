/* The plainest client over libcurl: one easy handle, one POST after another, the connection kept.
   post URL COUNT */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct body {
  size_t used;
  char bytes[4096];
};

static size_t take(char *data, size_t size, size_t count, void *context) {
  struct body *body = context;
  size_t length = size * count;
  if (body->used + length > sizeof body->bytes) return 0;
  memcpy(body->bytes + body->used, data, length);
  body->used += length;
  return length;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int count = atoi(argv[2]);
  struct body body;
  curl_global_init(CURL_GLOBAL_ALL);
  CURL *easy = curl_easy_init();
  struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
  curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  for (int id = 1; id <= count; id++) {
    char request[128];
    int size = snprintf(
        request, sizeof request, "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1],\"id\":%d}", id);
    body.used = 0;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)size);
    CURLcode code = curl_easy_perform(easy);
    if (code != CURLE_OK || body.used == 0) {
      fprintf(stderr, "post: %s\n", curl_easy_strerror(code));
      return 1;
    }
    fwrite(body.bytes, 1, body.used, stdout);
    putchar('\n');
  }
  curl_easy_cleanup(easy);
  curl_slist_free_all(headers);
  return 0;
}
