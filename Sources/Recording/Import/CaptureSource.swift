import JSONRPC
import LosslessJSON
import Session
import Wire

/// Bytes of a stream as they went, with `Content-Length` headers or a message a line, of one direction
/// or of both after each other.
///
/// Who sent a message is told by what it is: replies come from the server, requests go to it unless
/// they are ones that only servers make.
public enum CaptureSource: RecordingSource {
  /// What it is called.
  public static var name: String { "raw capture" }

  /// Whether it begins with a header or with a message.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    if hasHeaders(start) { return true }
    let line = LineSplit.trimmed(start.drop { $0 <= 0x20 }.prefix { $0 != 0x0A })
    guard let json = try? JSON(reading: Array(line)) else { return false }
    switch JSONRPC.Message(json) {
    case .other: return false
    case .batch(let elements):
      return elements.contains { if case .other = $0 { false } else { true } }
    default: return true
    }
  }

  private static func hasHeaders(_ start: ArraySlice<UInt8>) -> Bool {
    let line = String(decoding: start.drop { $0 <= 0x20 }.prefix(40), as: UTF8.self).lowercased()
    return line.hasPrefix("content-length:") || line.hasPrefix("content-type:")
  }

  /// Reads the capture.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    let framingName: FramingName = hasHeaders(bytes.prefix(200)) ? .headers : .lines
    var framing = framingName.make()
    let outputs = framing.feed(bytes[...]) + framing.finish()
    var assembler = ExchangeAssembler()
    var strays = 0
    var isGuessed = false
    for output in outputs {
      switch output {
      case .message(let message, _):
        let isIncoming = isIncoming(message, &isGuessed)
        assembler.add(ExchangeAssembler.Message(isIncoming: isIncoming, bytes: message))
      case .stray, .oversize: strays += 1
      }
    }
    var notes: [String] = []
    if isGuessed { notes.append("who sent each request is guessed from its method") }
    if strays > 0 { notes.append("pieces of text between messages and left out: \(strays)") }
    if framing.pending > 0 {
      notes.append("the last message is cut off; its \(framing.pending) bytes are left out")
    }
    return ImportedSession(
      source: name,
      header: RecordingHeader(
        program: name, startedAt: 0, target: "", transport: "",
        framing: framingName.rawValue), exchanges: assembler.exchanges(), notes: notes)
  }

  private static func isIncoming(_ bytes: [UInt8], _ isGuessed: inout Bool) -> Bool {
    guard let json = try? JSON(reading: bytes) else { return true }
    switch JSONRPC.Message(json) {
    case .response: return true
    case .request(let call), .notification(let call):
      isGuessed = true
      return isServers(call.method)
    case .batch(let elements):
      return !elements.contains { element in
        switch element {
        case .request, .notification: true
        default: false
        }
      }
    case .other: return true
    }
  }

  /// Whether only servers send it (LSP, MCP, Ethereum subscriptions).
  private static func isServers(_ method: String) -> Bool {
    let starts = [
      "window/", "client/", "workspace/configuration", "workspace/applyEdit",
      "workspace/workspaceFolders", "textDocument/publishDiagnostics", "$/progress",
      "telemetry/event", "notifications/message", "notifications/progress",
      "notifications/resources", "notifications/tools", "notifications/prompts", "sampling/",
      "elicitation/", "roots/list", "eth_subscription", "$/logTrace",
    ]
    return starts.contains { method.hasPrefix($0) }
      && !method.hasPrefix("window/workDoneProgress/c")
      || method == "window/workDoneProgress/create"
  }
}
