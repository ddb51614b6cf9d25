import JSONRPC
import LosslessJSON
import Session
import Wire

/// Logs with `-->` before what was sent and `<--` before what came, as Python's jsonrpcclient and this
/// program write them; whatever stands before the arrow in a line is the logger's.
public enum ArrowLogSource: RecordingSource {
  /// What it is called.
  public static var name: String { "--> <-- log" }

  private static let out = ByteNeedle(Array("--> ".utf8))
  private static let into = ByteNeedle(Array("<-- ".utf8))

  /// Whether an arrow stands before JSON in one of the first lines.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    LineSplit.lines(Array(start)).prefix(50).contains { line in
      guard let arrow = arrow(Array(line)) else { return false }
      let text = LineSplit.trimmed(line.dropFirst(arrow.end))
      return text.first == 0x7B || text.first == 0x5B
    }
  }

  /// Reads the log.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    var messages: [ExchangeAssembler.Message] = []
    var open: (isIncoming: Bool, text: [UInt8])?
    func end() {
      if let message = open {
        messages.append(
          ExchangeAssembler.Message(
            isIncoming: message.isIncoming, bytes: withoutRemark(message.text)))
      }
      open = nil
    }
    for line in LineSplit.lines(bytes) {
      if let arrow = arrow(Array(line)) {
        end()
        open = (arrow.isIncoming, Array(line.dropFirst(arrow.end)))
      } else if let message = open, ValueEnd.find(message.text) == nil {
        // A value laid out over several lines goes on.
        open?.text += [0x0A] + line
      }
    }
    end()
    var notes = ["times and headers are not told"]
    if isServers(messages) {
      notes.append("a server wrote it: what it got stands behind <--")
      for place in messages.indices { messages[place].isIncoming.toggle() }
    }
    var assembler = ExchangeAssembler()
    for message in messages { assembler.add(message) }
    return ImportedSession(
      source: name, header: RecordingHeader(program: name, startedAt: 0, target: ""),
      exchanges: assembler.exchanges(), notes: notes)
  }

  /// Whether the arrows are a server's, as those of Python's jsonrpcserver: then replies go out.
  private static func isServers(_ messages: [ExchangeAssembler.Message]) -> Bool {
    let replies = messages.prefix(100).filter { message in
      guard let json = try? JSON(reading: message.bytes) else { return false }
      if case .response = JSONRPC.Message(json) { return true }
      return false
    }
    return replies.count { !$0.isIncoming } > replies.count { $0.isIncoming }
  }

  private static func arrow(_ line: [UInt8]) -> (isIncoming: Bool, end: Int)? {
    line.withUnsafeBufferPointer { line in
      let head = UnsafeBufferPointer(rebasing: line.prefix(300))
      let sent = out.first(in: head)
      let came = into.first(in: head)
      switch (sent, came) {
      case (let sent?, let came?): return sent < came ? (false, sent + 4) : (true, came + 4)
      case (let sent?, nil): return (false, sent + 4)
      case (nil, let came?): return (true, came + 4)
      case (nil, nil): return nil
      }
    }
  }

  /// The value alone, without ` (200 OK)` behind it.
  private static func withoutRemark(_ text: [UInt8]) -> [UInt8] {
    let text = Array(LineSplit.trimmed(text[...]))
    return ValueEnd.find(text).map { Array(text[..<$0]) } ?? text
  }
}

/// Where an object or an array ends, by its brackets.
enum ValueEnd {
  /// The index behind the value that the text begins with, blanks skipped; nil if it goes on.
  static func find(_ text: [UInt8], from start: Int = 0) -> Int? {
    var depth = 0
    var at = start
    while at < text.count {
      switch text[at] {
      case 0x22:
        at += 1
        while at < text.count, text[at] != 0x22 { at += text[at] == 0x5C ? 2 : 1 }
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        if depth <= 0 { return at + 1 }
      default: break
      }
      at += 1
    }
    return nil
  }
}
