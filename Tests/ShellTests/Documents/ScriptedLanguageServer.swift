import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestChannels
import Wire

/// A language server that lives in a scripted channel: it keeps the documents as it is told of them,
/// by its own reckoning, and remembers what it was sent.
final class ScriptedLanguageServer: Sendable {
  private struct State {
    var texts: [String: String] = [:]
    var messages: [(method: String, text: String)] = []
    var results: [String: String] = [:]
    var channel: ScriptedChannel?
    var send = SendID(0)
  }

  private let state = Mutex(State())
  private let capabilities: String
  private let encoding: PositionEncoding

  init(_ encoding: PositionEncoding = .utf16, _ capabilities: String = "") {
    self.encoding = encoding
    self.capabilities =
      #"{"positionEncoding": "\#(encoding.rawValue)", \#(capabilities)"#
      + #" "textDocumentSync": {"openClose": true, "change": 2}, "hoverProvider": true,"#
      + #" "referencesProvider": true, "renameProvider": true, "codeActionProvider": true,"#
      + #" "documentFormattingProvider": true, "selectionRangeProvider": true}"#
  }

  /// The documents by their URIs.
  var texts: [String: String] { state.withLock { $0.texts } }

  /// The methods that were called, in order.
  var methods: [String] { state.withLock { $0.messages.map(\.method) } }

  /// The last message of a method.
  func last(_ method: String) -> JSON? {
    let text = state.withLock { state in state.messages.last { $0.method == method }?.text }
    return text.flatMap { try? JSON(reading: $0) }
  }

  /// Answers that came to requests of its own.
  var answers: [JSON] {
    state.withLock { state in
      state.messages.filter { $0.method.isEmpty }.compactMap { try? JSON(reading: $0.text) }
    }
  }

  func forget() { state.withLock { $0.messages = [] } }

  /// From now on gives that result for a method.
  func answer(_ method: String, with result: String) {
    state.withLock { $0.results[method] = result }
  }

  /// Says something unasked.
  func say(_ text: String) {
    let (channel, send) = state.withLock { ($0.channel, $0.send) }
    channel?.say(text, to: send)
  }

  /// Goes away.
  func die() { state.withLock { $0.channel }?.emit(.closed(.byPeer(unread: 0))) }

  var script: ScriptedChannel.Script {
    { [self] channel, send, text in
      guard let json = try? JSON(reading: text) else { return }
      let method = json["method"]?.string ?? ""
      let result = state.withLock { state -> String in
        (state.channel, state.send) = (channel, send)
        state.messages.append((method, text))
        keep(method, json["params"], &state)
        return state.results[method] ?? "null"
      }
      guard let id = json["id"], !method.isEmpty else { return }
      let reply = method == "initialize" ? #"{"capabilities": \#(capabilities)}"# : result
      channel.say(#"{"jsonrpc": "2.0", "id": \#(id.text), "result": \#(reply)}"#, to: send)
    }
  }

  // MARK: - Documents

  private func keep(_ method: String, _ params: JSON?, _ state: inout State) {
    guard let document = params?["textDocument"], let uri = document["uri"]?.string else { return }
    switch method {
    case "textDocument/didOpen":
      // What is open already may not be opened.
      state.texts[uri] = state.texts[uri] == nil ? document["text"]?.string : "opened twice"
    case "textDocument/didClose": state.texts[uri] = nil
    case "textDocument/didChange":
      for change in params?["contentChanges"]?.elements.map({ $0 }) ?? [] {
        state.texts[uri] = changed(state.texts[uri] ?? "not open", change)
      }
    default: break
    }
  }

  private func changed(_ text: String, _ change: JSON) -> String {
    let new = change["text"]?.string ?? ""
    guard let range = change["range"] else { return new }
    switch encoding {
    case .utf8:
      let made = replaced(Array(text.utf8), 0x0A, range, Array(new.utf8))
      return String(decoding: made, as: UTF8.self)
    case .utf16:
      let made = replaced(Array(text.utf16), 0x0A, range, Array(new.utf16))
      return String(decoding: made, as: UTF16.self)
    case .utf32:
      let made = replaced(
        text.unicodeScalars.map(\.value), 0x0A, range, new.unicodeScalars.map(\.value))
      return String(decoding: made, as: UTF32.self)
    }
  }

  private func replaced<Unit: Equatable>(
    _ text: [Unit], _ newline: Unit, _ range: JSON, _ new: [Unit]
  ) -> [Unit] {
    func offset(_ position: JSON?) -> Int {
      var at = 0
      for _ in 0..<(position?["line"]?.int ?? 0) {
        at = (text[at...].firstIndex(of: newline) ?? text.count - 1) + 1
      }
      return at + (position?["character"]?.int ?? 0)
    }
    return text[..<offset(range["start"])] + new + text[offset(range["end"])...]
  }
}
