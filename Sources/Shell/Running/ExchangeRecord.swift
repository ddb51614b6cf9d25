import JSONRPC
import LosslessJSON
import Session
import View
import Wire

/// An exchange as one line of NDJSON, as `--json` writes it.
enum ExchangeRecord {
  /// The line, without a newline.
  static func line(_ exchange: Exchange) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    member("exchange", JSON(exchange.number), &writer)
    member("kind", JSON("\(exchange.kind)"), &writer)
    if let method = exchange.method { member("method", JSON(method), &writer) }
    if let id = exchange.ids.first, exchange.ids.count == 1 { member("id", id.json, &writer) }
    member("outcome", JSON(outcome(exchange)), &writer)
    if case .failed(let error) = exchange.ending {
      member("reason", JSON(Complaint(error).message), &writer)
    }
    reply(exchange, &writer)
    if let head = exchange.head { member("status", JSON(head.status), &writer) }
    if let seconds = exchange.duration?.seconds, let json = JSON(seconds) {
      member("seconds", json, &writer)
    }
    member("sent", JSON(exchange.request.count), &writer)
    member("received", JSON(exchange.replySize), &writer)
    if !exchange.findings.isEmpty { findings(exchange.findings, &writer) }
    writer.endObject()
    return writer.bytes
  }

  /// The line of text that is no message, without a newline.
  static func line(_ stray: Diagnostic) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    member("kind", JSON(stray.source == .stderr ? "stderr" : "stray"), &writer)
    member("body", JSON(String(decoding: stray.bytes, as: UTF8.self)), &writer)
    findings(stray.findings, &writer)
    writer.endObject()
    return writer.bytes
  }

  private static func member(_ name: String, _ value: JSON, _ writer: inout JSONWriter) {
    writer.key(name)
    // A value spelt over several lines would break the line.
    writer.value(value.bytes.contains(0x0A) || value.bytes.contains(0x0D) ? value.onOneLine : value)
  }

  private static func outcome(_ exchange: Exchange) -> String {
    switch exchange.ending {
    case .replied:
      if exchange.kind == .batch { return "replied" }
      if exchange.isToolError { return "tool error" }
      return exchange.response.map { $0.ok ? "ok" : "error" } ?? "malformed"
    case .sent: return "sent"
    case .received: return "received"
    case .timedOut: return "timed out"
    case .cancelled: return "cancelled"
    case .failed: return "failed"
    case .pending: return "pending"
    }
  }

  private static func reply(_ exchange: Exchange, _ writer: inout JSONWriter) {
    if exchange.kind == .batch, !exchange.responses.isEmpty {
      member("replies", JSON.array(exchange.responses.map(\.json)), &writer)
    } else if !exchange.isOwn, let message = exchange.messages.first?.json {
      member("message", message, &writer)
    } else if let response = exchange.response {
      switch response.outcome {
      case .result(let value): member("result", value, &writer)
      case .error(let error): member("error", error.json, &writer)
      }
    } else if let bytes = exchange.reply?.frame.bytes {
      member("body", JSON(String(decoding: bytes, as: UTF8.self)), &writer)
    }
  }

  private static func findings(_ findings: [Finding], _ writer: inout JSONWriter) {
    writer.key("findings")
    writer.beginArray()
    for finding in findings {
      writer.beginObject()
      member("rule", JSON(finding.rule), &writer)
      member("severity", JSON(finding.severity.rawValue), &writer)
      if let range = finding.range {
        member("byte", JSON(range.lowerBound), &writer)
        member("length", JSON(range.count), &writer)
      }
      member("message", JSON(finding.message), &writer)
      if !finding.hint.isEmpty { member("hint", JSON(finding.hint), &writer) }
      writer.endObject()
    }
    writer.endArray()
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
