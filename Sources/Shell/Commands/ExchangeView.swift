import JSONRPC
import LosslessJSON
import Session
import Terminal
import View
import Wire

/// The views of one exchange, for `.last` and `.show`: this table drives dispatch, help and completion.
struct ExchangeView: Sendable {
  /// What a view is made of.
  enum Content: Sendable {
    /// Exact bytes: on the screen made safe, into files and programs as they are.
    case bytes(@Sendable (Exchange) throws(Complaint) -> [UInt8])
    /// Text, which goes into files and programs without colours.
    case text(@Sendable (Exchange, Interpreter) throws(Complaint) -> StyledText)
    /// The whole exchange, of which files and programs get the result.
    case whole
  }

  let name: String
  let summary: String
  let content: Content

  static let all: [ExchangeView] = [
    ExchangeView(
      name: "raw", summary: "the exact bytes of the reply (`.last raw > FILE` keeps them)",
      content: .bytes { (exchange) throws(Complaint) in try reply(exchange) }),
    ExchangeView(
      name: "hex", summary: "the same as a hexdump (`.last hex | less` leafs through it)",
      content: .text { (exchange, shell) throws(Complaint) in try hex(exchange, shell) }),
    ExchangeView(
      name: "headers", summary: "the HTTP headers of the request and the reply",
      content: .text { exchange, shell in headers(exchange, shell) }),
    ExchangeView(
      name: "wire", summary: "what went over the wire: * remarks, > out, < in",
      content: .text { exchange, shell in wire(exchange, shell) }),
    ExchangeView(
      name: "findings", summary: "what is wrong or odd, and where",
      content: .text { exchange, shell in findings(exchange, shell) }),
    ExchangeView(
      name: "request", summary: "the exact bytes of the request",
      content: .bytes { exchange in exchange.request }),
    ExchangeView(
      name: "timing", summary: "where the time went, as bars",
      content: .text { exchange, shell in
        StyledText(lines: TimingBars.lines(exchange.timings, width: shell.screen.width))
      }),
    ExchangeView(
      name: "all", summary: "the whole exchange, however long the result", content: .whole),
  ]

  /// The names of the views.
  static let names = all.map(\.name)

  /// The views as the help lists them.
  static var help: String {
    let width = names.map(\.count).max() ?? 0
    return all.map { view in
      view.name + String(repeating: " ", count: width + 2 - view.name.count) + view.summary
    }.joined(separator: "\n")
  }

  static func show(
    _ exchange: Exchange, _ line: CommandLine, _ shell: Interpreter
  ) async throws(Complaint) -> ExitStatus {
    let (text, outputs) = try line.splitOutputs()
    let words = try CommandLine.words(text)
    guard words.count <= 1 else {
      throw Complaint("one view at a time", hint: names.joined(separator: ", "))
    }
    guard let name = words.first else { return try await whole(exchange, outputs, shell) }
    guard let view = all.first(where: { $0.name == name }) else {
      throw Complaint(
        "there is no view \(name)", hint: "the views are \(names.joined(separator: ", "))")
    }
    switch view.content {
    case .bytes(let bytes): return try await deliver(bytes(exchange), outputs, shell)
    case .text(let draw): return try await deliver(draw(exchange, shell), outputs, shell)
    case .whole: return try await whole(exchange, outputs, shell, isAll: true)
    }
  }

  // MARK: - Where a view goes

  static func deliver(
    _ bytes: [UInt8], _ outputs: [Statement.Output], _ shell: Interpreter
  ) async throws(Complaint) -> ExitStatus {
    if !outputs.isEmpty { return try await write(bytes, outputs, shell) }
    if shell.screen.isInteractive {
      shell.screen.show(JSONText.raw(bytes))
    } else {
      shell.screen.write(bytes + [0x0A])
    }
    return .ok
  }

  static func deliver(
    _ text: StyledText, _ outputs: [Statement.Output], _ shell: Interpreter
  ) async throws(Complaint) -> ExitStatus {
    if !outputs.isEmpty { return try await write(Array((text.plain + "\n").utf8), outputs, shell) }
    shell.screen.show(text)
    return .ok
  }

  private static func write(
    _ bytes: [UInt8], _ outputs: [Statement.Output], _ shell: Interpreter
  ) async throws(Complaint) -> ExitStatus {
    for output in outputs {
      switch output {
      case .select: throw Complaint("a path selects in a result; `.last | .path` does that")
      case .pipe(let command): return try await shell.pipe(bytes, into: command)
      case .write(let path): try Interpreter.write(bytes, to: path, append: false)
      case .append(let path): try Interpreter.write(bytes, to: path, append: true)
      }
    }
    return .ok
  }

