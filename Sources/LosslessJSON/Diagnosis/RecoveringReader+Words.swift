extension RecoveringReader {
  /// Reads a bare word at the place of a value.
  mutating func readWord() -> State {
    let start = at
    let end = wordEnd(start)
    beginElement()
    let word = text(start..<end)
    if !isFollowed(end) || WordKind(word) == .other, readUnopened(start) { return scalarEnded() }
    if readProgram(start, end) { return scalarEnded() }
    if end == count, let whole = WordKind.completion(word) {
      tell(.truncated, count..<count, .literal, since: start, subject: .bytes(start..<end))
      isTruncated = true
      replaceToken(start..<end, whole)
      return scalarEnded()
    }
    switch WordKind(word) {
    case .literal: at = end
    case .misspelt(let meant):
      report(.misspeltLiteral, start..<end, subject: .bytes(start..<end))
      replaceToken(start..<end, meant)
    case .python(let meant):
      report(.pythonLiteral, start..<end, subject: .bytes(start..<end))
      replaceToken(start..<end, meant)
    case .undefined:
      report(.undefined, start..<end, subject: .bytes(start..<end))
      replaceToken(start..<end, "null")
    case .nan, .infinity: tellNumberWord(start..<end, signed: start)
    case .function, .other: readUnquoted(start, end)
    }
    return scalarEnded()
  }

  /// Whether what may follow a value does, or the end of the line.
  func isFollowed(_ end: Int) -> Bool {
    var next = end
    while base[next] == 0x20 || base[next] == 0x09 { next += 1 }
    switch base[next] {
    case 0x2C, 0x5D, 0x7D, 0x29, 0x0A, 0x0D: return true
    default: return next >= count
    }
  }

  private mutating func replaceToken(_ range: Range<Int>, _ text: StaticString) {
    mended.replace(range, text)
    at = range.upperBound
  }

  /// NaN or an infinity, whose sign stands at `signed` if it has one. Kept as text.
  mutating func tellNumberWord(_ word: Range<Int>, signed: Int) {
    let rule = WordKind(text(word)) == .nan ? JSONRule.nan : .infinity
    let range = signed..<word.upperBound
    report(rule, range, subject: .bytes(range))
    quote(range)
    at = word.upperBound
  }

  /// Reads what only a program means: a prefixed string, a call, a function.
  private mutating func readProgram(_ start: Int, _ end: Int) -> Bool {
    let next = base[end]
    if Characters.isQuote(next), next != 0x60, isStringPrefix(text(start..<end)) {
      readPrefixedString(start, end)
      return true
    }
    if text(start..<end).elementsEqual("function".utf8) || isArrow(end) {
      readFunction(start)
      return true
    }
    guard let opening = callOpening(start, end) else { return false }
    at = opening
    let isWhole = skipBalanced()
    report(.call, start..<at, subject: .bytes(start..<trimmed(start..<opening)))
    quote(start..<at)
    if !isWhole { tellCut(since: start) }
    return true
  }

  private mutating func tellCut(since start: Int) {
    tell(.truncated, count..<count, since: start)
    isTruncated = true
  }

  private func isStringPrefix(_ word: ArraySlice<UInt8>) -> Bool {
    word.count < 3
      && word.allSatisfy { [0x62, 0x66, 0x72, 0x75].contains($0 | 0x20) }
  }

  private mutating func readPrefixedString(_ start: Int, _ end: Int) {
    mended.delete(start..<end)
    at = end
    let wasMuted = isMuted
    isMuted = true
    if base[at] == 0x22 { readString(.value) } else { readQuoted(.value) }
    isMuted = wasMuted
    report(.pythonString, start..<at, subject: .bytes(start..<end))
  }

  /// The parenthesis of `name(`, `path.name(` or `new name(`.
  private func callOpening(_ start: Int, _ end: Int) -> Int? {
    guard base[start] < 0x80, !Characters.isDigit(base[start]) else { return nil }
    var place = end
    if text(start..<end).elementsEqual("new".utf8), base[place] == 0x20 {
      place = wordEnd(place + 1)
    }
    while base[place] == 0x2E, Characters.isWord(base[place + 1]) { place = wordEnd(place + 1) }
    return place < count && base[place] == 0x28 ? place : nil
  }

  private func isArrow(_ end: Int) -> Bool {
    var next = end
    while base[next] == 0x20, next - end < 8 { next += 1 }
    return base[next] == 0x3D && base[next + 1] == 0x3E
  }

  /// Skips a function up to the end of its body and reads it as null.
  private mutating func readFunction(_ start: Int) {
    while at < count, !Characters.isCloser(base[at]), base[at] != 0x2C, base[at] != 0x7B {
      if base[at] == 0x28 { _ = skipBalanced() } else { at += 1 }
    }
    let isWhole = base[at] != 0x7B || skipBalanced()
    let end = trimmed(start..<at)
    at = end
    report(.function, start..<end)
    mended.replace(start..<end, "null")
    if !isWhole { tellCut(since: start) }
  }

  /// Text without quotes: all up to punctuation or the end of the line.
  private mutating func readUnquoted(_ start: Int, _ word: Int) {
    at = word
    scan: while at < count {
      switch base[at] {
      case 0..<0x09, 0x0A..<0x20, 0x22, 0x2C, 0x5B, 0x5D, 0x7B, 0x7D: break scan
      case 0x29 where open.last?.kind == .tuple || callback != nil: break scan
      case 0x3A where !inObject || Characters.isBlank(base[at + 1]): break scan
      case 0x80...0xFF:
        let length = UTF8Scan.length(base + at)
        if length == 0 || Characters.oddBlankLength(base + at) > 0 { break scan }
        at += length
      default: at += 1
      }
    }
    at = max(trimmed(start..<min(at, count)), word)
    report(.unquotedString, start..<at, subject: .bytes(start..<at))
    quote(start..<at)
  }

  /// Writes some bytes as a string.
  mutating func quote(_ range: Range<Int>) {
    mended.insert("\"", at: range.lowerBound)
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = base[place]
      switch byte {
      case 0x22, 0x5C: mended.insert("\\", at: place)
      case 0..<0x20: mended.replace(place..<(place + 1), Self.escape(byte))
      case 0x80...0xFF:
        let length = UTF8Scan.length(base + place)
        if length == 0 || place + length > range.upperBound {
          mended.replace(place..<(place + 1), [0xEF, 0xBF, 0xBD])
        } else {
          place += length - 1
        }
      default: break
      }
      place += 1
    }
    mended.insert("\"", at: range.upperBound)
  }

  // MARK: - Other things where a value should be

  /// `(`: a tuple, or the parameters of an arrow function.
  mutating func readParenthesis() -> State {
    var end = at + 1
    let limit = min(count, at + 200)
    while end < limit, Characters.isWord(base[end]) || base[end] == 0x2C || base[end] == 0x20 {
      end += 1
    }
    if base[end] == 0x29, isArrow(end + 1) {
      beginElement()
      readFunction(at)
      return scalarEnded()
    }
    report(.pythonTuple, at..<(at + 1))
    return openContainer(.tuple)
  }

  /// `<`: perhaps an object as Python, Ruby or a debugger prints it.
  mutating func readMarkup() -> State {
    let start = at
    var end = at + 1
    let limit = min(count, at + 300)
    while end < limit, base[end] != 0x3E, base[end] != 0x0A { end += 1 }
    guard base[end] == 0x3E, text(start..<end).contains(0x20) else { return readJunkForValue() }
    beginElement()
    at = end + 1
    report(.objectDump, start..<at, subject: .bytes(start..<at))
    quote(start..<at)
    return scalarEnded()
  }

  var isEllipsis: Bool {
    base[at] == 0x2E && base[at + 1] == 0x2E && base[at + 2] == 0x2E
      || base[at] == 0xE2 && base[at + 1] == 0x80 && base[at + 2] == 0xA6
  }

  /// `...`: what a program that prints leaves out.
  mutating func readEllipsis(_ state: State) -> State {
    let start = at
    if base[at] == 0x2E { while base[at] == 0x2E { at += 1 } } else { at += 3 }
    // "... 5 more items" belongs to it.
    while at < count, !Characters.isBoundary(base[at]) || base[at] == 0x20 { at += 1 }
    at = trimmed(start..<at)
    report(.ellipsis, start..<at, subject: .bytes(start..<at))
    mended.delete(start..<at)
    isMuted = false
    if pendingComma != nil { pendingComma?.isTold = true }
    if state == .value, inObject { return leaveOutMember() }
    return state
  }

  private mutating func leaveOutMember() -> State {
    mended.insert("null", at: at)
    return .afterValue
  }

  mutating func readJunkForValue() -> State {
    let start = at
    skipJunk()
    report(.unexpected, start..<at, subject: .bytes(start..<at))
    var next = at
    while Characters.isBlank(base[next]) { next += 1 }
    // Something in front of a value is left out; something instead of one is kept as text.
    let isBefore = next < count && base[next] != 0x2C && !Characters.isCloser(base[next])
    if isBefore, startsValueNow(next) {
      mended.delete(start..<at)
      return .value
    }
    let end = at
    at = start
    beginElement()
    at = end
    quote(start..<end)
    return scalarEnded()
  }

  private func startsValueNow(_ place: Int) -> Bool {
    switch base[place] {
    case 0x22, 0x27, 0x5B, 0x7B, 0x2D, 0x30...0x39: true
    default: false
    }
  }
}
