import JSONRPC
import LosslessJSON
import Session
import Wire

/// A document for people, as an issue or a page of documentation takes it.
public enum MarkdownExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "markdown" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "md" }
  /// One line about it.
  public static var summary: String { "a document to read (bytes that are no text spelt out)" }

  /// The document.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var text = FileText()
    text.line("# \(escaped(session.header.target.isEmpty ? "Session" : session.header.target))")
    text.line()
    text.line(
      "\(session.exchanges.count) exchanges, recorded by \(escaped(session.header.program))"
        + (session.header.startedAt > 0 ? " on \(CivilTime(session.header.startedAt).text)" : "")
        + ".")
    for exchange in session.exchanges.map(\.exchange) { write(exchange, &text) }
    return text.bytes
  }

  private static func write(_ exchange: Exchange, _ text: inout FileText) {
    text.line()
    text.line("## \(exchange.number) \(escaped(exchange.method ?? exchange.kind.word))")
    text.line()
    var facts = [ExchangeStatus(exchange).rawValue]
    if let head = exchange.head { facts.append("HTTP \(head.status) \(escaped(head.reason))") }
    if let took = exchange.duration { facts.append("\(Double(took.micros) / 1000) ms") }
    text.line(facts.joined(separator: ", "))
    if !exchange.request.isEmpty, !exchange.kind.isIncoming {
      block("Request", exchange.request, &text)
    }
    for received in exchange.messages {
      block(exchange.kind.isIncoming ? "From the server" : "Reply", received.frame.bytes, &text)
    }
    if let answer = exchange.answer { block("Answer", answer, &text) }
    if !exchange.stderr.isEmpty { block("Standard error", exchange.stderr, &text) }
    if exchange.findings.isEmpty { return }
    text.line()
    for finding in exchange.findings {
      text.line("- **\(finding.severity.rawValue)** `\(finding.rule)`: \(escaped(finding.message))")
    }
  }

  private static func block(_ title: String, _ bytes: [UInt8], _ text: inout FileText) {
    let json = try? JSON(reading: bytes)
    let shown = VisibleText.text(json.map { JSONFormatter().bytes($0) } ?? bytes)
    // A fence longer than any in the text.
    let longest = shown.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    text.line()
    text.line("\(title):")
    text.line()
    text.line(fence + (json == nil ? "" : "json"))
    text.line(shown)
    text.line(fence)
  }

  /// A text without what Markdown would take for marks, on one line.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for letter in VisibleText.text(CurlExport.oneLine(text)) {
      if "\\`*_{}[]<>()#+!|&".contains(letter) { escaped.append("\\") }
      escaped.append(letter)
    }
    return escaped
  }
}
