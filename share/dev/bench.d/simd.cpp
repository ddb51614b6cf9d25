/* Reads a document with simdjson's DOM, as json-benchmark does with LosslessJSON.

   simd read FILE          reads it once
   simd warm FILE ROUNDS   reads it so many times with one parser; prints the best MB/s
   simd fresh FILE ROUNDS  the same with a parser for each, whose memory is fresh

   A file that ends in .jsonl has a document on each line. They are read as a stream; with `fresh`
   each is a text and a parser of its own, which outlive the next as our documents may. */
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <simdjson.h>
#include <string>

namespace dom = simdjson::dom;

static bool is_lines(const std::string &path) {
  return path.size() > 6 && path.compare(path.size() - 6, 6, ".jsonl") == 0;
}

static simdjson::error_code parse(dom::parser &parser, const simdjson::padded_string &text,
                                  bool lines) {
  if (!lines) return parser.parse(text).error();
  dom::document_stream stream;
  auto error = parser.parse_many(text).get(stream);
  if (error) return error;
  for (auto document : stream)
    if (document.error()) return document.error();
  return simdjson::SUCCESS;
}

// Each line as a document that owns its text and its index.
static simdjson::error_code parse_each(const simdjson::padded_string &text) {
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    const char *stop = static_cast<const char *>(memchr(at, '\n', end - at));
    if (!stop) stop = end;
    simdjson::padded_string line(at, stop - at);
    dom::parser own;
    if (auto error = own.parse(line).error()) return error;
    at = stop + 1;
  }
  return simdjson::SUCCESS;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  std::string mode = argv[1], path = argv[2];
  simdjson::padded_string text;
  auto error = simdjson::padded_string::load(path).get(text);
  dom::parser parser;
  int rounds = argc > 3 ? atoi(argv[3]) : 1;
  double best = 1e9;
  for (int round = 0; round < rounds && !error; round++) {
    auto start = std::chrono::steady_clock::now();
    if (mode == "fresh" && is_lines(path)) {
      error = parse_each(text);
    } else if (mode == "fresh") {
      dom::parser own;
      error = parse(own, text, is_lines(path));
    } else {
      error = parse(parser, text, is_lines(path));
    }
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (took.count() < best) best = took.count();
  }
  if (error) {
    fprintf(stderr, "simd: %s: %s\n", path.c_str(), simdjson::error_message(error));
    return 1;
  }
  if (mode != "read") printf("%.0f\n", text.size() / best / 1e6);
  return 0;
}
