extension RecoveringReader {
  /// Reads what begins like a number.
  mutating func readNumber() -> State {
    if isEllipsis {
      let state = readEllipsis(.value)
      return open.isEmpty ? .value : state
    }
    beginElement()
    let start = at
    var end = wordEnd(start, alsoNumbers: true)
    if !isFollowed(end), readUnopened(start) { return scalarEnded() }
    if end == start + 1, base[start] == 0x2D || base[start] == 0x2B {
      end = afterSign(start)
      if end > start + 1 { return readSpacedNumber(start, end) }
    }
    at = end
    let token = text(start..<end)
    if end == count, isCut(token) {
      tell(.truncated, count..<count, .number, since: start, subject: .bytes(start..<end))
      isTruncated = true
      mended.insert("0", at: count)
      return scalarEnded()
    }
    let number = NumberMender(token)
    if let rule = number.rule {
      if rule == .nan || rule == .infinity {
        tellNumberWord((start + 1)..<end, signed: start)
        return scalarEnded()
      }
      report(rule, start..<end, number.variant, subject: .bytes(start..<end))
      if let text = number.mended { mended.replace(start..<end, text) } else { quote(start..<end) }
    }
    return scalarEnded()
  }

  /// Where a number ends whose sign stands apart; right after the sign if there is none.
  private func afterSign(_ sign: Int) -> Int {
    var next = sign + 1
    while next - sign < 8, base[next] == 0x20 { next += 1 }
    return Characters.isDigit(base[next]) ? wordEnd(next, alsoNumbers: true) : sign + 1
  }

  private mutating func readSpacedNumber(_ start: Int, _ end: Int) -> State {
    at = end
    report(.number, start..<end, .space, subject: .bytes(start..<end))
    let token = text(start..<end).filter { $0 != 0x20 }
    let number = NumberMender(ArraySlice(token))
    if number.rule == nil {
      mended.replace(start..<end, token)
    } else if let text = number.mended {
      mended.replace(start..<end, text)
    } else {
      quote(start..<end)
    }
    return scalarEnded()
  }

  /// Whether another digit would make a number of it.
  private func isCut(_ token: ArraySlice<UInt8>) -> Bool {
    switch token.last {
    case 0x2D, 0x2E, 0x2B, 0x45, 0x65: NumberMender(token + [0x30]).rule == nil
    default: false
    }
  }
}
