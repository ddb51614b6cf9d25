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
      "log", usage: "[--full] [COUNT] [FILTERS]", summary: "the exchanges so far, as a table",
      help: """
        .log 100                       the last hundred
        .log status:error method:eth_* those that fit
        .log --full 5 > story.txt      as they were shown when they happened
        \(ExchangeChoice.help)
        """,
      options: [.init(name: "--full", value: "", summary: "requests and replies, not a table")],
      argument: .filter, run: log),
    Command(
      "inspect", usage: "FILE | TEXT",
      summary: "what is wrong with a reply, a log or a capture",
      help: """
        .inspect reply.json        a reply, a request and its reply, a log, a capture
        .inspect {"result": 1,}    the text itself
        .inspect --full big.json   all that could be read of it, however long
        `rpcscope inspect --help` tells of the forms that are recognised.
        """,
      options: [.init(name: "--full", value: "", summary: "all that could be read")],
      argument: .path, run: inspect),
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
    let exchange = try shell.exchange(number)
    var rest = line
    rest.rest = line.rest.dropFirst(word.count).trimmed
    return try await ExchangeView.show(exchange, rest, shell)
  }

  @Sendable
  private static func log(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (rest, outputs) = try line.splitOutputs()
    var words = try CommandLine.words(rest)
    let isFull = words.first == "--full"
    if isFull { words.removeFirst() }
    var count = 30
    if let first = words.first.flatMap({ Int($0) }) {
      guard first > 0 else { throw Complaint("\(first) is no number of exchanges") }
      count = first
      words.removeFirst()
    }
    let all = try shell.connected().log.summaries
    if all.isEmpty { throw Complaint("nothing was exchanged yet", status: .ok) }
    if isFull {
      let text = logText(try shell.chosen(words).suffix(count), shell, outputs.isEmpty)
      return try await ExchangeView.deliver(text, outputs, shell)
    }
    let summaries = words.isEmpty ? all : try shell.chosen(words).map(ExchangeLog.Summary.init)
    let shown = Array(summaries.suffix(count))
    let width = outputs.isEmpty ? shell.screen.width : 200
    var text = StyledText(lines: LogTable.lines(shown, width: width))
    if shown.count < summaries.count, outputs.isEmpty {
      let rest = ([".log \(summaries.count)"] + words).joined(separator: " ")
      text.append("\n… \(summaries.count - shown.count) before; `", .dim)
      text.append("\(SafeText.escape(rest))` shows all", .dim)
    }
    return try await ExchangeView.deliver(text, outputs, shell)
  }

  /// Exchanges as they were shown when they happened.
  private static func logText(
    _ exchanges: ArraySlice<Exchange>, _ shell: Interpreter, _ isForScreen: Bool
  ) -> StyledText {
    var text = RecordedText(
      width: isForScreen ? shell.screen.width : 100,
      isTerminal: isForScreen && shell.screen.isTerminal)
    var lines: [StyledText] = []
    for exchange in exchanges { lines += text.lines(exchange) }
    return StyledText(lines: lines)
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
    var line = line
    let isFull = line.rest.prefix { !$0.isWhitespace } == "--full"
    if isFull { line.rest = line.rest.dropFirst("--full".count).trimmed }
    let isText = line.rest.hasPrefix("{") || line.rest.hasPrefix("[")
    let inputs = isText ? [String(line.rest)] : try line.words()
    if inputs.isEmpty {
      throw Complaint(
        "a file or a text must follow .inspect", hint: "`.last findings` tells of the last reply")
    }
    var inspect = Inspect()
    inspect.isFull = isFull
    inspect.isJSON = shell.settings.value.json
    inspect.mode = shell.settings.value.replies
    return inspect.run(inputs, screen: shell.screen)
  }
}
