/// Finds secrets in any text, well-formed or not: JSON, broken JSON, JSON inside a JSON string,
/// header lines, command lines, words on standard error.
///
/// It looks for names followed by `:` or `=` and a value rather than reading the text as JSON, so a
/// missing bracket or quote anywhere else changes nothing.
struct SecretScanner {
  /// A secret in the text.
  struct Hit: Equatable {
    /// Its bytes, without quotes.
    var range: Range<Int>
    /// What it is called.
    var name: String
    /// Whether it stands where JSON needs a string and has no quotes (a number).
    var needsQuotes = false
    /// How many backslashes stand before each quote around it.
    var slashes = 0
  }

  let text: UnsafeBufferPointer<UInt8>
  let names: SecretName
  var hits: [Hit] = []
  /// Whether `token` is a name of progress here, not of a secret (LSP).
  private lazy var isProgress = Self.progress.contains { $0.first(in: text) != nil }

  private static let progress = [
    ByteNeedle(Array("$/progress".utf8)), ByteNeedle(Array("workDoneProgress".utf8)),
  ]
  /// Longer runs of letters are no names.
  private static let longestName = 64

  init(_ text: UnsafeBufferPointer<UInt8>, _ names: SecretName) {
    self.text = text
    self.names = names
  }

  /// The secrets of a text, in order.
  static func hits(in text: UnsafeBufferPointer<UInt8>, _ names: SecretName) -> [Hit] {
    var scanner = SecretScanner(text, names)
    scanner.scan()
    return scanner.hits
  }

  private mutating func scan() {
    var at = 0
    while at < text.count {
      let start = at
      while at < text.count, Self.isNameByte[Int(text[at])] { at += 1 }
      if at == start {
        at = text[at] == 0x3A ? url(at) : at + 1
        continue
      }
      at = word(start..<at)
    }
  }

  /// Looks at a run of letters; returns where to go on.
  private mutating func word(_ run: Range<Int>) -> Int {
    if let end = knownShape(run) { return end }
    guard run.upperBound < text.count, run.count <= Self.longestName else { return run.upperBound }
    switch text[run.upperBound] {
    case 0x22, 0x27, 0x5C, 0x3A, 0x3D, 0x20, 0x09: return named(run) ?? run.upperBound
    default: return run.upperBound
    }
  }

  // MARK: - Names with values

  /// Looks at what follows a possible name; returns where to go on if it was one with a value.
  private mutating func named(_ run: Range<Int>) -> Int? {
    var at = run.upperBound
    let quote = closingQuote(at)
    if let quote { at = quote.end }
    let isQuoted = quote != nil && isOpened(run.lowerBound)
    let afterName = at
    at = skipBlanks(at, newlines: isQuoted)
    guard at < text.count else { return nil }
    let mark = text[at]
    guard mark == 0x3A || mark == 0x3D else {
      return isOption(run) && at > afterName && quote == nil ? option(run, at) : nil
    }
    // `token:…` at the start of a string, or typed as a word, is how aria2 takes its secret.
    if quote == nil, mark == 0x3A, at == run.upperBound {
      if isOpened(run.lowerBound), let end = prefixed(run, at + 1) { return end }
      if isWord(run.lowerBound), let end = prefixedWord(run, at + 1) { return end }
    }
    let verdict = verdict(run)
    if case .plain = verdict { return nil }
    at += 1
    if at < text.count, text[at] == 0x3E || text[at] == 0x3D { at += 1 }
    let separated = at
    at = skipBlanks(at, newlines: isQuoted)
    guard at < text.count else { return nil }
    let value = Value(
      name: name(run), verdict: verdict, isQuotedName: isQuoted, isAssigned: mark == 0x3D,
      isTight: at == separated)
    return take(value, at)
  }

  private struct Value {
    let name: String
    let verdict: SecretName.Verdict
    let isQuotedName: Bool
    let isAssigned: Bool
    let isTight: Bool
  }

  private mutating func verdict(_ run: Range<Int>) -> SecretName.Verdict {
    guard Self.mayBeSecret(text, run) || !names.isBuiltIn else { return .plain }
    let verdict = names.verdict(Array(text[run]))
    if case .secretText = verdict, run.count == 5, isProgress { return .plain }
    return verdict
  }

