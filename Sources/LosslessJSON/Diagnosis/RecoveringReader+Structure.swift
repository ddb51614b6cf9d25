extension RecoveringReader {
  // MARK: - After a value

  mutating func readAfterValue() -> State {
    let byte = base[at]
    switch byte {
    case 0x2C: return readComma()
    case 0x7D, 0x5D, 0x29: return readCloser()
    case 0x3A where !inObject, 0x3B: return readSeparatorForComma()
    case 0x3A: return readUnexpectedRest()
    case 0x80...0xFF where UTF8Scan.length(base + at) == 0:
      reportInvalidUTF8()
      return .afterValue
    default:
      guard startsValue(byte) else { return readUnexpectedRest() }
      if inObject, !keyFollows() { return readUnexpectedRest() }
      report(.missingComma, at..<(at + 1), subject: .token(at))
      member = (mended.mark, at)
      pendingComma = PendingComma(range: at..<at, isTold: true)
      isMuted = true
      return inObject ? .key : .value
    }
  }

  /// A comma. If nothing proper follows it is held back, since it may have to go.
  private mutating func readComma() -> State {
    let comma = at
    member = (mended.mark, comma)
    at += 1
    while Characters.isBlank(base[at]) { at += 1 }
    if closeBefore(comma) {
      member = (mended.mark, comma)
      return inObject ? .key : .value
    }
    switch base[at] {
    case 0x22, 0x2D, 0x30...0x39, 0x5B, 0x7B, 0x41...0x5A, 0x5F, 0x61...0x7A: break
    default:
      mended.delete(comma..<(comma + 1))
      pendingComma = PendingComma(range: comma..<(comma + 1))
    }
    return inObject ? .key : .value
  }

  /// Commas where a value or key should be.
  mutating func readStrayCommas(_ state: State) -> State {
    if open.isEmpty {
      skipRun {
        $0 == 0x2C
      } tell: { reader, range in
        reader.report(.leadingComma, range, .array)
      }
      return state
    }
    if state == .value, inObject { return readMissingValue() }
    let start = at
    var last = at
    while at < count, base[at] == 0x2C || Characters.isBlank(base[at]) {
      if base[at] == 0x2C { last = at }
      at += 1
    }
    at = last + 1
    mended.delete(start..<at)
    guard let pending = pendingComma else {
      if open[open.count - 1].isEmpty {
        report(.leadingComma, start..<at, inObject ? .object : .array)
      }
      return state
    }
    var next = at
    while Characters.isBlank(base[next]) { next += 1 }
    if Characters.isCloser(base[next]) {
      pendingComma?.range = pending.range.lowerBound..<at
    } else if !pending.isTold {
      report(.doubledComma, start..<at)
      pendingComma?.isTold = next < count
    }
    return state
  }

  /// `;` or `:` between the values.
  private mutating func readSeparatorForComma() -> State {
    report(.wrongSeparator, at..<(at + 1), .plain, subject: .token(at))
    member = (mended.mark, at)
    mended.delete(at..<(at + 1))
    pendingComma = PendingComma(range: at..<(at + 1), isTold: true)
    at += 1
    return inObject ? .key : .value
  }

  /// Something that cannot be made a value of: all up to the next comma or closer goes.
  private mutating func readUnexpectedRest() -> State {
    let start = at
    skipToSeparator()
    let end = max(trimmed(start..<at), start + 1)
    at = max(at, end)
    report(.unexpected, start..<end, inObject ? .object : .array, subject: .bytes(start..<end))
    mended.delete(start..<end)
    at = end
    return .afterValue
  }

  // MARK: - Brackets

  /// A closing bracket where a value should be.
  mutating func readCloserForValue() -> State {
    guard !open.isEmpty else {
      skipRun(Characters.isCloser) { reader, range in
        reader.report(.surplusBracket, range, subject: .bytes(range))
      }
      return .value
    }
    return inObject ? readMissingValue() : readCloser()
  }

  /// A comma or closer instead of a member's value.
  private mutating func readMissingValue() -> State {
    report(.missingValue, at..<(at + 1), subject: .token(at))
    mended.insert("null", at: at)
    return .afterValue
  }

  /// A closing bracket: of the innermost container, of the one around it, or of none.
  mutating func readCloser() -> State {
    guard let top = open.last else { return .end }
    if base[at] == top.kind.closer {
      if let pendingComma, !pendingComma.isTold {
        report(.trailingComma, pendingComma.range, subject: .token(at))
      }
      return close(top)
    }
    if base[at] == 0x29, callback == nil {
      return readSurplusParenthesis()
    }
    return readMismatch(top)
  }

  private mutating func readSurplusParenthesis() -> State {
    report(.surplusBracket, at..<(at + 1), subject: .token(at))
    mended.delete(at..<(at + 1))
    at += 1
    return .afterValue
  }

  mutating func close(_ container: Container, isWritten: Bool = false) -> State {
    if container.kind == .tuple, !isWritten { mended.replace(at..<(at + 1), "]") }
    pendingComma = nil
    isMuted = false
    open.removeLast()
    at += 1
    return open.isEmpty ? .end : .afterValue
  }

  func variant(_ kind: Container.Kind) -> Fault.Variant {
    switch kind {
    case .object: .object
    case .array: .array
    case .tuple: .tuple
    }
  }

  /// Leaves out a run of bytes and blanks between them, at least one byte, as one fault.
  private mutating func skipRun(
    _ accepts: (UInt8) -> Bool, tell: (inout RecoveringReader, Range<Int>) -> Void
  ) {
    let start = at
    var last = at
    while at < count, accepts(base[at]) || Characters.isBlank(base[at]) {
      if accepts(base[at]) { last = at }
      at += 1
    }
    at = last + 1
    tell(&self, start..<at)
    mended.delete(start..<at)
  }

  // MARK: - Colons

  /// A colon where a value should be.
  mutating func readStrayColon() -> State {
    let isMember = inObject
    skipRun {
      $0 == 0x3A
    } tell: { reader, range in
      if isMember {
        reader.report(.doubledColon, range)
      } else {
        reader.report(.unexpected, range, subject: .bytes(range))
      }
    }
    return .value
  }

  mutating func readAfterKey() -> State {
    let byte = base[at]
    switch byte {
    case 0x3A:
      at += 1
      return .value
    case 0x3D: return readSeparatorForColon(base[at + 1] == 0x3E ? 2 : 1)
    case 0x3B: return readSeparatorForColon(1)
    case 0x2C:
      // A comma typed for a colon, unless the next key follows.
      if keyFollows(after: at + 1) || isMuted || isKeyFaulty { return readMissingMember() }
      return readSeparatorForColon(1)
    case 0x7D, 0x5D, 0x29: return readMissingMember()
    default:
      if startsValue(byte) {
        if !isKeyFaulty { report(.missingColon, at..<(at + 1), subject: .token(at)) }
        mended.insert(":", at: at)
        isMuted = true
        return .value
      }
      return readJunkForColon()
    }
  }

  private mutating func readSeparatorForColon(_ length: Int) -> State {
    report(
      .wrongSeparator, at..<(at + length), .insteadOfColon, subject: .bytes(at..<(at + length)))
    mended.replace(at..<(at + length), ":")
    at += length
    return .value
  }

  /// A key without colon and value.
  private mutating func readMissingMember() -> State {
    if !isKeyFaulty { report(.missingColon, at..<(at + 1), subject: .token(at)) }
    mended.insert(":null", at: at)
    isMuted = false
    isKeyFaulty = false
    return .afterValue
  }

  private mutating func readJunkForColon() -> State {
    let start = at
    skipJunk()
    report(.unexpected, start..<at, .insteadOfColon, subject: .bytes(start..<at))
    mended.delete(start..<at)
    return .afterKey
  }
}
