import LosslessJSON
import Recording
import Session
import Terminal
import View
import Wire

/// Exchanges that were kept, as the live log shows them, each with its number and time.
struct RecordedText {
  let width: Int
  /// Whether a person reads: long messages are cut then, and findings broken into rows.
  let isTerminal: Bool
  /// Warnings that were explained once take one line from then on.
  private var toldRules: Set<String> = []

  init(width: Int, isTerminal: Bool) {
    self.width = width
    self.isTerminal = isTerminal
  }

  private var text: ExchangeText {
    ExchangeText(width: width, maxLogBytes: isTerminal ? max(160, width * 2) : .max)
  }

  /// The lines of an exchange.
  mutating func lines(_ exchange: Exchange) -> [StyledText] {
    // Logs of other programs may not tell when.
    let time = exchange.startedAt > 0 ? ", \(LocalTime(exchange.startedAt).clock)" : ""
    let place = StyledText(" (#\(exchange.number)\(time))", .dim)
    var lines: [StyledText] = []
    if exchange.request.isEmpty {
      let unasked = text.unasked(exchange).lines
      lines.append((unasked.first ?? StyledText()) + place)
      if let answer = exchange.answer { lines.append(text.sent(answer)) }
    } else {
      lines.append(text.sent(exchange.request) + place)
      for message in exchange.messages where !message.isUnasked {
        lines.append(text.received(message, of: exchange))
      }
      if exchange.messages.isEmpty, exchange.ending != .sent {
        lines.append(StyledText("no reply: \(SafeText.escape(exchange.outcomeWords))", .warning))
      }
    }
    return lines + findings(exchange)
  }

  private mutating func findings(_ exchange: Exchange) -> [StyledText] {
    let source = FindingSource(name: "exchange \(exchange.number)")
    let drawing = FindingText(width: width, source: source, isBrief: true, isWrapped: isTerminal)
    let bytes = exchange.reply?.frame.bytes ?? []
    let told = toldRules
    let (old, new) = exchange.findings.filter { $0.severity != .note }.divided { finding in
      finding.severity == .warning && told.contains(finding.rule)
    }
    for finding in new { toldRules.insert(finding.rule) }
    return FindingList(drawing, in: bytes).all(new) + old.map { drawing.heading($0) }
  }

  /// The line of something that happened beside the exchanges.
  func line(_ event: RecordedEvent) -> StyledText {
    let words = SafeText.escape(bytes: SafeText.withoutStyles(event.bytes), .text)
    switch event.kind {
    case .stderr: return StyledText("stderr| ", .note) + StyledText(words, .serverText)
    case .stray: return StyledText("stray| ", .note) + StyledText(words, .serverText)
    case .connected: return StyledText("connected to \(words)", .dim)
    case .disconnected: return StyledText("disconnected: \(words)", .dim)
    case .lost: return StyledText("not recorded: \(words)", .warning)
    }
  }

  /// The line of a session's beginning.
  func line(_ header: RecordingHeader) -> StyledText {
    let time = LocalTime(header.startedAt)
    return StyledText(SafeText.escape(header.target), .promptTarget)
      + StyledText(" · \(time.minutes) · \(SafeText.escape(header.program))", .dim)
  }
}

extension Array {
  /// The elements of which something holds, and the others.
  fileprivate func divided(by holds: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(holds), filter { !holds($0) })
  }
}
