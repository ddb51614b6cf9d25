import JSONRPC
import LosslessJSON
import Terminal
import View

/// A log message of a server's (`notifications/message`) as lines.
enum ServerLogText {
  static func lines(_ call: ReceivedCall, limit: Int) -> StyledText {
    let params = call.params ?? [:]
    let level = params["level"]?.string ?? "?"
    var head = StyledText("server \(SafeText.escape(level))| ", role(level))
    if let logger = params["logger"]?.string { head.append(SafeText.escape(logger) + ": ", .dim) }
    let data = params["data"] ?? .null
    guard let text = data.string else {
      return head + JSONText.line(data.bytes, limit: limit)
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return StyledText(
      lines: lines.prefix(20).map { head + StyledText(SafeText.escape(String($0)), .serverText) })
  }

  private static func role(_ level: String) -> Role {
    switch level {
    case "error", "critical", "alert", "emergency": .error
    case "warning": .warning
    default: .note
    }
  }
}
