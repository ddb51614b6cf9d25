extension RecoveringReader {
  mutating func readKey() -> State {
    let byte = base[at]
    switch byte {
    case 0x22:
      beginElement()
      readString(.key)
      isMuted = false
      return .afterKey
    case 0x27, 0x60:
      beginElement()
      readQuoted(.key)
      isMuted = false
      return .afterKey
    case 0x7D, 0x5D, 0x29: return readCloser()
    case 0x2C: return readStrayCommas(.key)
    case 0x3A:
      report(.missingKey, at..<(at + 1), subject: .token(at))
      beginElement()
      mended.insert("\"\"", at: at)
      return .afterKey
    case 0x7B, 0x5B, 0x28: return readBracketForKey()
    default: return readOtherKey(byte)
    }
  }

  private mutating func readBracketForKey() -> State {
    var next = at + 1
    while Characters.isBlank(base[next]) { next += 1 }
    if base[next] == 0x3A {
      report(.keyNotString, at..<(at + 1), subject: .token(at))
      beginElement()
      quote(at..<(at + 1))
      at += 1
      return .afterKey
    }
    report(.missingKey, at..<(at + 1), subject: .token(at))
    beginElement()
    mended.insert("\"\":", at: at)
    return .value
  }

  private mutating func readOtherKey(_ byte: UInt8) -> State {
    if byte >= 0x80 {
      if let quote = Quote(opening: base + at) {
        beginElement()
        readTypographic(quote, .key)
        isMuted = false
        return .afterKey
      }
      if UTF8Scan.length(base + at) == 0 {
        reportInvalidUTF8()
        return .key
      }
    }
    if isEllipsis { return readEllipsis(.key) }
    let start = at
    if readUnopenedKey(start) { return .afterKey }
    let end = keyEnd(start)
    guard end > start else { return readJunkForKey() }
    if Characters.isQuote(base[end]), end - start < 3, byte < 0x80, Characters.isWord(byte) {
      return readPrefixedKey(start, end)
    }
    beginElement()
    report(
      isOtherValue(start..<end) ? .keyNotString : .unquotedKey, start..<end,
      subject: .bytes(start..<end))
    quote(start..<end)
    at = end
    isMuted = false
    isKeyFaulty = true
    return .afterKey
  }

  /// `b'…'` as a key.
  private mutating func readPrefixedKey(_ start: Int, _ end: Int) -> State {
    beginElement()
    mended.delete(start..<end)
    at = end
    let wasMuted = isMuted
    isMuted = true
    if base[at] == 0x22 { readString(.key) } else { readQuoted(.key) }
    isMuted = wasMuted
    report(.pythonString, start..<at, subject: .bytes(start..<end))
    isMuted = false
    return .afterKey
  }

  /// Whether a bare key is a value of another kind: a number, or one of the words.
  private func isOtherValue(_ range: Range<Int>) -> Bool {
    switch base[range.lowerBound] {
    case 0x2B, 0x2D, 0x2E, 0x30...0x39: return true
    default:
      switch WordKind(text(range)) {
      case .literal, .python: return true
      default: return false
      }
    }
  }

  /// The end of a bare key: word characters, `-`, `.` and `+`, and blanks between words up to a
  /// colon.
  private func keyEnd(_ start: Int) -> Int {
    var end = wordEnd(start, alsoNumbers: true)
    var next = end
    let limit = min(count, start + 200)
    while next < limit, base[next] == 0x20 {
      while next < limit, base[next] == 0x20 { next += 1 }
      let word = wordEnd(next, alsoNumbers: true)
      if word == next {
        return base[next] == 0x3A ? end : wordEnd(start, alsoNumbers: true)
      }
      next = word
      if base[next] == 0x3A { end = next }
    }
    return end
  }

  private mutating func readJunkForKey() -> State {
    let start = at
    skipJunk()
    report(.unexpected, start..<at, .key, subject: .bytes(start..<at))
    mended.delete(start..<at)
    if let pendingComma, !pendingComma.isTold { self.pendingComma?.isTold = true }
    return .key
  }
}
