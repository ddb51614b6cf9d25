extension SecretScanner {
  // MARK: - Secrets known by their own shape

  /// Takes what is a secret by its look, whatever it is called: tokens of well-known services, web
  /// tokens, and what follows `Bearer` and `Basic`. Returns where to go on.
  mutating func knownShape(_ run: Range<Int>) -> Int? {
    if run.count >= 20, let prefix = prefix(of: run), prefix.count + 12 <= run.count {
      add(run, "value")
      return run.upperBound
    }
    switch text[run.lowerBound] {
    case 0x65 where run.count >= 10: return webToken(run)
    case 0x42, 0x62: return run.count == 6 || run.count == 5 ? credentials(run) : nil
    default: return nil
    }
  }

  private static let prefixes: [[UInt8]] = [
    "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "sk-", "sk_live_", "sk_test_",
    "rk_live_", "xoxb-", "xoxp-", "xoxa-", "xoxs-", "AKIA", "ASIA", "AIza", "hf_", "npm_", "pypi-",
    "dop_v1_",
  ].map { Array($0.utf8) }

  private func prefix(of run: Range<Int>) -> [UInt8]? {
    switch text[run.lowerBound] {
    case 0x67, 0x73, 0x72, 0x78, 0x41, 0x68, 0x6E, 0x70, 0x64:
      Self.prefixes.first { text[run].starts(with: $0) }
    default: nil
    }
  }

  /// Takes `eyJ….….…`.
  private mutating func webToken(_ run: Range<Int>) -> Int? {
    guard text[run].starts(with: [0x65, 0x79, 0x4A]) else { return nil }
    var end = run.upperBound
    var dots = 0
    while end < text.count, Self.isNameByte[Int(text[end])] || text[end] == 0x2E {
      if text[end] == 0x2E { dots += 1 }
      end += 1
    }
    guard dots >= 2, end - run.lowerBound >= 40 else { return nil }
    add(run.lowerBound..<end, "jwt")
    return end
  }

  /// Takes what follows `Bearer ` or `Basic `, if it looks like one.
  private mutating func credentials(_ run: Range<Int>) -> Int? {
    let start = run.upperBound + 1
    guard start < text.count, text[start - 1] == 0x20 else { return nil }
    let scheme = String(decoding: text[run], as: UTF8.self).lowercased()
    guard scheme == "bearer" || scheme == "basic" else { return nil }
    var end = start
    while end < text.count, !Self.endsBare[Int(text[end])] || text[end] == 0x3D { end += 1 }
    guard looksSecret(start..<end) || end - start >= 20 else { return nil }
    add(start..<end, scheme)
    return end
  }

  /// What follows the name of a scheme: `Authorization: Bearer …`.
  func credentials(behind scheme: Range<Int>) -> Range<Int>? {
    let start = scheme.upperBound + 1
    guard start < text.count, text[start - 1] == 0x20, scheme.count <= 10,
      Self.schemes.contains(String(decoding: text[scheme], as: UTF8.self).lowercased())
    else { return nil }
    var end = start
    while end < text.count, !Self.endsBare[Int(text[end])] { end += 1 }
    return end > start ? start..<end : nil
  }

  /// At a colon: takes the credentials of a URL. Returns where to go on.
  mutating func url(_ colon: Int) -> Int {
    guard colon + 3 < text.count, text[colon + 1] == 0x2F, text[colon + 2] == 0x2F else {
      return colon + 1
    }
    let start = colon + 3
    var end = start
    var at: Int?
    while end < text.count, end - start < 4096 {
      let byte = text[end]
      // In a JSON string, a slash may be written `\/`; nothing else ends with a backslash.
      if byte <= 0x20 || [0x22, 0x27, 0x2F, 0x3F, 0x23, 0x5C, 0x3C, 0x3E].contains(byte) { break }
      if byte == 0x40 { at = end }
      end += 1
    }
    if let at, at > start {
      let part = text[start..<at].firstIndex(of: 0x3A).map { $0 + 1 } ?? start
      if part < at { add(part..<at, "url") }
    }
    return keyInPath(end)
  }

  /// Takes a key that is part of a path behind its version, as providers of Ethereum nodes have it:
  /// `/v3/0123…`. Returns where to go on.
  private mutating func keyInPath(_ slash: Int) -> Int {
    guard slash + 4 < text.count, text[slash] == 0x2F, text[slash + 1] | 0x20 == 0x76,
      (0x30...0x39).contains(text[slash + 2]), text[slash + 3] == 0x2F
    else { return slash }
    let start = slash + 4
    var end = start
    while end < text.count, Self.isNameByte[Int(text[end])] { end += 1 }
    guard end - start >= 20, looksSecret(start..<end) else { return slash }
    add(start..<end, "url")
    return end
  }

  /// Whether a bare word is rather a secret than a word of a sentence.
  func looksSecret(_ run: Range<Int>) -> Bool {
    guard run.count >= 8 else { return false }
    var hasDigit = false
    var hasLetter = false
    for place in run {
      let byte = text[place]
      hasDigit = hasDigit || (0x30...0x39).contains(byte)
      hasLetter = hasLetter || (0x61...0x7A).contains(byte | 0x20)
    }
    return hasDigit && hasLetter
  }

  func isLiteral(_ run: Range<Int>) -> Bool {
    guard run.count <= 9 else { return false }
    return ["true", "false", "null", "nil", "none", "undefined"]
      .contains(String(decoding: text[run], as: UTF8.self).lowercased())
  }

  // MARK: - Secrets that were met before

  /// A known secret at a place where it stands; nil if it is part of a longer number.
  static func hit(ofKnown range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Hit? {
    guard KnownSecrets.isNumber(text[range]) else { return Hit(range: range, name: "value") }
    var before = range.lowerBound - 1
    var after = range.upperBound
    let neighbours = [before, after].filter(text.indices.contains).map { text[$0] }
    if neighbours.contains(where: { (0x30...0x39).contains($0) || $0 == 0x2E }) { return nil }
    while before >= 0, text[before] <= 0x20 { before -= 1 }
    while after < text.count, text[after] <= 0x20 { after += 1 }
    // A number among the members or elements of JSON needs quotes in its place.
    guard before >= 0, after < text.count, [0x3A, 0x5B, 0x2C].contains(text[before]),
      [0x2C, 0x5D, 0x7D].contains(text[after])
    else { return Hit(range: range, name: "value") }
    var quote = before
    while quote >= 0, text[quote] != 0x22 { quote -= 1 }
    var slashes = 0
    while quote - slashes - 1 >= 0, text[quote - slashes - 1] == 0x5C { slashes += 1 }
    return Hit(range: range, name: "value", needsQuotes: true, slashes: slashes)
  }

  // MARK: - Quotes and blanks

  /// The quote, with its backslashes, that begins there.
  func openingQuote(_ start: Int) -> (start: Int, slashes: Int, quote: UInt8)? {
    var at = start
    while at < text.count, text[at] == 0x5C { at += 1 }
    guard at < text.count, text[at] == 0x22 || text[at] == 0x27 else { return nil }
    return (at + 1, at - start, text[at])
  }

  func closingQuote(_ start: Int) -> (end: Int, slashes: Int)? {
    openingQuote(start).map { ($0.start, $0.slashes) }
  }

  /// Whether a quote stands right before.
  func isOpened(_ start: Int) -> Bool {
    start > 0 && (text[start - 1] == 0x22 || text[start - 1] == 0x27)
  }

  func backslashes(before place: Int) -> Int {
    var count = 0
    while place - count - 1 >= 0, text[place - count - 1] == 0x5C { count += 1 }
    return count
  }

  /// The end of a string whose quotes have so many backslashes before them: where those of the
  /// closing one begin, or the end of the line or the text if it is never closed.
  func stringEnd(_ start: Int, slashes: Int, quote: UInt8) -> Int {
    let step = slashes + 1
    var run = 0
    var at = start
    while at < text.count {
      let byte = text[at]
      if byte == 0x5C {
        run += 1
      } else if byte == quote {
        // A level deeper every backslash and every quote gets one more in front: of `step` times n
        // backslashes beyond the quote's own, an odd n escapes it.
        if run <= slashes || ((run - slashes) / step).isMultiple(of: 2) {
          return at - min(run, slashes)
        }
        run = 0
      } else if byte == 0x0A, slashes == 0 {
        return at
      } else {
        run = 0
      }
      at += 1
    }
    return text.count
  }

  func skipBlanks(_ start: Int, newlines: Bool) -> Int {
    var at = start
    while at < text.count {
      switch text[at] {
      case 0x20, 0x09: at += 1
      case 0x0A, 0x0D: if newlines { at += 1 } else { return at }
      default: return at
      }
    }
    return at
  }

  // MARK: - Tables

  /// Letters of names: letters, digits, `_` and `-`.
  static let isNameByte: [Bool] = (0..<256).map { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
    default: false
    }
  }

  /// What ends a value without quotes.
  static let endsBare: [Bool] = (0..<256).map { byte in
    switch byte {
    case 0...0x20, 0x22, 0x26, 0x27, 0x29, 0x2C, 0x3B, 0x3C, 0x3E, 0x5C, 0x5D, 0x7D: true
    default: false
    }
  }

  /// Whether a name can be one of the built-in ones at all: it holds the stem of one.
  ///
  /// Nearly every name is sorted out here, which is what makes masking cheap.
  static func mayBeSecret(_ text: UnsafeBufferPointer<UInt8>, _ run: Range<Int>) -> Bool {
    guard run.count >= 3 else { return false }
    var letters = UInt32(text[run.lowerBound] | 0x20) << 8 | UInt32(text[run.lowerBound + 1] | 0x20)
    for place in (run.lowerBound + 2)..<run.upperBound {
      letters = (letters << 8 | UInt32(text[place] | 0x20)) & 0xFF_FFFF
      switch letters {
      case stem("pas"), stem("pwd"), stem("psw"), stem("sec"), stem("tok"), stem("key"),
        stem("aut"), stem("cre"), stem("coo"), stem("jwt"), stem("mne"), stem("otp"), stem("bea"),
        stem("ses"), stem("phr"), stem("cod"):
        return true
      default: break
      }
    }
    return false
  }

  /// Three letters as one number.
  @inline(__always)
  private static func stem(_ letters: StaticString) -> UInt32 {
    UInt32(letters.utf8Start[0]) << 16 | UInt32(letters.utf8Start[1]) << 8
      | UInt32(letters.utf8Start[2])
  }
}
