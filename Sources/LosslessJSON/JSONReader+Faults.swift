/// What is wrong at a place where the pass could not go on. Each reads its token again, carefully.
extension JSONReader {
  /// What is wrong there.
  @inline(never)
  func fault(_ stop: ReadingStop) -> JSONReadError {
    switch stop.reason {
    case .tooManyNodes, .none: failure(.tooManyValues(limit: Node.maxPayload), at: stop.at)
    case .tooLarge: failure(.tooLarge(limit: limits.maxBytes), at: limits.maxBytes)
    case .tooDeep: failure(.tooDeep(limit: limits.maxDepth), at: stop.at)
    case .string: stringFault(stop.at)
    case .number: numberFault(stop.at)
    case .value: valueFault(stop.at, opening: stop.opening, isFirst: false)
    case .firstValue: valueFault(stop.at, opening: stop.opening, isFirst: true)
    case .key: keyFault(stop.at, opening: stop.opening, .key)
    case .firstKey: keyFault(stop.at, opening: stop.opening, .keyOrEnd)
    case .commaOrBrace: unexpected(stop.at, opening: stop.opening, expected: .commaOrBrace)
    case .commaOrBracket: unexpected(stop.at, opening: stop.opening, expected: .commaOrBracket)
    case .trailing: failure(.trailingText(found: base[stop.at]), at: stop.at)
    }
  }

  /// Neither what may stand there nor the end.
  private func unexpected(
    _ at: Int, opening: Int?, expected: JSONReadError.Expected
  ) -> JSONReadError {
    if at >= count {
      return opening.map { unfinished(.container, since: $0) } ?? failure(.empty, at: at)
    }
    if expected == .value || expected == .valueOrEnd, WordScan.continues(base[at]) {
      return badWord(at)
    }
    return failure(.unexpected(found: base[at], expected: expected), at: at)
  }

  /// No value, or a word that is none.
  private func valueFault(_ at: Int, opening: Int?, isFirst: Bool) -> JSONReadError {
    switch base[at] {
    case 0x74, 0x66, 0x6E: wordFault(at)
    default:
      unexpected(at, opening: opening, expected: isFirst && opening != nil ? .valueOrEnd : .value)
    }
  }

  /// No key, a bad one, or one without a colon.
  private func keyFault(
    _ start: Int, opening: Int?, _ expected: JSONReadError.Expected
  ) -> JSONReadError {
    guard base[start] == 0x22 else {
      return unexpected(start, opening: opening, expected: expected)
    }
    var tag = Node.Tag.plainString
    var utf8 = UTF8Check(base, count: count)
    let end = StringScan.end(base, from: start + 1, &tag, &utf8)
    guard Node.holds(end - start - 1) else { return stringFault(start) }
    let colon = ByteRun.blanksEnd(base, from: end + 1)
    return unexpected(colon, opening: opening, expected: .colon)
  }

  private func wordFault(_ start: Int) -> JSONReadError {
    let word: StaticString = base[start] == 0x74 ? "true" : base[start] == 0x66 ? "false" : "null"
    for index in 0..<word.utf8CodeUnitCount where base[start + index] != word.utf8Start[index] {
      return start + index == count ? unfinished(.literal, since: start) : badWord(start)
    }
    return badWord(start)
  }

  private func badWord(_ start: Int) -> JSONReadError {
    var end = start
    while WordScan.continues(base[end]), end - start < 40 { end += 1 }
    let word = String(
      decoding: UnsafeBufferPointer(start: base + start, count: end - start), as: UTF8.self)
    return failure(.badLiteral(word), at: start)
  }

  private func numberFault(_ start: Int) -> JSONReadError {
    var at = start
    if base[at] == 0x2D { at += 1 }
    if base[at] == 0x30 {
      at += 1
      if Self.isDigit(base[at]) { return failure(.badNumber(.leadingZero), at: start) }
    } else {
      guard Self.isDigit(base[at]) else { return noDigit(at, .noDigits, since: start) }
      at = ByteRun.digitsEnd(base, from: at)
    }
    if base[at] == 0x2E {
      guard Self.isDigit(base[at + 1]) else { return noDigit(at + 1, .noFraction, since: start) }
      at = ByteRun.digitsEnd(base, from: at + 1)
    }
    if base[at] | 0x20 == 0x65 {
      at += 1
      if base[at] == 0x2B || base[at] == 0x2D { at += 1 }
      guard Self.isDigit(base[at]) else { return noDigit(at, .noExponent, since: start) }
    }
    return failure(.tooLarge(limit: Node.maxPayload), at: start)
  }

  private func noDigit(
    _ at: Int, _ fault: JSONReadError.NumberFault, since start: Int
  ) -> JSONReadError {
    at == count ? unfinished(.number, since: start) : failure(.badNumber(fault), at: at)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private func stringFault(_ start: Int) -> JSONReadError {
    var at = start + 1
    while true {
      at = StringScan.skipPlainASCII(base, from: at)
      let byte = base[at]
      switch byte {
      // It is well-formed, so it must be its length.
      case 0x22: return failure(.tooLarge(limit: Node.maxPayload), at: start)
      case 0x5C:
        let length = EscapeScan.length(base + at) & EscapeScan.lengthMask
        if length == 0 { return escapeFault(at, since: start) }
        at += length
      case 0x7F: at += 1
      case 0x80...0xFF:
        let length = UTF8Scan.length(base + at)
        guard length > 0 else {
          return isCharacterCut(at)
            ? unfinished(.string, since: start) : failure(.invalidUTF8, at: at)
        }
        at += length
      default:
        return at >= count
          ? unfinished(.string, since: start) : failure(.controlCharacter(byte), at: at)
      }
    }
  }

  /// Whether the text ends within the character that begins there.
  private func isCharacterCut(_ at: Int) -> Bool {
    at + UTF8Scan.announcedLength(base[at]) > count
      && (at + 1..<count).allSatisfy { base[$0] & 0xC0 == 0x80 }
  }

  private func escapeFault(_ escape: Int, since start: Int) -> JSONReadError {
    if escape + 1 >= count { return unfinished(.string, since: start) }
    guard base[escape + 1] == 0x75 else { return failure(.badEscape, at: escape) }
    let end = (2..<6).first { !Self.isHexDigit(base[escape + $0]) } ?? 6
    return escape + end >= count
      ? unfinished(.string, since: start) : failure(.badEscape, at: escape)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 6
  }

  // MARK: - Errors

  private func unfinished(_ what: JSONReadError.Unfinished, since start: Int) -> JSONReadError {
    var error = failure(.unexpectedEnd(what), at: count)
    error.openedAt = position(start)
    return error
  }

  private func failure(_ problem: JSONReadError.Problem, at offset: Int) -> JSONReadError {
    JSONReadError(problem: problem, position: position(offset))
  }

  private func position(_ offset: Int) -> TextPosition {
    let text = UnsafeBufferPointer(start: base, count: min(offset + 1, count))
    return TextPosition(offset: offset, in: ArraySlice(text))
  }
}
