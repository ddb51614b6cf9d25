extension RecoveringReader {
  /// After the value: tells what follows; false if that is not looked at further.
  mutating func readAfterEnd() -> Bool {
    let byte = base[at]
    switch byte {
    case 0x29 where callback != nil: return readCallEnd()
    case 0x5D, 0x7D, 0x29:
      let start = at
      while at < count, Characters.isCloser(base[at]) { at += 1 }
      report(.surplusBracket, start..<at, subject: .bytes(start..<at))
      mended.delete(start..<at)
      return true
    case 0x2C: return readCommaAtEnd()
    case 0x80...0xFF where UTF8Scan.length(base + at) == 0:
      reportInvalidUTF8()
      return true
    case 0x22, 0x5B, 0x7B, 0x2D, 0x30...0x39: return tellSecondValue(at)
    default:
      let word = wordEnd(at)
      if word > at, WordKind(text(at..<word)) == .literal { return tellSecondValue(at) }
      return tellTrailingText()
    }
  }

  private mutating func readCallEnd() -> Bool {
    let start = at
    callback = nil
    at += 1
    while at < count, base[at] == 0x3B || Characters.isBlank(base[at]) { at += 1 }
    mended.delete(start..<at)
    return true
  }

  private mutating func readCommaAtEnd() -> Bool {
    let start = at
    var next = at + 1
    while next < count, base[next] == 0x2C || Characters.isBlank(base[next]) { next += 1 }
    if next >= count {
      report(.trailingComma, start..<trimmed(start..<next), .atEnd)
      mended.delete(start..<count)
      at = count
      return true
    }
    return tellSecondValue(start)
  }

  private mutating func tellSecondValue(_ start: Int) -> Bool {
    var before = start
    var hasNewline = false
    while before > 0, Characters.isBlank(base[before - 1]) {
      before -= 1
      hasNewline = hasNewline || base[before] == 0x0A
    }
    let end = trimmed(start..<count)
    switch base[start] {
    case 0x2C: report(.severalValues, start..<end, .records, subject: .text("a comma"))
    default:
      let isSpaced = before < start
      report(
        .severalValues, start..<end, hasNewline ? .lines : isSpaced ? .records : .plain,
        subject: .text("a blank"))
    }
    return false
  }

  private mutating func tellTrailingText() -> Bool {
    let end = trimmed(at..<count)
    report(.trailingText, at..<end, subject: .token(at))
    return false
  }
}