  private func name(_ run: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: text[run]), as: UTF8.self)
  }

  private mutating func take(_ value: Value, _ at: Int) -> Int? {
    if let open = openingQuote(at) {
      let end = stringEnd(open.start, slashes: open.slashes, quote: open.quote)
      if isSingleColonProse(value, end - open.start) { return nil }
      add(open.start..<end, value.name, slashes: open.slashes)
      return end
    }
    switch text[at] {
    case 0x7B, 0x5B:
      guard value.isQuotedName, case .secretContainer = value.verdict else { return nil }
      return container(at, value.name)
    default: return bare(value, at)
    }
  }

  /// Whether it is rather a sentence: `unexpected token: "}"`.
  private func isSingleColonProse(_ value: Value, _ count: Int) -> Bool {
    !value.isQuotedName && !value.isAssigned && count < 3
  }

  /// Takes a value without quotes.
  private mutating func bare(_ value: Value, _ start: Int) -> Int? {
    var end = start
    while end < text.count, !Self.endsBare[Int(text[end])] { end += 1 }
    let run = start..<end
    let isNumber = run.allSatisfy {
      (0x30...0x39).contains(text[$0]) || text[$0] == 0x2D || text[$0] == 0x2E
    }
    if value.isQuotedName {
      if run.isEmpty || isLiteral(run) { return nil }
      if case .secretText = value.verdict, isNumber { return nil }
      let quote = text[start - 1] == 0x5C ? 0 : slashesOfName(before: start)
      add(run, value.name, needsQuotes: true, slashes: quote)
      return end
    }
    if isLiteral(run) { return nil }
    if let behind = credentials(behind: run) {
      add(behind, value.name)
      return behind.upperBound
    }
    if value.isAssigned, value.isTight || looksSecret(run) {
      guard run.count >= 4 || !isNumber && run.count > 1 else { return nil }
      add(run, value.name)
      return end
    }
    guard looksSecret(run) else { return nil }
    add(run, value.name)
    return end
  }

  /// How many backslashes stand before the quotes of the name whose value begins there.
  private func slashesOfName(before start: Int) -> Int {
    var at = start - 1
    while at > 0, text[at] != 0x22, text[at] != 0x27 { at -= 1 }
    var count = 0
    while at - count - 1 >= 0, text[at - count - 1] == 0x5C { count += 1 }
    return count
  }

  /// Takes every string in an object or an array, keys apart.
  private mutating func container(_ start: Int, _ name: String) -> Int {
    var depth = 0
    var at = start
    while at < text.count {
      switch text[at] {
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        if depth == 0 { return at + 1 }
      case 0x22, 0x27, 0x5C:
        if let open = openingQuote(at) {
          let end = stringEnd(open.start, slashes: open.slashes, quote: open.quote)
          let close = closingQuote(end)?.end ?? end
          let after = skipBlanks(close, newlines: true)
          if after >= text.count || text[after] != 0x3A {
            add(open.start..<end, name, slashes: open.slashes)
          }
          at = max(close, at + 1)
          continue
        }
      default: break
      }
      at += 1
    }
    return at
  }

  /// Takes the rest of a string that begins with `token:`.
  private mutating func prefixed(_ run: Range<Int>, _ start: Int) -> Int? {
    guard name(run).lowercased() == "token", start < text.count, text[start] > 0x20 else {
      return nil
    }
    let slashes = run.lowerBound >= 1 ? backslashes(before: run.lowerBound - 1) : 0
    let end = stringEnd(start, slashes: slashes, quote: text[run.lowerBound - 1])
    guard end > start else { return nil }
    add(start..<end, "token")
    return end
  }

  /// Takes the rest of a word that begins with `token:`.
  private mutating func prefixedWord(_ run: Range<Int>, _ start: Int) -> Int? {
    guard name(run) == "token" else { return nil }
    var end = start
    while end < text.count, !Self.endsBare[Int(text[end])] { end += 1 }
    guard end - start >= 3 else { return nil }
    add(start..<end, "token")
    return end
  }

  private func isWord(_ start: Int) -> Bool { start == 0 || text[start - 1] == 0x20 }

  /// Takes the word after an option such as `--password`.
  private mutating func option(_ run: Range<Int>, _ start: Int) -> Int? {
    guard case .plain = verdict(run) else {
      if text[start] == 0x2D { return nil }
      let value = Value(
        name: name(run), verdict: .secret, isQuotedName: false, isAssigned: true, isTight: true)
      return take(value, start)
    }
    return nil
  }

  private func isOption(_ run: Range<Int>) -> Bool {
    run.count > 3 && text[run.lowerBound] == 0x2D && text[run.lowerBound + 1] == 0x2D
  }

  mutating func add(
    _ range: Range<Int>, _ name: String, needsQuotes: Bool = false, slashes: Int = 0
  ) {
    var range = range
    if !needsQuotes { range = withoutScheme(range) }
    if range.isEmpty || SecretMask.isMask(text, range) { return }
    hits.append(Hit(range: range, name: name, needsQuotes: needsQuotes, slashes: slashes))
  }

  /// Leaves `Bearer ` and the like readable.
  private func withoutScheme(_ range: Range<Int>) -> Range<Int> {
    guard let blank = range.prefix(20).first(where: { text[$0] == 0x20 }) else { return range }
    let scheme = name(range.lowerBound..<blank).lowercased()
    guard Self.schemes.contains(scheme), blank + 1 < range.upperBound else { return range }
    return (blank + 1)..<range.upperBound
  }

  static let schemes: Set<String> = [
    "bearer", "basic", "digest", "token", "apikey", "negotiate", "ntlm", "hawk",
  ]
}
