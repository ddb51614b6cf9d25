import LosslessJSON
public import Session
public import Terminal
import Wire

/// The exchanges of a session as a table.
public enum LogTable {
  /// The table's lines, oldest first.
  public static func lines(_ summaries: [ExchangeLog.Summary], width: Int) -> [StyledText] {
    var table = Table([
      .init("#", isRight: true), .init(""), .init("method", isFlexible: true),
      .init("outcome", isFlexible: true),
      .init("status", isRight: true, isOptional: true), .init("time", isRight: true),
      .init("sent", isRight: true, isOptional: true),
      .init("received", isRight: true, isOptional: true),
    ])
    for summary in summaries { table.add(row(summary)) }
    return table.lines(width: width)
  }

  private static func row(_ summary: ExchangeLog.Summary) -> [StyledText] {
    [
      StyledText("\(summary.number)", .number), kind(summary), method(summary),
      outcome(summary), StyledText(summary.status.map { "\($0)" } ?? "", .dim),
      // What came by itself took no time of ours.
      StyledText(isUnasked(summary) ? "" : summary.duration.map { Units.text($0) } ?? ""),
      StyledText(summary.requestSize > 0 ? Units.text(bytes: summary.requestSize) : "", .dim),
      StyledText(summary.replySize > 0 ? Units.text(bytes: summary.replySize) : "", .dim),
    ]
  }

  private static func isUnasked(_ summary: ExchangeLog.Summary) -> Bool {
    [.serverNotification, .serverRequest, .unmatched].contains(summary.kind)
  }

  private static func kind(_ summary: ExchangeLog.Summary) -> StyledText {
    switch summary.kind {
    case .call, .batch, .raw: StyledText("-->", .outgoing)
    case .notification: StyledText("-->", .note)
    case .serverNotification, .serverRequest: StyledText("<--", .incoming)
    case .unmatched: StyledText("<--", .warning)
    }
  }

  private static func method(_ summary: ExchangeLog.Summary) -> StyledText {
    if let method = summary.method {
      return StyledText(SafeText.escape(method), summary.purpose == .discovery ? .dim : .method)
    }
    return StyledText("(\(summary.kind))", .dim)
  }

  private static func outcome(_ summary: ExchangeLog.Summary) -> StyledText {
    let isFaulty = summary.worstFinding == .error
    if isFaulty, summary.ok == nil { return StyledText("malformed", .error) }
    let faulty = isFaulty ? StyledText(", faulty", .error) : StyledText()
    switch summary.ending {
    case .replied:
      switch summary.ok {
      case true?: return StyledText("ok", .success) + faulty
      case false?:
        return StyledText(summary.code.map { "error \($0)" } ?? "error", .error) + faulty
      case nil: return StyledText(summary.kind == .batch ? "replied" : "no reply", .note)
      }
    case .sent: return StyledText("sent", .success)
    case .received:
      return StyledText("\(summary.kind == .serverRequest ? "request" : "received")", .note)
    case .timedOut: return StyledText("timed out", .error)
    case .cancelled: return StyledText("cancelled", .warning)
    case .failed: return StyledText("failed", .error)
    case .pending: return StyledText("waiting", .dim)
    }
  }
}
