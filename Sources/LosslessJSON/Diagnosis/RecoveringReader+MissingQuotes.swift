extension RecoveringReader {
  /// How far from the quote that seems wrong the missing one is looked for.
  private static let window = 512
  /// So many places are tried.
  private static let mostPlaces = 64

  // MARK: - A missing closing quote

  /// At the quote that begins a string: where the string was meant to end if its closing quote is
  /// missing, nil if nothing says so.
  ///
  /// What ends the string then is the quote that begins the next one, and text follows that. So
  /// every comma, bracket or colon before it is tried as the end.
  func missingClosingQuote(_ start: Int, _ use: StringUse) -> Int? {
    guard !open.isEmpty else { return nil }
    var line: Int?
    var end = start + 1
    scan: while end < count {
      end = StringScan.skipPlainASCII(base, from: end)
      switch base[end] {
      case 0x22: break scan
      case 0x5C: end += 2
      case 0x0A, 0x0D:
        if line == nil { line = end }
        end += 1
      default: end += 1
      }
    }
    if let line, let place = endBeforeLine(start, line, use) { return place }
    if end >= count { return endBeforeTail(start, use) }
    var next = end + 1
    while Characters.isBlank(base[next]) { next += 1 }
    if next >= count || isExpected(base[next], after: use) { return nil }
    return fittingEnd(places(start, end, use), use)
  }

  private func isExpected(_ byte: UInt8, after use: StringUse) -> Bool {
    use == .key ? byte == 0x3A : byte == 0x2C || Characters.isCloser(byte)
  }

  /// The commas and closing brackets, or colons after a key, before `end`, the first one first.
  private func places(_ start: Int, _ end: Int, _ use: StringUse) -> [Int] {
    var places: [Int] = []
    var place = end - 1
    let limit = max(start, end - Self.window)
    while place > limit, places.count < Self.mostPlaces {
      if isExpected(base[place], after: use), base[place - 1] != 0x5C { places.append(place) }
      place -= 1
    }
    return places.reversed()
  }

  /// The first place after which the rest fits best, without the blanks before it.
  private func fittingEnd(_ places: [Int], _ use: StringUse) -> Int? {
    var best: (place: Int, outcome: RestScan.Outcome)?
    for place in places {
      var rest = RestScan(self, at: place)
      let outcome = rest.run(use == .key ? .afterKey : .afterValue)
      // Keys with colons, or a value that is followed properly, say enough if a fault comes later.
      let isLikely = use == .key ? rest.values > 0 : rest.keys > 0
      guard outcome > .fault || isLikely else { continue }
      if outcome >= .fits { return stringEnd(place) }
      if best.map({ outcome > $0.outcome }) ?? true { best = (place, outcome) }
    }
    return best.map { stringEnd($0.place) }
  }

  private func stringEnd(_ place: Int) -> Int { trimmed(0..<place) }

  /// Where a string ends whose line ends first: before punctuation on the line or at its end.
  private func endBeforeLine(_ start: Int, _ line: Int, _ use: StringUse) -> Int? {
    let end = stringEnd(line)
    var places = places(start, line, use)
    if use == .value, end > start + 1, !places.contains(end) { places.append(end) }
    for place in places {
      var rest = RestScan(self, at: place)
      let outcome = rest.run(use == .key ? .afterKey : .afterValue)
      guard rest.at > line || outcome == .complete else { continue }
      if outcome >= .fits || outcome == .fault && rest.keys > 0 { return stringEnd(place) }
    }
    return nil
  }

  /// Where the last string ends: before brackets that close everything.
  private func endBeforeTail(_ start: Int, _ use: StringUse) -> Int? {
    for place in places(start, count, use) {
      var rest = RestScan(self, at: place)
      guard rest.run(use == .key ? .afterKey : .afterValue) == .complete else { continue }
      if !isOpened(in: start..<place, by: base[place]) { return stringEnd(place) }
    }
    return nil
  }

  /// Whether a bracket closes one inside the string.
  private func isOpened(in range: Range<Int>, by closer: UInt8) -> Bool {
    guard Characters.isCloser(closer) else { return false }
    let opener: UInt8 = closer == 0x29 ? 0x28 : closer - 2
    var depth = 0
    for byte in text(range) {
      if byte == opener { depth += 1 }
      if byte == closer { depth = max(0, depth - 1) }
    }
    return depth > 0
  }

  // MARK: - A missing opening quote

  /// Reads a value whose opening quote is missing; false if it has no closing quote after which the
  /// rest fits.
  mutating func readUnopened(_ start: Int) -> Bool {
    guard let quote = nextQuote(start) else { return false }
    var rest = RestScan(self, at: quote + 1)
    let outcome = open.isEmpty && isEnd(quote + 1) ? .complete : rest.run(.afterValue)
    guard outcome >= .fits || outcome == .fault && rest.keys > 0 else { return false }
    readUnopened(start, quote, .value)
    return true
  }

  /// Reads a key whose opening quote is missing.
  mutating func readUnopenedKey(_ start: Int) -> Bool {
    guard let quote = nextQuote(start) else { return false }
    for byte in text(start..<quote) {
      switch byte {
      case 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D: return false
      default: break
      }
    }
    var rest = RestScan(self, at: quote + 1)
    guard rest.run(.afterKey) > .fault || rest.keys > 0 else { return false }
    beginElement()
    readUnopened(start, quote, .key)
    isMuted = false
    return true
  }

  private mutating func readUnopened(_ start: Int, _ quote: Int, _ use: StringUse) {
    report(
      .missingQuote, start..<start, use == .key ? .openingKey : .opening,
      subject: .bytes(start..<quote))
    mended.insert("\"", at: start)
    at = start
    readStringBody(start, use, stop: nil)
  }

  private func isEnd(_ place: Int) -> Bool { trimmed(place..<max(place, count)) == place }

  /// The next double quote on the line, not too far away.
  private mutating func nextQuote(_ start: Int) -> Int? {
    if nextQuoteOrLine < start {
      var place = start
      while place < count, base[place] != 0x22, base[place] != 0x0A, base[place] != 0x0D {
        place += 1
      }
      nextQuoteOrLine = place
    }
    let place = nextQuoteOrLine
    guard place < count, base[place] == 0x22, place - start <= Self.window else { return nil }
    return base[place - 1] == 0x5C ? nil : place
  }
}
