import LosslessJSON
import Session
import Terminal
import View

/// Commands that look at what was exchanged.
enum LookCommands {
  static let all: [Command] = [
    Command(
      "last", usage: "[VIEW]", summary: "the last exchange once more, in another view",
      help: ExchangeView.help, argument: .view, run: last),
    Command(
      "show", usage: "NUMBER [VIEW]", summary: "an exchange of the log, in any view",
      help: ExchangeView.help, argument: .exchange, run: show),
    Command(
      "log", usage: "[COUNT]", summary: "the exchanges so far, as a table", run: log),
    Command(
      "inspect", usage: "FILE | TEXT", summary: "what is wrong with a reply, a log or a capture",
      help: """
        .inspect reply.json        a reply, a request and its reply, a log, a capture
        .inspect {"result": 1,}    the text itself
        `rpcscope inspect --help` tells of the forms that are recognised.
        """, argument: .path, run: inspect),
    Command(
      "timing", summary: "where the time of the last exchange went", run: timing),
  ]

  @Sendable
  private static func last(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    guard let exchange = try shell.connected().log.lastOwn else {
      throw Complaint("nothing was sent yet")
    }
    return try await ExchangeView.show(exchange, line, shell)
  }

  @Sendable
  private static func show(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let word = line.rest.prefix { !$0.isWhitespace }
    guard let number = Int(word) else {
      throw Complaint("the number of an exchange must follow .show", hint: "`.log` lists them")
    }
    let log = try shell.connected().log
    guard let exchange = log[number] else {
      let isGone = log.summaries.contains { $0.number == number }
      throw Complaint(
        isGone ? "exchange \(number) is no longer kept whole" : "there is no exchange \(number)",
        hint: "`.log` lists them")
    }
    var rest = line
    rest.rest = line.rest.dropFirst(word.count).trimmed
    return try await ExchangeView.show(exchange, rest, shell)
  }

  @Sendable
  private static func log(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let words = try line.words()
    let count = words.first.map { Int($0) } ?? 30
    guard let count, count > 0 else { throw Complaint("\(words[0]) is no number of exchanges") }
    let summaries = try shell.connected().log.summaries
    if summaries.isEmpty { throw Complaint("nothing was exchanged yet", status: .ok) }
    let shown = Array(summaries.suffix(count))
    var text = StyledText(lines: LogTable.lines(shown, width: shell.screen.width))
    if shown.count < summaries.count {
      text.append(
        "\n… \(summaries.count - shown.count) before; `.log \(summaries.count)` shows all", .dim)
    }
    shell.screen.show(text)
    return .ok
  }

  @Sendable
  private static func timing(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    var line = line
    line.rest = "timing"
    return try await last(shell, line)
  }

  @Sendable
  private static func inspect(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let isText = line.rest.hasPrefix("{") || line.rest.hasPrefix("[")
    let inputs = isText ? [String(line.rest)] : try line.words()
    if inputs.isEmpty {
      throw Complaint(
        "a file or a text must follow .inspect", hint: "`.last findings` tells of the last reply")
    }
    var inspect = Inspect()
    inspect.isJSON = shell.settings.value.json
    inspect.mode = shell.settings.value.replies
    return inspect.run(inputs, screen: shell.screen)
  }
}
