import JSONRPC
import LosslessJSON
public import Session
import Wire

extension ExchangeFilter {
  /// Whether a live exchange passes.
  public func matches(_ exchange: Exchange) -> Bool {
    terms.allSatisfy { $0.matches(exchange) }
  }

  /// Whether the filter asks for text, which the summary of a line does not tell.
  var texts: [String] {
    terms.compactMap { if case .text(let text) = $0.test { text } else { nil } }
  }
}

extension ExchangeFilter.Term {
  /// Whether a live exchange passes.
  func matches(_ exchange: Exchange) -> Bool { holds(exchange) != isNegated }

  private func holds(_ exchange: Exchange) -> Bool {
    switch test {
    case .method(let globs):
      guard let method = exchange.method else { return false }
      return globs.contains { $0.matches(Array(method.utf8)) }
    case .status(let wanted):
      return Self.covers(wanted, ExchangeStatus(exchange), exchange.worstFinding)
    case .incoming(let wanted): return exchange.kind.isIncoming == wanted
    case .kind(let kinds): return kinds.contains(exchange.kind)
    case .id(let wanted):
      return exchange.ids.contains { id in
        wanted.contains(id.json.text) || id.json.string.map(wanted.contains) ?? false
      }
    case .finding(let globs):
      return exchange.findings.contains { Self.covers(globs, rule: Array($0.rule.utf8)) }
    case .worst(let severity): return Self.isAtLeast(severity, exchange.worstFinding)
    case .code(let codes): return exchange.response?.code.map(codes.contains) ?? false
    case .http(let ranges):
      return exchange.head.map { head in ranges.contains { $0.contains(head.status) } } ?? false
    case .slower(let limit): return exchange.duration.map { $0 > limit } ?? false
    case .faster(let limit): return exchange.duration.map { $0 < limit } ?? false
    case .larger(let size): return exchange.request.count + exchange.replySize > size
    case .since(let time): return exchange.startedAt >= time
    case .until(let time): return exchange.startedAt < time
    case .number(let range): return range.contains(exchange.number)
    case .text(let text): return exchange.holds(ByteNeedle(Array(text.utf8)))
    }
  }

  /// Whether the summary of a line passes; nil if only the whole exchange tells.
  func matches(_ summary: LineSummary, _ line: UnsafeBufferPointer<UInt8>) -> Bool? {
    holds(summary, line).map { $0 != isNegated }
  }

  private func holds(_ summary: LineSummary, _ line: UnsafeBufferPointer<UInt8>) -> Bool? {
    switch test {
    case .method(let globs):
      guard let range = summary.method else { return false }
      if line[range].contains(0x5C) { return nil }
      return globs.contains { $0.matches(line[range]) }
    case .status(let wanted): return Self.covers(wanted, summary.status, summary.worst)
    case .incoming(let wanted): return summary.isIncoming == wanted
    case .kind(let kinds): return kinds.contains(summary.kind)
    case .id(let wanted):
      let list = line[summary.ids]
      if list.isEmpty { return false }
      // One plain number or string; of anything else the whole exchange tells.
      if list.contains(where: { $0 == 0x2C || $0 == 0x5C }) { return nil }
      let isString = list.first == 0x22
      let bare = isString ? list.dropFirst().dropLast() : list
      return wanted.contains { word in
        bare.elementsEqual(word.utf8) || isString && list.elementsEqual(word.utf8)
      }
    case .finding(let globs):
      if summary.rules.isEmpty { return false }
      return line[summary.rules].split(separator: 0x2C).contains { quoted in
        Self.covers(globs, rule: Array(quoted.dropFirst().dropLast()))
      }
    case .worst(let severity): return Self.isAtLeast(severity, summary.worst)
    case .code(let codes): return summary.code.map(codes.contains) ?? false
    case .http(let ranges):
      return summary.http.map { status in ranges.contains { $0.contains(status) } } ?? false
    case .slower(let limit): return summary.took.map { $0 > limit.micros } ?? false
    case .faster(let limit): return summary.took.map { $0 < limit.micros } ?? false
    case .larger(let size): return summary.sent + summary.got > size
    case .since(let time): return summary.at >= time
    case .until(let time): return summary.at < time
    case .number(let range): return range.contains(summary.number)
    case .text: return nil
    }
  }

  private static let invalid = ExchangeStatus.invalid.ordinal

  /// `invalid` is also what has an error among its findings, whatever came.
  private static func covers(
    _ wanted: Set<ExchangeStatus>, _ status: ExchangeStatus, _ worst: Finding.Severity?
  ) -> Bool {
    wanted.contains { one in
      one.ordinal == status.ordinal || worst == .error && one.ordinal == Self.invalid
    }
  }

  private static func isAtLeast(_ wanted: Finding.Severity, _ worst: Finding.Severity?) -> Bool {
    switch (wanted, worst) {
    case (_, nil): false
    case (.note, _), (_, .error): true
    case (.warning, .warning): true
    default: false
    }
  }

  private static func covers(_ globs: [Glob], rule: [UInt8]) -> Bool {
    let short = rule.firstIndex(of: 0x2E).map { rule[($0 + 1)...] } ?? rule[...]
    return globs.contains { $0.matches(rule) || $0.matches(short) }
  }
}

extension Exchange {
  /// Whether the text stands in what was exchanged.
  func holds(_ needle: ByteNeedle) -> Bool {
    if needle.isIn(request) || needle.isIn(stderr) { return true }
    if let answer, needle.isIn(answer) { return true }
    if messages.contains(where: { needle.isIn($0.frame.bytes) }) { return true }
    return head?.headers.contains { field in
      needle.isIn(Array("\(field.name): \(field.value)".utf8))
    } ?? false
  }
}
