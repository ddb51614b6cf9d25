import JSONRPC
import LosslessJSON
import Session
import Synchronization
import Terminal

/// How far calls have come, in one line that is rewritten; its last state stays when the call ends.
final class ProgressLine: Sendable {
  private struct State {
    /// What the calls are called that may tell of progress, by their id.
    var names: [RequestID: String] = [:]
    var shown: (id: RequestID?, text: StyledText)?
  }

  private let screen: Screen
  private let state = Mutex(State())

  init(_ screen: Screen) { self.screen = screen }

  /// Notes a call that may tell of its progress.
  func begin(_ exchange: Exchange) {
    guard exchange.method == "tools/call", let id = exchange.ids.first,
      let name = (try? JSON(reading: exchange.request))?["params"]?["name"]?.string
    else { return }
    state.withLock { $0.names[id] = name }
  }

  /// Shows what a notification tells.
  func show(_ call: ReceivedCall) {
    let id = call.params?["progressToken"].map { RequestID($0) }
    let text = state.withLock { state in
      let text = Self.text(call.params ?? [:], name: id.flatMap { state.names[$0] })
      state.shown = (id, text)
      return text
    }
    screen.showStatus(text)
  }

  /// Takes the line off: whoever told of progress is gone.
  func clear() {
    let isShown = state.withLock { state in
      defer { state = State() }
      return state.shown != nil
    }
    if isShown { screen.showStatus(nil) }
  }

  /// Leaves the last state as a line, now that its call has ended.
  func end(_ exchange: Exchange) {
    let text = state.withLock { state -> StyledText? in
      for id in exchange.ids { state.names[id] = nil }
      guard let shown = state.shown, shown.id.map(exchange.ids.contains) ?? true else { return nil }
      state.shown = nil
      return shown.text
    }
    guard let text else { return }
    screen.showStatus(nil)
    screen.note(text)
  }

  private static func text(_ params: JSON, name: String?) -> StyledText {
    var text = StyledText(name.map { SafeText.escape($0) + " " } ?? "progress ", .note)
    if let done = params["progress"]?.number {
      text.append(SafeText.escape(done), .number)
      if let total = params["total"]?.number {
        text.append(" of " + SafeText.escape(total), .dim)
        if let part = Double(done), let whole = Double(total), whole > 0, part >= 0,
          part <= whole
        {
          text.append(" (\(Int(part / whole * 100)) %)", .dim)
        }
      }
    }
    if let words = params["message"]?.string { text.append("  " + SafeText.escape(words)) }
    return text
  }
}
