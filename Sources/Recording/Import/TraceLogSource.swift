import JSONRPC
import LosslessJSON
import Session

/// The trace that Visual Studio Code writes of a language server (`"trace.server": "verbose"`), as text
/// or as JSON, and the input of its LSP inspector.
///
/// As text it does not hold the messages themselves: they are written anew from what it tells.
public enum TraceLogSource: RecordingSource {
  /// What it is called.
  public static var name: String { "VS Code trace" }

  /// Whether one of the first lines is a heading of such a trace.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    LineSplit.lines(Array(start)).prefix(100).contains { line in
      let text = String(decoding: line.prefix(400), as: UTF8.self)
      return Heading(text) != nil
        || text.contains("\"isLSPMessage\":true")
        || text.hasPrefix("[Trace - ") && text.contains("\"type\":\"")
    }
  }

  /// Reads the trace.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    var reader = Reader()
    for line in LineSplit.lines(bytes) { reader.take(line) }
    reader.end()
    var notes: [String] = []
    if reader.wasText { notes.append("the messages are written anew from what the trace tells") }
    if reader.skipped > 0 {
      notes.append("messages whose params or result are not told: \(reader.skipped)")
    }
    return ImportedSession(
      source: name,
      header: RecordingHeader(
        program: name, startedAt: 0, target: "", transport: "child", framing: "headers",
        dialect: "lsp"),
      exchanges: reader.assembler.exchanges(), notes: notes)
  }

  /// `[Trace - 10:00:00 AM] Sending request 'initialize - (0)'.`
  struct Heading {
    enum What { case request, notification, response }
    var what: What
    var isIncoming: Bool
    var method: String
    var id: String?
    /// What stands behind the name, such as `Request failed: no (-32601).`
    var rest: String

    init?(_ text: String) {
      guard let words = Self.words(text[...]) else { return nil }
      let openings: [(String, What, Bool)] = [
        ("Sending request '", .request, false), ("Sending notification '", .notification, false),
        ("Sending response '", .response, false), ("Received request '", .request, true),
        ("Received notification '", .notification, true), ("Received response '", .response, true),
      ]
      guard let opening = openings.first(where: { words.hasPrefix($0.0) }) else { return nil }
      what = opening.1
      isIncoming = opening.2
      let name = words.dropFirst(opening.0.count)
      guard let quote = name.firstIndex(of: "'") else { return nil }
      rest = String(name[name.index(after: quote)...])
      method = String(name[..<quote])
      if what != .notification, method.hasSuffix(")"),
        let dash = method.lastTextIndex(of: " - (")
      {
        id = String(method[method.index(dash, offsetBy: 4)...].dropLast())
        method = String(method[..<dash])
      }
    }

    /// What stands behind `[Trace - 10:00:00 AM]`, behind the `2026-11-21 10:00:00.123 [trace]` of a
    /// log channel, or behind both.
    private static func words(_ text: Substring) -> Substring? {
      if text.hasPrefix("[Trace"), let bracket = text.firstIndex(of: "]") {
        return text[text.index(after: bracket)...].drop { $0 == " " }
      }
      guard let mark = String(text.prefix(60)).firstRange(ofText: "[trace] "),
        text.first?.isNumber == true || text.hasPrefix("[trace]")
      else { return nil }
      let rest = text[mark...].dropFirst(8)
      return words(rest) ?? rest
    }

    /// How long the reply took: `in 12ms.`
    var took: Duration? {
      guard let start = rest.firstRange(ofText: " in ") else { return nil }
      let digits = rest[start...].dropFirst(4).prefix { $0.isNumber }
      guard rest[digits.endIndex...].hasPrefix("ms"), let count = Int(digits), count < 1 << 40
      else { return nil }
      return .milliseconds(count)
    }

    /// The error that a failed response tells: its message and code.
    var failure: (message: String, code: String)? {
      guard let start = rest.firstRange(ofText: "Request failed: "), rest.hasSuffix(")."),
        let open = rest.lastIndex(of: "(")
      else { return nil }
      let message = rest[rest.index(start, offsetBy: 16)..<open]
      let code = rest[rest.index(after: open)...].dropLast(2)
      return (message.trimmingBlanks, String(code))
    }
  }

  private struct Reader {
    var assembler = ExchangeAssembler()
    var wasText = false
    var skipped = 0
    private var heading: Heading?
    private var label = ""
    private var value: [UInt8] = []

    mutating func take(_ line: ArraySlice<UInt8>) {
      let start = String(decoding: line.prefix(500), as: UTF8.self)
      if let message = inspected(line, start) {
        end()
        assembler.add(message)
        return
      }
      if let next = Heading(start) {
        end()
        heading = next
        return
      }
      guard heading != nil else { return }
      let opening = ["Params: ", "Result: ", "Error data: "].first { start.hasPrefix($0) }
      if let opening, value.isEmpty {
        label = opening
        value = Array(line.dropFirst(opening.utf8.count))
      } else if !value.isEmpty, ValueEnd.find(value) == nil {
        value += [0x0A] + line
      }
    }

    mutating func end() {
      defer { (heading, label, value) = (nil, "", []) }
      guard let heading else { return }
      wasText = true
      if value.isEmpty, !start(heading) { skipped += 1 }
      assembler.add(
        ExchangeAssembler.Message(
          isIncoming: heading.isIncoming, bytes: text(heading), took: heading.took))
    }

    /// Whether nothing is missing although no value is told.
    private func start(_ heading: Heading) -> Bool {
      heading.failure != nil || heading.rest.contains("No result") || heading.what != .response
    }

    /// The message as it was, more or less.
    private func text(_ heading: Heading) -> [UInt8] {
      var writer = JSONWriter()
      writer.beginObject()
      writer.key("jsonrpc")
      writer.string("2.0")
      if let id = heading.id {
        writer.key("id")
        if Int(id) != nil { writer.literal(id) } else { writer.string(id) }
      }
      let told = try? JSON(reading: value)
      switch heading.what {
      case .request, .notification:
        writer.key("method")
        writer.string(heading.method)
        if let told {
          writer.key("params")
          writer.value(told)
        }
      case .response: outcome(heading, told, &writer)
      }
      writer.endObject()
      return writer.bytes
    }

    private func outcome(_ heading: Heading, _ told: JSON?, _ writer: inout JSONWriter) {
      guard let failure = heading.failure else {
        writer.key("result")
        writer.value(told ?? .null)
        return
      }
      writer.key("error")
      writer.beginObject()
      writer.key("code")
      writer.literal(Int(failure.code).map(String.init) ?? "-32603")
      writer.key("message")
      writer.string(failure.message)
      if let told, label == "Error data: " {
        writer.key("data")
        writer.value(told)
      }
      writer.endObject()
    }

    /// A line that holds the message as JSON.
    private func inspected(
      _ line: ArraySlice<UInt8>, _ start: String
    ) -> ExchangeAssembler.Message? {
      guard start.contains("\"type\""), start.hasPrefix("{") || start.hasPrefix("[") else {
        return nil
      }
      guard let brace = line.firstIndex(of: 0x7B),
        let json = try? JSON(reading: Array(line[brace...])),
        let type = json["type"]?.string, let message = json["message"]
      else { return nil }
      let isSent = type.hasPrefix("send-")
      guard isSent || type.hasPrefix("receive-") else { return nil }
      return ExchangeAssembler.Message(
        isIncoming: !isSent, bytes: Array(message.bytes),
        at: json["timestamp"]?.double.map { $0 / 1000 })
    }
  }
}

extension String {
  /// Where the last occurrence of a text begins, or nil.
  func lastTextIndex(of text: String) -> String.Index? {
    var at = endIndex
    while at > startIndex {
      at = index(before: at)
      if self[at...].hasPrefix(text) { return at }
    }
    return nil
  }
}

extension Substring {
  /// The text without blanks at both ends.
  var trimmingBlanks: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
