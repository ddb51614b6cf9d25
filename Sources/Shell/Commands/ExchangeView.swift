import JSONRPC
import LosslessJSON
import Session
import Terminal
import View
import Wire

/// The views of one exchange, for `.last` and `.show`.
enum ExchangeView {
  /// The names of the views.
  static let names = ["raw", "request", "headers", "timing", "findings", "all"]

  static func show(
    _ exchange: Exchange, _ line: CommandLine, _ shell: Interpreter
  ) async throws(Complaint) -> ExitStatus {
    let (text, outputs) = try line.splitOutputs()
    let words = try CommandLine.words(text)
    guard words.count <= 1 else {
      throw Complaint("one view at a time", hint: names.joined(separator: ", "))
    }
    switch words.first {
    case "raw":
      if exchange.messages.isEmpty {
        throw Complaint("exchange \(exchange.number) has no reply: \(exchange.outcomeWords)")
      }
      return try await bytes(reply(exchange), outputs, shell)
    case "request": return try await bytes(exchange.request, outputs, shell)
    case let name where !outputs.isEmpty && (name == nil || name == "all"):
      return try await result(exchange, outputs, shell)
    case nil: overview(exchange, shell)
    case "all": overview(exchange, shell, isWhole: true)
    case "headers": headers(exchange, shell)
    case "timing":
      shell.screen.show(
        StyledText(lines: TimingBars.lines(exchange.timings, width: shell.screen.width)))
    case "findings": findings(exchange, shell)
    case let name?:
      throw Complaint(
        "there is no view \(name)", hint: "the views are \(names.joined(separator: ", "))")
    }
    return .ok
  }

  private static func reply(_ exchange: Exchange) -> [UInt8] {
    exchange.messages.count == 1
      ? exchange.messages[0].frame.bytes
      : Array(exchange.messages.map(\.frame.bytes).joined(separator: [0x0A]))
  }

  /// Exact bytes: on the screen made safe, into files and programs as they are.
  private static func bytes(
    _ bytes: [UInt8], _ outputs: [Statement.Output], _ shell: Interpreter
  ) async throws(Complaint) -> ExitStatus {
    if outputs.isEmpty {
      if shell.screen.isInteractive {
        shell.screen.show(JSONText.raw(bytes))
      } else {
        shell.screen.write(bytes + [0x0A])
      }
      return .ok
    }
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

  private static func result(
    _ exchange: Exchange, _ outputs: [Statement.Output], _ shell: Interpreter
  ) async throws(Complaint) -> ExitStatus {
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
    if !exchange.stderr.isEmpty {
      lines.append(
        StyledText("stderr| ", .note)
          + StyledText(SafeText.escape(bytes: exchange.stderr, .text), .serverText))
    }
    shell.screen.show(StyledText(lines: lines))
    shell.showFindings(exchange)
  }

  private static func kind(_ message: ReceivedMessage) -> String {
    switch message.message {
    case .notification: "notification"
    case .request: "request from the server"
    default: "unasked"
    }
  }

  private static func headers(_ exchange: Exchange, _ shell: Interpreter) {
    guard let head = exchange.head else {
      shell.screen.show(StyledText("there are no headers: this was no HTTP reply", .dim))
      return
    }
    var text = StyledText(SafeText.escape("\(head.version) \(head.status) \(head.reason)"), .strong)
    for field in head.headers {
      text.append("\n")
      text.append(SafeText.escape(field.name), .key)
      text.append(": " + SafeText.escape(field.value))
    }
    shell.screen.show(text)
  }

  private static func findings(_ exchange: Exchange, _ shell: Interpreter) {
    if exchange.findings.isEmpty {
      shell.screen.show(StyledText("nothing was found", .success))
    } else {
      shell.showFindings(exchange)
    }
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
