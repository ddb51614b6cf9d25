import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal
import View
import Wire

/// What is shown of an exchange beside its result.
extension Interpreter {
  /// `(200 OK, 1.2 ms, 41 B)` where no log line tells it.
  func showFacts(_ exchange: Exchange, _ text: ExchangeText) {
    if screen.isInteractive, settings.value.log != .on {
      screen.note(StyledText("(\(text.facts(exchange)))", .dim))
    }
  }

  func showBatch(_ exchange: Exchange) {
    var table = StyledText()
    for (place, line) in BatchTable.lines(exchange, width: screen.width).enumerated() {
      if place > 0 { table.append("\n") }
      table.append(line)
    }
    screen.show(table)
    showFacts(exchange, ExchangeText(width: screen.width))
  }

  /// Shows a reply that is no JSON-RPC, as far as its findings and the log line do not.
  func showMalformed(_ exchange: Exchange, _ text: ExchangeText) {
    let errors = exchange.findings.filter { $0.severity == .error }
    let isTold = errors.contains { $0.rule.hasPrefix("http.") }
    guard let reply = exchange.reply, !reply.frame.bytes.isEmpty else {
      if exchange.kind == .notification {
        showFacts(exchange, text)
      } else if !isTold {
        let status = exchange.head.map { " (\($0.status) \($0.reason))" } ?? ""
        screen.note(
          Complaint(
            "the reply has no body\(status)",
            hint: exchange.head == nil ? "" : "the server may have taken it for a notification"
          ).text)
      }
      return
    }
    if let head = exchange.head, head.status == 409, isShell,
      let id = head.header("x-transmission-session-id")
    {
      let line = "`.set header 'X-Transmission-Session-Id: \(SafeText.escape(id))'`"
      screen.note(StyledText("  hint: it wants the id that it sent: \(line)", .hint))
    }
  }

  /// Shows a reply that is no JSON-RPC where no finding points into it.
  func showUnplaced(_ exchange: Exchange) {
    guard let reply = exchange.reply, !reply.frame.bytes.isEmpty,
      reply.isBroken || exchange.response == nil, exchange.responses.isEmpty
    else { return }
    // The log line above has it whole unless it is long, and findings show their place in it.
    let isShown = exchange.findings.contains {
      $0.severity == .error && $0.range != nil && $0.evidence == nil
    }
    if !isShown, !isLogged || reply.frame.bytes.count > 160 {
      screen.note(excerpt(reply.frame.bytes))
    }
  }

  func excerpt(_ bytes: [UInt8]) -> StyledText {
    let lines = JSONText.raw(bytes, limit: 800).lines
    var text = StyledText()
    for (place, line) in lines.prefix(12).enumerated() {
      if place > 0 { text.append("\n") }
      text.append("  | ", .dim)
      text.append(line)
    }
    if lines.count > 12 || bytes.count > 800, screen.isInteractive {
      text.append("\n  `.last raw` shows all \(Units.text(bytes: bytes.count))", .hint)
    }
    return text
  }
}
