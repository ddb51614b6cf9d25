/// Text that was never meant to be JSON: a page, a log, a stack trace.
struct ForeignText {
  /// Its bytes.
  let range: Range<Int>
  /// What it is.
  let variant: Fault.Variant
  /// Where a value begins on a line of its own after all.
  private(set) var valueStart: Int?

  /// Looks at a text from its first byte that is not blank; nil if it may be JSON.
  init?(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) {
    let start = base + range.lowerBound
    let line = Self.line(start, range.count)
    guard let variant = Self.kind(line, start, range.count) else { return nil }
    self.range = range
    self.variant = variant
    switch variant {
    case .html, .xml, .markup, .binary: break
    default: valueStart = Self.findValue(base, range)
    }
  }

  /// The first line, or its beginning if it is long.
  private static func line(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
    let beginning = UnsafeBufferPointer(start: start, count: min(count, 300))
    return Array(beginning.prefix { $0 != 0x0A && $0 != 0x0D })
  }

  /// The beginning of the first line, quoted.
  func firstLine(_ base: UnsafePointer<UInt8>) -> String {
    let line = Self.line(base + range.lowerBound, range.count)
    return Characters.name(base + range.lowerBound, line.count)
  }

  private static func kind(
    _ line: [UInt8], _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> Fault.Variant? {
    if isBinary(start, count) { return .binary }
    guard let first = line.first else { return nil }
    switch first {
    case 0x3C: return markup(line)
    case 0x22, 0x27, 0x60, 0x7B, 0x2C, 0x7D, 0x5D: return nil
    case 0x28: return nil
    case 0x3A: return nil
    case 0x5B: return isLogBracket(line) ? .log : nil
    case 0x2D, 0x2B, 0x2E: return dashes(line)
    case 0x30...0x39: return startsLikeLog(line) ? .log : nil
    default: return words(line, start, count)
    }
  }

  private static func markup(_ line: [UInt8]) -> Fault.Variant {
    let text = String(decoding: line.prefix(40), as: UTF8.self).lowercased()
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return .html }
    if text.hasPrefix("<?xml") || text.hasPrefix("<soap") { return .xml }
    return .markup
  }

  /// `[INFO] text`, `[12:00:01] text`, but not `[1] 2` or `[a, b]`.
  private static func isLogBracket(_ line: [UInt8]) -> Bool {
    guard let end = line.firstIndex(of: 0x5D), end > 1, end < 64 else { return false }
    let inside = line[1..<end]
    if inside.contains(where: { [0x22, 0x27, 0x2C, 0x7B, 0x5B].contains($0) }) { return false }
    let rest = line[(end + 1)...]
    guard rest.first == 0x20 || rest.first == 0x3A || rest.first == 0x5B else { return false }
    return rest.contains { Characters.isLetter($0) }
      && inside.contains { Characters.isLetter($0) || $0 == 0x3A || $0 == 0x2E || $0 == 0x2F }
  }

  private static func dashes(_ line: [UInt8]) -> Fault.Variant? {
    guard line.count > 1 else { return nil }
    if line[0] == 0x2D, line[1] == 0x2D { return line.count == 3 ? .yaml : .words }
    if line[0] == 0x2D, line[1] == 0x20, line.count > 2, !Characters.isDigit(line[2]) {
      return .yaml
    }
    return nil
  }

  /// A date, a time or an address, and words after it.
  private static func startsLikeLog(_ line: [UInt8]) -> Bool {
    let token = line.prefix { $0 != 0x20 && $0 != 0x09 }
    let rest = line[token.endIndex...]
    let dashes = token.filter { [0x2D, 0x2E, 0x2F, 0x3A].contains($0) }
    return dashes.count > 1 && rest.contains { Characters.isLetter($0) || Characters.isDigit($0) }
  }

  private static func words(
    _ line: [UInt8], _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> Fault.Variant? {
    let first = line[0]
    if first >= 0x80 {
      return line.contains(0x20) && Quote(opening: start) == nil
        && UTF8Scan.length(start) > 0 && line.count > 8 ? .words : nil
    }
    guard Characters.isLetter(first) || first == 0x5F || first == 0x24 else { return .words }
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("Traceback (") || text.contains("Exception") || text.hasPrefix("panic:") {
      return .stackTrace
    }
    if text.lowercased().hasPrefix("content-length:") || text.hasPrefix("HTTP/") { return .headers }
    if text.hasPrefix("data:") || text.hasPrefix("event:") { return .eventStream }
    return sentence(line, start, count)
  }

  /// Whether words are more than one bare word that could be a value.
  private static func sentence(
    _ line: [UInt8], _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> Fault.Variant? {
    let word = line.prefix { Characters.isWord($0) || $0 >= 0x80 }
    let rest = line[word.endIndex...].drop { Characters.isBlank($0) }
    guard let next = rest.first else {
      // One word on the first line; on others may stand more.
      return word.count < 40 && !hasMore(start, line.count, count) ? nil : .words
    }
    switch WordKind(ArraySlice(word)) {
    case .other: break
    default: if !Characters.isLetter(next) && next != 0x3A { return nil }
    }
    if word.count < 3, Characters.isQuote(next), word.endIndex == rest.startIndex { return nil }
    if next == 0x28 || next == 0x3D && rest.dropFirst().first == 0x3E { return nil }
    if next == 0x3A {
      let isKey = rest.count == 1 || rest.dropFirst().first == 0x20
      return isLevel(word) ? .log : isKey ? .yaml : .words
    }
    return isLevel(word) ? .log : .words
  }

  private static func isLevel(_ word: ArraySlice<UInt8>) -> Bool {
    let levels = ["trace", "debug", "info", "warn", "warning", "error", "fatal", "critical"]
    return levels.contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  private static func hasMore(_ start: UnsafePointer<UInt8>, _ from: Int, _ count: Int) -> Bool {
    var place = from
    while place < count, Characters.isBlank(start[place]) { place += 1 }
    return place < count && start[place] != 0
  }

  /// Whether it begins with a control character that no text begins with, and has more of them.
  static func isBinary(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard start[0] >= 0x80 || (0x01..<0x20).contains(start[0]), UTF8Scan.length(start) == 0 else {
      return false
    }
    let beginning = UnsafeBufferPointer(start: start, count: min(count, 64))
    let odd = beginning.filter { $0 < 0x08 || (0x0E..<0x1B).contains($0) || $0 == 0x1F }
    return odd.count > 1
  }

  /// The first line that begins as objects of JSON do.
  private static func findValue(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    var place = range.lowerBound
    while place < range.upperBound {
      if base[place] == 0x0A || base[place] == 0x0D {
        let next = base[place + 1]
        if next == 0x7B, base[place + 2] == 0x22 { return place + 1 }
        if next == 0x5B, base[place + 2] == 0x7B, base[place + 3] == 0x22 { return place + 1 }
      }
      place += 1
    }
    return nil
  }
}
