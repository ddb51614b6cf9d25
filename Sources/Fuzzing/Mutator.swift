import SeededRandom

/// Makes inputs out of the corpus.
enum Mutator {
  /// No input is longer.
  static let limit = 32 << 10

  /// An input; one in eight is a valid document, freshly made.
  static func input(from corpus: Corpus, _ random: inout SplitMix) -> [UInt8] {
    var text: [UInt8]
    if random.below(4) == 0 {
      var maker = DocumentMaker()
      text = maker.document(&random)
      if random.below(2) == 0 { return text }
    } else {
      text = corpus.texts[random.below(corpus.texts.count)]
    }
    // Long ones are rare, as they take long.
    if text.count > 512, random.below(16) != 0 { text = window(text, 512, &random) }
    for _ in 0..<(1 + random.below(random.below(4) == 0 ? 12 : 3)) {
      mutate(&text, corpus, &random)
    }
    if text.count > limit { text.removeSubrange(limit...) }
    return text
  }

  private static func mutate(_ text: inout [UInt8], _ corpus: Corpus, _ random: inout SplitMix) {
    switch random.below(9) {
    case 0, 1:
      guard !text.isEmpty else { return }
      text[random.below(text.count)] ^= 1 << UInt8(random.below(8))
    case 2:
      guard !text.isEmpty else { return }
      text[random.below(text.count)] = interesting(&random)
    case 3: text.insert(interesting(&random), at: random.below(text.count + 1))
    case 4: text.removeSubrange(range(text, &random))
    case 5:
      let run = text[range(text, &random)]
      let place = random.below(text.count + 1)
      for _ in 0...random.below(random.below(8) == 0 ? 16 : 2) where text.count < limit {
        text.insert(contentsOf: run, at: place)
      }
    case 6:
      let other = corpus.texts[random.below(corpus.texts.count)]
      text.insert(contentsOf: other[range(other, &random)], at: random.below(text.count + 1))
    case 7:
      let token = tokens[random.below(tokens.count)]
      text.insert(contentsOf: token.utf8, at: random.below(text.count + 1))
    default: text.removeSubrange(random.below(text.count + 1)...)
    }
  }

  private static func window(_ text: [UInt8], _ size: Int, _ random: inout SplitMix) -> [UInt8] {
    // The beginning says most about a format.
    let start = random.below(2) == 0 ? 0 : random.below(text.count - size)
    return Array(text[start..<(start + size)])
  }

  private static func range(_ text: [UInt8], _ random: inout SplitMix) -> Range<Int> {
    let start = random.below(text.count + 1)
    let length = random.below(random.below(4) == 0 ? 200 : 8)
    return start..<min(text.count, start + length)
  }

  private static func interesting(_ random: inout SplitMix) -> UInt8 {
    let all: [UInt8] = [
      0x00, 0x01, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x20, 0x22, 0x27, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F,
      0x30, 0x31, 0x39, 0x3A, 0x5B, 0x5C, 0x5D, 0x65, 0x75, 0x7B, 0x7D, 0x7F, 0x80, 0x85, 0xA0,
      0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFE, 0xFF,
    ]
    return random.below(4) == 0 ? UInt8(random.below(256)) : all[random.below(all.count)]
  }

  private static let tokens = [
    "{", "}", "[", "]", ",", ",,", ":", "\"", "'", "\\u", "\\ud800", "\\", "//", "/*", "*/", "#",
    "NaN", "Infinity", "-Infinity", "undefined", "None", "True", "0x1F", "+1", ".5", "1.", "01",
    "1e999", "-0", "18446744073709551616", "true", "null", "{}", "[]", "\"a\":", "\u{FEFF}",
    "\"id\":1,", "\"jsonrpc\":\"2.0\",", "\"error\":null,", "Content-Length: ",
    "Content-Length: 5\r\n\r\n", "\r\n", "\n\n", "3:abc,", "data: ", "\u{2028}", "\u{202E}", "…",
    "\u{0}", "99999999999999999999:", "[[[[[[[[", "\"\\\"",
  ]
}
