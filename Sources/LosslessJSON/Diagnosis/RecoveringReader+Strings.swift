extension RecoveringReader {
  /// What a string is for.
  enum StringUse { case value, key }

  /// What was told of a string already: one finding of a kind is enough for one string.
  struct Told {
    var newline = false
    var control = false
    var utf8 = false
  }

  /// Reads a string in double quotes.
  mutating func readString(_ use: StringUse) {
    let start = at
    let stop = missingClosingQuote(start, use)
    at += 1
    readStringBody(start, use, stop: stop)
  }

  /// Reads what stands after a string's opening quote, up to `stop` if its closing quote is
  /// missing there.
  mutating func readStringBody(_ start: Int, _ use: StringUse, stop: Int?) {
    var told = Told()
    while true {
      at = StringScan.skipPlainASCII(base, from: at)
      if let stop, at >= stop { return close(start, use, at: stop) }
      let byte = base[at]
      switch byte {
      case 0x22:
        if isInnerQuote() { continue }
        at += 1
        return
      case 0x5C: readEscape(quote: 0x22)
      case 0x7F: at += 1
      case 0x80...0xFF: readNonASCII(&told)
      default:
        if at < count, !isQuoteMissing(byte) {
          readControl(&told)
          continue
        }
        return endString(start, use)
      }
      if at >= count { return endString(start, use) }
    }
  }

  /// Closes a string that has no end: at the end of the text or of its line.
  private mutating func endString(_ start: Int, _ use: StringUse) {
    if at >= count {
      at = count
      tell(.truncated, count..<count, use == .key ? .key : .string, since: start)
      isTruncated = true
      mended.insert("\"", at: count)
      return
    }
    // The comma before the newline belongs behind the string.
    var comma = at - 1
    while comma > start, base[comma] != 0x2C { comma -= 1 }
    close(start, use, at: comma)
  }

  /// Writes the closing quote that is missing.
  private mutating func close(_ start: Int, _ use: StringUse, at place: Int) {
    at = place
    var next = at
    while base[next] == 0x20 || base[next] == 0x09 { next += 1 }
    let isLineEnd = base[next] == 0x0A || base[next] == 0x0D
    report(
      .missingQuote, at..<at, use == .key ? .key : .string, since: start,
      subject: isLineEnd ? .none : .bytes(next..<(next + 1)))
    mended.insert("\"", at: at)
  }

  /// At a newline: whether the string was meant to end before it, a comma standing before the
  /// newline and another string after it.
  private func isQuoteMissing(_ byte: UInt8) -> Bool {
    guard byte == 0x0A || byte == 0x0D else { return false }
    var before = at - 1
    while before > 0, base[before] == 0x20 || base[before] == 0x09 { before -= 1 }
    guard base[before] == 0x2C else { return false }
    var next = at
    while Characters.isBlank(base[next]) { next += 1 }
    guard base[next] == 0x22 else { return false }
    next += 1
    // A quote that punctuation follows ends this string instead of beginning another.
    return !Characters.isCloser(base[next]) && base[next] != 0x2C
  }

  // MARK: - Other quotes

  /// Reads a string in single quotes or backquotes.
  mutating func readQuoted(_ use: StringUse) {
    let start = at
    let quote = base[at]
    mended.replace(at..<(at + 1), "\"")
    at += 1
    var told = Told()
    while at < count, base[at] != quote { readOther(quote, &told) }
    let isWhole = at < count
    if isWhole {
      mended.replace(at..<(at + 1), "\"")
      at += 1
    }
    let rule = quote == 0x27 ? JSONRule.singleQuotes : .templateQuotes
    report(rule, start..<at, use == .key ? .key : .plain)
    if !isWhole { endString(start, use) }
  }

  /// Reads a string in typographic quotes.
  mutating func readTypographic(_ quote: Quote, _ use: StringUse) {
    let start = at
    mended.replace(at..<(at + quote.length), "\"")
    at += quote.length
    var told = Told()
    while at < count, !quote.isClosed(by: base + at) { readOther(0, &told) }
    let isWhole = at < count
    if isWhole {
      let length = base[at] == 0x22 ? 1 : quote.length
      mended.replace(at..<(at + length), "\"")
      at += length
    }
    report(
      .typographicQuotes, start..<at, use == .key ? .key : .plain,
      subject: .bytes(start..<(start + quote.length)))
    if !isWhole { endString(start, use) }
  }

  /// Reads one character of a string in other quotes.
  private mutating func readOther(_ quote: UInt8, _ told: inout Told) {
    switch base[at] {
    case 0x22:
      mended.insert("\\", at: at)
      at += 1
    case 0x5C: readEscape(quote: quote)
    case 0x80...0xFF: readNonASCII(&told)
    case 0x0A where quote == 0x60, 0x0D where quote == 0x60:
      mended.replace(at..<(at + 1), base[at] == 0x0A ? "\\n" : "\\r")
      at += 1
    case 0..<0x20: readControl(&told)
    default: at += 1
    }
  }

  // MARK: - Quotes inside

  /// At a quote: whether it stands inside the string, unescaped. Then it is passed.
  private mutating func isInnerQuote() -> Bool {
    if at >= innerQuotesEnd {
      guard at > 0, base[at - 1] != 0x22, let end = innerQuotes() else { return false }
      innerQuotesEnd = end
      report(.unescapedQuote, at..<(at + 1))
    } else if at == innerQuotesEnd {
      return false
    }
    mended.insert("\\", at: at)
    at += 1
    return true
  }

  /// Where the string ends if this quote and the next belong inside: at a quote that punctuation
  /// follows.
  private func innerQuotes() -> Int? {
    let next = base[at + 1]
    guard Characters.isWord(next) || next >= 0x80 else { return nil }
    var place = at + 1
    var quotes = 0
    let limit = min(count, at + 512)
    while place < limit {
      switch base[place] {
      case 0x22:
        quotes += 1
        if quotes % 2 == 0, isFollowedByPunctuation(place) { return place }
        if quotes == 8 { return nil }
      case 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D: if quotes % 2 == 0 { return nil }
      case 0x5C: place += 1
      case 0..<0x20: return nil
      default: break
      }
      place += 1
    }
    return nil
  }

  private func isFollowedByPunctuation(_ quote: Int) -> Bool {
    var next = quote + 1
    let limit = min(count, quote + 64)
    while next < limit, Characters.isBlank(base[next]) { next += 1 }
    switch base[next] {
    case 0x2C, 0x3A, 0x5D, 0x7D: return true
    default: return next >= count
    }
  }

  // MARK: - Characters

  /// Reads control characters, which must be escaped.
  private mutating func readControl(_ told: inout Told) {
    let start = at
    let byte = base[at]
    repeat { at += 1 } while at < count && base[at] == byte
    if byte == 0x0D, base[at] == 0x0A, at < count { at += 1 }
    if at - start == 1 {
      mended.replaceMore(start..<at, Self.escapes[Int(byte)])
    } else {
      mended.replaceMore(start..<at, text(start..<at).lazy.flatMap { Self.escapes[Int($0)] })
    }
    if byte == 0x0A || byte == 0x0D {
      if !told.newline {
        report(.controlCharacter, start..<at, .newline, subject: .byte(byte))
      }
      told.newline = true
    } else if byte == 0 {
      report(.nul, start..<at)
    } else {
      if !told.control {
        report(
          .controlCharacter, start..<at, byte == 9 ? .tab : .plain, subject: .byte(byte))
      }
      told.control = true
    }
  }

  /// The escape that a control character needs.
  static func escape(_ byte: UInt8) -> [UInt8] { escapes[Int(byte)] }

  private static let escapes: [[UInt8]] = (0..<32).map { byte in
    switch byte {
    case 0x0A: Array("\\n".utf8)
    case 0x0D: Array("\\r".utf8)
    case 0x09: Array("\\t".utf8)
    default: unicodeEscape(UInt32(byte))
    }
  }

  static func unicodeEscape(_ unit: UInt32) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [0x5C, 0x75]
      + [12, 8, 4, 0].map { digits[Int(unit >> UInt32($0)) & 15] }
  }

  private mutating func readNonASCII(_ told: inout Told) {
    let length = UTF8Scan.length(base + at)
    if length > 0, at + length <= count {
      at += length
      return
    }
    let fault = UTF8Fault(base + at, left: count - at)
    if fault.isAtEnd {
      // The end of the text cut it; that is told as the string's.
      mended.delete(at..<count)
      at = count
      return
    }
    if !told.utf8 {
      report(
        .invalidUTF8, at..<(at + fault.length), fault.variant,
        subject: .invalid(fault, at))
    }
    told.utf8 = true
    mended.replaceMore(at..<(at + fault.length), fault.replacement)
    at += fault.length
  }

  /// Bytes between values that are no UTF-8.
  mutating func reportInvalidUTF8() {
    let start = at
    let fault = UTF8Fault(base + at, left: count - at)
    report(
      .invalidUTF8, at..<(at + fault.length), fault.variant, subject: .invalid(fault, at))
    while at < count, base[at] >= 0x80, UTF8Scan.length(base + at) == 0 { at += 1 }
    mended.delete(start..<at)
    if pendingComma != nil { pendingComma?.isTold = true }
  }
}
