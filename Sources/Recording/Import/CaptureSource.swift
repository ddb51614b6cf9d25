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
    let text = Array(start.drop { $0 <= 0x20 })
    guard text.first == 0x7B || text.first == 0x5B, let end = ValueEnd.find(text),
      let json = try? JSON(reading: Array(text[..<end]))
    else { return false }
    switch JSONRPC.Message(json) {
    case .other: return false
    case .batch(let elements):
      return elements.contains { if case .other = $0 { false } else { true } }
    default: return true
    }
  }

  /// The framing of a capture: values without line ends between them are told by their brackets.
  private static func framing(of bytes: [UInt8]) -> FramingName {
    if hasHeaders(bytes.prefix(200)) { return .headers }
    let text = Array(bytes.drop { $0 <= 0x20 })
    guard let end = ValueEnd.find(text) else { return .lines }
    let isAlone = text[end...].first { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 } ?? 0x0A == 0x0A
    return isAlone && !text[..<end].contains(0x0A) ? .lines : .values
  }

  private static func hasHeaders(_ start: ArraySlice<UInt8>) -> Bool {
    let line = String(decoding: start.drop { $0 <= 0x20 }.prefix(40), as: UTF8.self).lowercased()
    return line.hasPrefix("content-length:") || line.hasPrefix("content-type:")
  }

  /// Reads the capture.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    var pieces = Pieces(bytes)
    var assembler = ExchangeAssembler()
    var isGuessed = false
    for message in pieces.messages {
      let isIncoming = isIncoming(message, &isGuessed)
      assembler.add(ExchangeAssembler.Message(isIncoming: isIncoming, bytes: message))
    }
    if isGuessed { pieces.notes.insert("who sent each request is guessed from its method", at: 0) }
    return session(assembler, pieces.framing, pieces.notes)
  }

  /// Reads two captures, one of each direction.
  ///
  /// What came in between is not known: what the client sent stands first, its answers to the
  /// server's requests apart.
  public static func read(sent: [UInt8], received: [UInt8]) -> ImportedSession {
    let (out, into) = (Pieces(sent), Pieces(received))
    var assembler = ExchangeAssembler()
    let isAnswer = out.messages.map { isResponse($0) }
    for (message, isAnswer) in zip(out.messages, isAnswer) where !isAnswer {
      assembler.add(ExchangeAssembler.Message(isIncoming: false, bytes: message))
    }
    for message in into.messages {
      assembler.add(ExchangeAssembler.Message(isIncoming: true, bytes: message))
    }
    for (message, isAnswer) in zip(out.messages, isAnswer) where isAnswer {
      assembler.add(ExchangeAssembler.Message(isIncoming: false, bytes: message))
    }
    return session(assembler, out.framing, out.notes + into.notes)
  }

  private static func session(
    _ assembler: ExchangeAssembler, _ framing: FramingName, _ notes: [String]
  ) -> ImportedSession {
    ImportedSession(
      source: name,
      header: RecordingHeader(
        program: name, startedAt: 0, target: "", transport: "", framing: framing.rawValue),
      exchanges: assembler.exchanges(), notes: notes)
  }

  /// The messages of a capture.
  private struct Pieces {
    let framing: FramingName
    var messages: [[UInt8]] = []
    var notes: [String] = []

    init(_ bytes: [UInt8]) {
      framing = CaptureSource.framing(of: bytes)
      var machine = framing.make()
      var strays = 0
      for output in machine.feed(bytes[...]) + machine.finish() {
        switch output {
        case .message(let message, _): messages.append(message)
        case .stray, .oversize: strays += 1
        }
      }
      if strays > 0 { notes.append("pieces of text between messages and left out: \(strays)") }
      if machine.pending > 0 {
        notes.append("the last message is cut off; its \(machine.pending) bytes are left out")
      }
    }
  }

  private static func isResponse(_ bytes: [UInt8]) -> Bool {
    guard let json = try? JSON(reading: bytes) else { return false }
    if case .response = JSONRPC.Message(json) { return true }
    return false
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
