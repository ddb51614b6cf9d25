import LosslessJSON
import Session

/// A filter made ready for the lines of a file: it looks at bytes, and reads a line as JSON only where
/// bytes do not tell.
struct LineFilter {
  /// What a line is found to be.
  enum Answer { case no, yes, ask }

  let filter: ExchangeFilter
  /// Texts that must stand in a line, as they are spelt in it.
  private let needles: [ByteNeedle]
  /// A line that holds bytes which are no UTF-8 does not spell them.
  private static let base64 = ByteNeedle(Array("{\"base64\":\"".utf8))

  init(_ filter: ExchangeFilter) {
    self.filter = filter
    needles = filter.terms.compactMap { term in
      guard case .text(let text) = term.test, !term.isNegated else { return nil }
      // Only what is spelt alike in any line helps to sort lines out.
      let isPlain = text.utf8.allSatisfy { $0 != 0x22 && $0 != 0x5C && $0 >= 0x20 }
      return isPlain && !text.isEmpty ? ByteNeedle(Array(text.utf8)) : nil
    }
  }

  var isEmpty: Bool { filter.isEmpty }

  /// What bytes alone tell of a line.
  func judge(_ line: UnsafeBufferPointer<UInt8>) -> Answer {
    if filter.isEmpty { return .yes }
    guard let summary = LineSummary(line) else { return .ask }
    var answer = Answer.yes
    for term in filter.terms {
      switch term.matches(summary, line) {
      case false?: return .no
      case nil: answer = .ask
      case true?: break
      }
    }
    if answer == .ask {
      for needle in needles where needle.first(in: line, from: summary.end) == nil {
        if Self.base64.first(in: line, from: summary.end) == nil, !isSpelled(line, summary) {
          return .no
        }
      }
    }
    return answer
  }

  /// Whether a header's name and value, which a line keeps apart, could make the text.
  private func isSpelled(_ line: UnsafeBufferPointer<UInt8>, _ summary: LineSummary) -> Bool {
    summary.http != nil && filter.texts.contains { $0.contains(": ") }
  }
}
