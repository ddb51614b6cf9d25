import LosslessJSON
import Session

/// The summary at the head of an exchange's line, read byte by byte without an index or a copy.
///
/// Lines that another program has written anew, with blanks or in another order, are not understood
/// here: they are read as JSON instead.
struct LineSummary {
  var number = 0
  var at = 0.0
  var isIncoming = false
  var kind = Exchange.Kind.call
  /// The method between its quotes, if there is one.
  var method: Range<Int>?
  /// What is between the brackets.
  var ids = 0..<0
  var status = ExchangeStatus.ok
  var code: Int?
  var http: Int?
  /// In microseconds.
  var took: Int?
  var sent = 0
  var got = 0
  var worst: Finding.Severity?
  /// What is between the brackets.
  var rules = 0..<0
  /// Where the rest of the line begins.
  var end = 0

  /// Reads the head of a line; nil if it is not as this program writes it.
  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var cursor = Cursor(line)
    guard cursor.take("{\"n\":"), let number = cursor.int(), cursor.take(",\"at\":"),
      let at = cursor.micros(), cursor.take(",\"dir\":\""), let dir = cursor.word(),
      cursor.take(",\"kind\":\""), let kind = cursor.word(),
      let kind = Self.kinds[line[kind].count * 256 + Int(line[kind.lowerBound])],
      cursor.take(",\"method\":")
    else { return nil }
    self.number = number
    self.at = Double(at) / 1e6
    isIncoming = dir.count == 2
    self.kind = kind
    guard cursor.stringOrNull(&method), cursor.take(",\"ids\":["), let ids = cursor.list(),
      cursor.take(",\"status\":\""), let status = cursor.word(),
      let status = ExchangeStatus(bytes: line[status]), cursor.take(",\"code\":"),
      cursor.intOrNull(&code), cursor.take(",\"http\":"), cursor.intOrNull(&http),
      cursor.take(",\"took\":")
    else { return nil }
    self.ids = ids
    self.status = status
    if !cursor.take("null") {
      guard let micros = cursor.micros() else { return nil }
      took = micros
    }
    guard cursor.take(",\"sent\":"), let sent = cursor.int(), cursor.take(",\"got\":"),
      let got = cursor.int(), cursor.take(",\"worst\":")
    else { return nil }
    self.sent = sent
    self.got = got
    if !cursor.take("null") {
      guard cursor.take("\""), let word = cursor.word() else { return nil }
      worst = Finding.Severity(rawValue: String(decoding: line[word], as: UTF8.self))
    }
    guard cursor.take(",\"rules\":["), let rules = cursor.list() else { return nil }
    self.rules = rules
    end = cursor.at
  }

  /// The kinds by the length of their names and their first letter.
  private static let kinds: [Int: Exchange.Kind] = {
    var kinds: [Int: Exchange.Kind] = [:]
    for kind in Exchange.Kind.all {
      let word = Array(kind.word.utf8)
      kinds[word.count * 256 + Int(word[0])] = kind
    }
    return kinds
  }()

  private struct Cursor {
    let line: UnsafeBufferPointer<UInt8>
    var at = 0

    init(_ line: UnsafeBufferPointer<UInt8>) { self.line = line }

    mutating func take(_ text: StaticString) -> Bool {
      let count = text.utf8CodeUnitCount
      guard at + count <= line.count else { return false }
      for offset in 0..<count where line[at + offset] != text.utf8Start[offset] { return false }
      at += count
      return true
    }

    mutating func int() -> Int? {
      let isNegative = at < line.count && line[at] == 0x2D
      if isNegative { at += 1 }
      let start = at
      var value = 0
      while at < line.count, case let digit = line[at] &- 0x30, digit < 10, at - start < 18 {
        value = value * 10 + Int(digit)
        at += 1
      }
      return at == start ? nil : isNegative ? -value : value
    }

    /// A number with six decimals, as millionths.
    mutating func micros() -> Int? {
      let isNegative = at < line.count && line[at] == 0x2D
      guard let whole = int(), at < line.count, line[at] == 0x2E else { return nil }
      at += 1
      let start = at
      guard let part = int(), at - start == 6 else { return nil }
      return whole * 1_000_000 + (isNegative ? -part : part)
    }

    mutating func intOrNull(_ value: inout Int?) -> Bool {
      if take("null") { return true }
      value = int()
      return value != nil
    }

    /// What is left of a string, without escapes.
    mutating func word() -> Range<Int>? {
      let start = at
      while at < line.count, line[at] != 0x22 {
        if line[at] == 0x5C { return nil }
        at += 1
      }
      guard at < line.count, at > start else { return nil }
      at += 1
      return start..<(at - 1)
    }

    mutating func stringOrNull(_ value: inout Range<Int>?) -> Bool {
      if take("null") { return true }
      guard take("\"") else { return false }
      let start = at
      while at < line.count, line[at] != 0x22 { at += line[at] == 0x5C ? 2 : 1 }
      guard at < line.count else { return false }
      value = start..<at
      at += 1
      return true
    }

    /// What is left of a list, up to its bracket.
    mutating func list() -> Range<Int>? {
      let start = at
      var depth = 1
      while at < line.count {
        switch line[at] {
        case 0x22:
          at += 1
          while at < line.count, line[at] != 0x22 { at += line[at] == 0x5C ? 2 : 1 }
        case 0x5B, 0x7B: depth += 1
        case 0x5D, 0x7D: depth -= 1
        default: break
        }
        at += 1
        if depth == 0 { return start..<(at - 1) }
      }
      return nil
    }
  }
}

extension ExchangeStatus {
  /// The status of that name.
  init?(bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    switch (bytes.count, bytes.first) {
    case (2, _): self = .ok
    case (5, _): self = .error
    case (4, _): self = .sent
    default:
      guard let status = ExchangeStatus(rawValue: String(decoding: bytes, as: UTF8.self)) else {
        return nil
      }
      self = status
    }
  }
}
