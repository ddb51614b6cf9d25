extension RecoveringReader {
  /// Moves to the next byte that is neither blank nor comment, telling what JSON does not allow.
  mutating func skipBlanks() {
    while true {
      let byte = base[at]
      switch byte {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      case 0x2F where base[at + 1] == 0x2F: skipComment(toEndOfLine: 2)
      case 0x2F where base[at + 1] == 0x2A: skipBlockComment()
      case 0x23: skipComment(toEndOfLine: 1)
      case 0x00..<0x20, 0x7F:
        if at >= count { return }
        skipControl(byte)
      case 0x80...0xFF:
        let length = Characters.oddBlankLength(base + at)
        if length == 0 { return }
        report(.oddBlank, at..<(at + length), subject: .bytes(at..<(at + length)))
        drop(length)
      default: return
      }
    }
  }

  private mutating func drop(_ length: Int) {
    let end = min(at + length, count)
    mended.delete(at..<end)
    at = end
  }

  private mutating func skipComment(toEndOfLine opening: Int) {
    var end = at + opening
    while end < count, base[end] != 0x0A, base[end] != 0x0D { end += 1 }
    tellComment(end, opening)
  }

  private mutating func skipBlockComment() {
    var end = at + 2
    while end < count, !(base[end] == 0x2A && base[end + 1] == 0x2F) { end += 1 }
    tellComment(min(end + 2, count), 2)
  }

  private mutating func tellComment(_ end: Int, _ opening: Int) {
    report(.comment, at..<end, subject: .bytes(at..<(at + opening)))
    // A blank in its place keeps apart what it kept apart.
    mended.replace(at..<end, " ")
    at = end
  }

  private mutating func skipControl(_ byte: UInt8) {
    let start = at
    if byte == 0x1B, base[at + 1] == 0x5B {
      at += 2
      while at < count, !(0x40...0x7E).contains(base[at]) { at += 1 }
      at = min(at + 1, count)
      report(.terminalEscape, start..<at)
    } else {
      while at < count, base[at] == byte { at += 1 }
      if byte == 0 {
        report(.nul, start..<at, .outside)
      } else if byte == 0x0C || byte == 0x0B {
        report(.oddBlank, start..<at, subject: .bytes(start..<(start + 1)))
      } else {
        report(.controlCharacter, start..<at, .outside, subject: .byte(byte))
      }
    }
    mended.delete(start..<at)
  }

  // MARK: - Looking ahead and skipping

  /// Whether a value of some spelling may begin with that byte.
  func startsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x60, 0x5B, 0x7B, 0x2B, 0x2D, 0x2E, 0x30...0x39: true
    case 0x80...0xFF: UTF8Scan.length(base + at) > 0
    default: Characters.isWord(byte)
    }
  }

  /// Whether a quoted or bare word and a colon come next. Looks no further than a key is long.
  func keyFollows(after place: Int? = nil) -> Bool {
    var next = place ?? at
    while Characters.isBlank(base[next]) { next += 1 }
    let limit = min(count, next + 256)
    if Characters.isQuote(base[next]) {
      let quote = base[next]
      next += 1
      while next < limit, base[next] != quote { next += base[next] == 0x5C ? 2 : 1 }
      guard next < limit else { return false }
      next += 1
    } else {
      let end = wordEnd(next, alsoNumbers: true, limit: limit)
      guard end > next else { return false }
      next = end
    }
    while next < limit, Characters.isBlank(base[next]) { next += 1 }
    return base[next] == 0x3A
  }

  /// The end of a run of word characters.
  func wordEnd(_ start: Int, alsoNumbers: Bool = false, limit: Int? = nil) -> Int {
    let limit = limit ?? count
    var end = start
    while end < limit {
      let byte = base[end]
      if Characters.isWord(byte) {
        end += 1
      } else if alsoNumbers, byte == 0x2D || byte == 0x2E || byte == 0x2B {
        end += 1
      } else {
        let length = byte >= 0x80 ? Characters.wordLength(base + end) : 0
        if length == 0 { break }
        end += length
      }
    }
    return min(end, count)
  }

  /// Skips a run of bytes that mean nothing, one at least, up to a blank, quote or punctuation.
  mutating func skipJunk() {
    repeat {
      let length = base[at] >= 0x80 ? UTF8Scan.length(base + at) : 1
      at += max(length, 1)
    } while at < count && !Characters.isBoundary(base[at])
    at = min(at, count)
  }

  /// Skips to the comma or closer that ends this member, over what is nested.
  mutating func skipToSeparator() {
    var depth = 0
    while at < count {
      switch base[at] {
      case 0x22: skipQuoted()
      case 0x5B, 0x7B, 0x28:
        depth += 1
        at += 1
      case 0x5D, 0x7D, 0x29:
        if depth == 0 { return }
        depth -= 1
        at += 1
      case 0x2C where depth == 0: return
      default: at += 1
      }
    }
  }

  /// Skips a bracket and all up to its end; false if the text ends before.
  mutating func skipBalanced() -> Bool {
    var depth = 0
    while at < count {
      switch base[at] {
      case 0x22, 0x27, 0x60: skipQuoted()
      case 0x5B, 0x7B, 0x28:
        depth += 1
        at += 1
      case 0x5D, 0x7D, 0x29:
        depth -= 1
        at += 1
        if depth <= 0 { return true }
      default: at += 1
      }
    }
    return false
  }

  private mutating func skipQuoted() {
    let quote = base[at]
    at += 1
    while at < count, base[at] != quote { at += base[at] == 0x5C ? 2 : 1 }
    at = min(at + 1, count)
  }

  /// The end of a range without the blanks before it.
  func trimmed(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, Characters.isBlank(base[end - 1]) { end -= 1 }
    return end
  }

  // MARK: - Names

  func text(_ range: Range<Int>) -> ArraySlice<UInt8> {
    ArraySlice(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Some bytes as they are named in a sentence.
  func name(_ range: Range<Int>) -> String { Characters.name(base + range.lowerBound, range.count) }

  /// The token at a place as it is named in a sentence.
  func tokenName(_ start: Int) -> String {
    let byte = base[start]
    var end = start + 1
    if Characters.isQuote(byte) {
      let limit = min(count, start + 40)
      while end < limit, base[end] != byte, base[end] >= 0x20 { end += 1 }
      end = min(end + 1, count)
    } else {
      end = max(end, wordEnd(start, alsoNumbers: true, limit: min(count, start + 40)))
      if byte >= 0x80, end == start + 1 { end = start + max(1, UTF8Scan.length(base + start)) }
    }
    return name(start..<min(end, count))
  }
}
