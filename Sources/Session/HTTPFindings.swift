import JSONRPC
import LosslessJSON
import Wire

/// What is wrong with a reply as HTTP, told when its exchange ends.
enum HTTPFindings {
  /// The findings of an exchange over HTTP; none for probes and for what the user gave up.
  static func of(
    _ item: Conversation.Pending, url: String, _ dialect: any Dialect
  ) -> [Finding] {
    let exchange = item.exchange
    guard exchange.purpose == .ordinary, exchange.ending != .cancelled else { return [] }
    let body = exchange.messages.first { $0.frame.kind == .body }
    let reply = HTTPReply(
      head: exchange.head, body: body?.frame.bytes ?? [],
      events: exchange.messages.count { $0.frame.kind != .body }, content: content(of: exchange),
      wire: exchange.wire, error: error(of: exchange), isReplyDue: item.awaits != .nothing,
      expectsEvents: dialect is MCPDialect, url: url, verb: item.verb)
    return HTTPCheck.findings(of: reply)
  }

  private static func content(of exchange: Exchange) -> HTTPReply.Content {
    guard let received = exchange.reply else { return .notJSON }
    guard let json = received.json else {
      // A reply that can be read, if with mistakes, is none of a page or of plain text.
      if case .response = received.message { return .json }
      return .notJSON
    }
    switch received.message {
    case .response?: return .jsonRPC
    case .batch?: return !json.isEmpty ? .jsonRPC : .json
    default: return .json
    }
  }

  private static func error(of exchange: Exchange) -> WireError? {
    switch exchange.ending {
    case .failed(let error): error
    case .timedOut(let after): .timedOut(after: after)
    default: nil
    }
  }

  /// Whether what was found says all there is to say, because the body is no JSON at all.
  static func explainAll(_ exchange: Exchange) -> Bool {
    let found = exchange.findings.contains { $0.rule.hasPrefix("http.") && $0.severity == .error }
    guard found else { return false }
    let body = exchange.reply?.frame.bytes ?? []
    let first = body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return exchange.response == nil && first != 0x7B && first != 0x5B
  }
}
