import LosslessJSON
import Recording
import Session
import Terminal
import View

/// A file of another program that holds whole exchanges (HAR, a trace of curl's, a recording), inspected
/// exchange by exchange.
struct InspectedSession {
  private let session: ImportedSession
  private let name: String

  /// Reads a file of such a kind; nil if it is none, and its messages are to be found in the text.
  init?(_ bytes: [UInt8], source name: String) throws(Complaint) {
    guard let kind = RecordingSources.source(of: bytes), RecordingSources.holdsExchanges(kind)
    else {
      return nil
    }
    self.name = name
    session = try Complaint.wrapping { () throws(RecordingError) in
      try kind.read(bytes, path: name)
    }
  }

  private var exchanges: [Exchange] { session.exchanges.map(\.exchange) }
  private var findings: [Finding] { exchanges.flatMap(\.findings) }

  /// Whether a client would fail.
  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// Shows what is wrong or odd.
  func show(on screen: Screen) {
    let count = exchanges.count == 1 ? "one exchange" : "\(exchanges.count) exchanges"
    screen.note(
      StyledText(SafeText.escape("\(name): read as \(session.source), \(count)"), .note))
    for note in session.notes { screen.note(StyledText(SafeText.escape(note), .note)) }
    var text = RecordedText(width: screen.width, isTerminal: true)
    for exchange in exchanges where exchange.findings.contains(where: { $0.severity != .note }) {
      screen.show(StyledText(lines: text.lines(exchange)))
    }
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count { $0.severity == .warning }
    let role: Role = errors > 0 ? .error : warnings > 0 ? .warning : .success
    screen.show(
      StyledText(Self.words(errors, "error"), role)
        + StyledText(", \(Self.words(warnings, "warning")) in \(count)"))
  }

  private static func words(_ count: Int, _ noun: String) -> String {
    count == 0 ? "no \(noun)s" : count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  /// A line of JSON for each finding.
  var lines: [UInt8] {
    var lines: [UInt8] = []
    for exchange in exchanges {
      for finding in exchange.findings { lines += line(finding, of: exchange) + [0x0A] }
    }
    return lines
  }

  private func line(_ finding: Finding, of exchange: Exchange) -> [UInt8] {
    var writer = JSONWriter()
    func member(_ name: String, _ value: JSON) {
      writer.key(name)
      writer.value(value)
    }
    writer.beginObject()
    member("file", JSON(name))
    member("exchange", JSON(exchange.number))
    if let method = exchange.method { member("method", JSON(method)) }
    member("rule", JSON(finding.rule))
    member("severity", JSON(finding.severity.rawValue))
    if let range = finding.range, finding.evidence == nil {
      member("byte", JSON(range.lowerBound))
      member("length", JSON(range.count))
    }
    member("message", JSON(finding.message))
    if !finding.hint.isEmpty { member("hint", JSON(finding.hint)) }
    if !finding.section.isEmpty { member("section", JSON(finding.section)) }
    writer.endObject()
    return writer.bytes
  }
}