  private static func whole(
    _ exchange: Exchange, _ outputs: [Statement.Output], _ shell: Interpreter, isAll: Bool = false
  ) async throws(Complaint) -> ExitStatus {
    if outputs.isEmpty {
      overview(exchange, shell, isWhole: isAll)
      return .ok
    }
    guard let value = exchange.response?.result ?? exchange.reply?.json else {
      throw Complaint("exchange \(exchange.number) has no result")
    }
    return try await shell.deliver(value, Statement(action: .nothing, outputs: outputs))
  }

  private static func overview(_ exchange: Exchange, _ shell: Interpreter, isWhole: Bool = false) {
    let text = ExchangeText(
      width: shell.screen.width, maxLines: isWhole ? .max : shell.settings.value.lines)
    var lines: [StyledText] = []
    if !exchange.request.isEmpty { lines.append(text.sent(exchange.request)) }
    for message in exchange.messages {
      if exchange.isOwn, !message.isUnasked {
        lines.append(StyledText("<-- ", .incoming) + StyledText("(\(text.facts(exchange)))", .dim))
      } else {
        lines.append(StyledText("<-- ", .incoming) + StyledText("(\(kind(message)))", .dim))
      }
      if let json = message.json {
        lines.append(text.result(json, name: ".show \(exchange.number)"))
      } else {
        lines.append(JSONText.raw(message.frame.bytes))
      }
    }
    if exchange.messages.isEmpty {
      lines.append(StyledText("no reply: \(exchange.outcomeWords)", .warning))
    }
    if let answer = exchange.answer { lines.append(text.sent(answer)) }
    for (label, bytes) in [("stray| ", exchange.stray), ("stderr| ", exchange.stderr)]
    where !bytes.isEmpty {
      lines.append(
        StyledText(label, .note) + StyledText(SafeText.escape(bytes: bytes, .text), .serverText))
    }
    shell.screen.show(StyledText(lines: lines))
    if !exchange.findings.isEmpty { shell.screen.show(findings(exchange, shell)) }
  }

  private static func kind(_ message: ReceivedMessage) -> String {
    switch message.message {
    case .notification: "notification"
    case .request: "request from the server"
    default: "unasked"
    }
  }

  // MARK: - The views

  private static func reply(_ exchange: Exchange) throws(Complaint) -> [UInt8] {
    if exchange.messages.isEmpty {
      throw Complaint("exchange \(exchange.number) has no reply: \(exchange.outcomeWords)")
    }
    return exchange.messages.count == 1
      ? exchange.messages[0].frame.bytes
      : Array(exchange.messages.map(\.frame.bytes).joined(separator: [0x0A]))
  }

  private static func hex(
    _ exchange: Exchange, _ shell: Interpreter
  ) throws(Complaint) -> StyledText {
    HexText.dump(try reply(exchange), width: shell.screen.width)
  }

  private static func headers(_ exchange: Exchange, _ shell: Interpreter) -> StyledText {
    let text = WireText(width: shell.screen.width)
    if let wire = exchange.wire, let headers = text.headers(wire) { return headers }
    if let head = exchange.head { return text.head(head) }
    return StyledText("there are no headers: this was no HTTP reply", .dim)
  }

  private static func wire(_ exchange: Exchange, _ shell: Interpreter) -> StyledText {
    let text = WireText(width: shell.screen.width)
    if let record = exchange.wire, !record.chunks.isEmpty { return text.draw(record) }
    let framing = shell.client?.traits.framing ?? ""
    guard let name = FramingName(rawValue: framing) else {
      return StyledText("nothing was kept of what went over the wire", .dim)
    }
    return StyledText(
      lines: text.stream(
        request: exchange.request, framing: name, replies: exchange.messages.map(\.frame.bytes)))
  }

  private static func findings(_ exchange: Exchange, _ shell: Interpreter) -> StyledText {
    guard let count = FindingList.count(exchange.findings) else {
      return StyledText("nothing was found", .success)
    }
    let list = FindingList(
      shell.findingText(exchange, isBrief: false), in: exchange.reply?.frame.bytes ?? [])
    var lines = list.all(exchange.findings)
    if exchange.findings.count > 1 { lines.append(StyledText(count, .dim)) }
    return StyledText(lines: lines)
  }
}

extension Exchange {
  /// How it ended, in words.
  var outcomeWords: String {
    switch ending {
    case .pending: "still waiting"
    case .replied: "the reply was empty"
    case .sent: "none is due"
    case .received: "it came unasked"
    case .timedOut(let after): "none came within \(Complaint.seconds(after))"
    case .cancelled: "cancelled"
    case .failed(let error): Complaint(error).message
    }
  }
}
