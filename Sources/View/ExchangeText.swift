public import JSONRPC
public import LosslessJSON
public import Session
public import Terminal
import Wire

/// An exchange as text: the log lines, the result, the error.
public struct ExchangeText: Sendable {
  /// Columns to fill.
  public var width: Int
  /// The most lines of a result that are shown.
  public var maxLines: Int
  /// The most bytes of a message that a log line shows.
  public var maxLogBytes: Int
  /// The most bytes of a single string or number of a result that are shown.
  public var maxTokenBytes: Int

  /// Text for a screen of that width.
  public init(
    width: Int, maxLines: Int = .max, maxLogBytes: Int = .max, maxTokenBytes: Int = .max
  ) {
    self.width = width
    self.maxLines = maxLines
    self.maxLogBytes = maxLogBytes
    self.maxTokenBytes = maxTokenBytes
  }

  // MARK: - Log lines

  /// `--> {request}`
  public func sent(_ bytes: [UInt8]) -> StyledText {
    StyledText("--> ", .outgoing) + JSONText.line(bytes, limit: maxLogBytes)
  }

  /// `<-- {message} (200 OK, 1.2 ms, 41 B)`
  public func received(_ message: ReceivedMessage, of exchange: Exchange) -> StyledText {
    var line = StyledText("<-- ", .incoming)
    line.append(JSONText.line(message.frame.bytes, limit: maxLogBytes))
    line.append(" (\(facts(exchange)))", .dim)
    return line
  }

  /// What is known besides the text: `200 OK, 1.2 ms, 41 B`.
  public func facts(_ exchange: Exchange) -> String {
    var facts: [String] = []
    if let head = exchange.head {
      facts.append(SafeText.escape("\(head.status) \(head.reason)".trimmedEnd))
    }
    if let duration = exchange.duration { facts.append(Units.text(duration)) }
    if !exchange.messages.isEmpty { facts.append(Units.text(bytes: exchange.replySize)) }
    let events = exchange.messages.filter { if case .event = $0.frame.kind { true } else { false } }
    if events.count > 1 { facts.append("\(events.count) events") }
    return facts.joined(separator: ", ")
  }

  // MARK: - Outcomes

  /// A result laid out, and a word if lines were left out.
  ///
  /// `name` is what the commands that show the rest call the exchange: `.last`, `.show 7`.
  public func result(_ value: JSON, name: String = ".last") -> StyledText {
    let (text, omitted) = JSONText.pretty(
      value, width: width, maxLines: maxLines, maxTokenBytes: maxTokenBytes)
    if omitted == 0 { return text }
    let count = Units.text(count: omitted)
    return text
      + StyledText(
        "\n… \(count) more lines; `\(name) all` shows them, `\(name) > FILE` keeps them", .dim)
  }

  /// An error reply: code, message, and the data laid out below.
  public func error(_ error: ErrorObject) -> StyledText {
    var text = StyledText("error", .error)
    if let code = error.codeText {
      text.append(" \(SafeText.escape(code))", .error)
      let name = error.code.flatMap { ErrorCode(rawValue: $0).name }
      let isTold = error.message?.lowercased().hasPrefix(name?.lowercased() ?? "") ?? false
      if let name, !isTold { text.append(" (\(name))", .error) }
    }
    if let message = error.message, !message.isEmpty {
      text.append(": ", .error)
      // Further lines are set in, so that none of them can pass for one of ours.
      for (place, line) in message.split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline
      ).enumerated() {
        if place > 0 { text.append("\n  ") }
        text.append(SafeText.escape(String(line), .keepTabs), .strong)
      }
    }
    let isWhole = error.message != nil || error.json.kind == .null
    if let data = isWhole ? error.data : error.json {
      text.append("\n")
      text.append(
        indented(
          JSONText.pretty(
            data, width: width - 2, maxLines: maxLines, maxTokenBytes: maxTokenBytes
          ).text))
    }
    return text
  }

  private func indented(_ text: StyledText) -> StyledText {
    var result = StyledText()
    for (place, line) in text.lines.enumerated() {
      if place > 0 { result.append("\n") }
      result.append("  ")
      result.append(line)
    }
    return result
  }

  // MARK: - Messages from the server

  private static func words(_ exchange: Exchange) -> String {
    switch exchange.answeredBy {
    case .canned: "the answer that lay ready"
    case .refusal:
      "nobody was asked; --answer '\(SafeText.escape(exchange.method ?? ""))=VALUE' would answer"
    case .user: "answered"
    case .dialect, nil: "answered by the dialect"
    }
  }

  /// A message that came unasked: a notification, a request, a stray reply.
  public func unasked(_ exchange: Exchange) -> StyledText {
    var text = StyledText("<-- ", .incoming)
    guard let message = exchange.messages.first else { return text }
    switch exchange.kind {
    case .serverNotification: text.append("notification ", .note)
    case .serverRequest: text.append("request ", .note)
    default: text.append("unmatched ", .warning)
    }
    text.append(JSONText.line(message.frame.bytes, limit: maxLogBytes))
    if let answer = exchange.answer {
      text.append("\n")
      text.append(sent(answer))
      text.append(" (\(Self.words(exchange)))", .dim)
    } else if exchange.kind == .serverRequest, let id = exchange.ids.first {
      let reply = Response(.result(.null), id: id).json.text
      text.append("\n    answer it with ", .dim)
      text.append(JSONText.line(Array(reply.utf8)))
    }
    return text
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
