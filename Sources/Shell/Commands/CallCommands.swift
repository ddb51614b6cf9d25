import JSONRPC
import LosslessJSON
import Session
import Terminal
import Wire

/// Commands that send something.
enum CallCommands {
  static let all: [Command] = [
    Command(
      "call", usage: "[--id ID] [--timeout SECONDS] [--header 'NAME: VALUE'] METHOD [ARGUMENTS]",
      summary: "call a method, with options or a name that looks like a command",
      help: """
        .call --id '"abc"' --timeout 2 slow 5
        .call --header 'X-Trace: 1' eth_blockNumber
        .call exit                 calls a method named exit
        The id is JSON: --id 7, --id '"7"'; a word that is no JSON is a string.
        """,
      options: [
        .init(name: "--id", value: "ID", summary: "the id, as JSON"),
        .init(name: "--timeout", value: "SECONDS", summary: "the longest to wait for the reply"),
        .init(name: "--header", value: "'NAME: VALUE'", summary: "an HTTP header for this call"),
      ],
      argument: .call, run: call),
    Command(
      "notify", usage: "METHOD [ARGUMENTS]", summary: "send a notification: no reply is due",
      help: ".notify log level=info message='all is well'", argument: .call, run: notify),
    Command(
      "batch", usage: "[METHOD [ARGUMENTS] ; METHOD [ARGUMENTS] …]",
      summary: "send several calls as one message",
      help: """
        .batch subtract 42 23 ; echo hello ; .notify log hi
        Alone it collects a call a line; an empty line sends them, `.` gives up.
        The table shows each request against its reply and marks what is missing, surplus,
        double, or out of order.
        """,
      argument: .call, run: batch),
    Command(
      "pending", usage: "[cancel]", summary: "the calls in the background",
      help: """
        slow 10 5 &       gives the prompt back; the reply stands above it when it comes
        .pending          those that still wait
        .pending cancel   gives them up (Ctrl-C does not)
        """, run: pending),
    Command(
      "send", usage: "[--no-frame] (--exact TEXT | @FILE)",
      summary: "write bytes to the server untouched, valid or not",
      help: """
        .send @request.json         the file's bytes
        .send --exact {"id": 1      the text as it stands
        .send --no-frame --exact x  without the newline or headers that frame a message
        """,
      options: [
        .init(name: "--exact", value: "TEXT", summary: "the text as it stands"),
        .init(name: "--no-frame", value: "", summary: "without what frames a message"),
      ],
      argument: .file, run: send),
  ]

  @Sendable
  private static func call(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    var (options, text) = try CallOptionWords.take(String(line.rest))
    if text.isEmpty {
      throw Complaint("a method must follow .call", hint: "`.help call` shows how")
    }
    // What looks like a command or a keyword is a method here.
    if text.hasPrefix(".") {
      text = "'" + text.prefix { !$0.isWhitespace } + "'" + text.drop { !$0.isWhitespace }
    }
    var (statement, call) = try CommandLine.call(text, "call")
    statement.capture = line.capture
    return try await shell.call(call, statement, text, options: options)
  }

  @Sendable
  private static func notify(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let text = String(line.rest)
    let (statement, call) = try CommandLine.call(text, "notify")
    return try await shell.call(call, statement, text, asNotification: true)
  }

  @Sendable
  private static func batch(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    _ = try shell.connected()
    if line.rest.isEmpty {
      shell.collecting = []
      shell.screen.note(
        StyledText("a call a line; an empty line sends the batch, `.` gives it up", .hint))
      return .ok
    }
    let (text, outputs) = try line.splitOutputs()
    var statement = Statement(action: .nothing, outputs: outputs)
    statement.capture = line.capture
    return try await shell.sendBatch(StatementSplitter.split(text), statement)
  }

  @Sendable
  private static func pending(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    switch line.rest {
    case "":
      let running = shell.background.running
      if running.isEmpty { shell.screen.note(StyledText("nothing runs in the background", .dim)) }
      for call in running {
        let seconds = (ContinuousClock.now - call.start).components.seconds
        shell.screen.show(
          StyledText(SafeText.escape(call.line)) + StyledText("  (since \(seconds) s)", .dim))
      }
      return .ok
    case "cancel":
      shell.background.cancel()
      return .ok
    default:
      throw Complaint("\(line.rest) is nothing that .pending does", hint: "`.pending cancel`")
    }
  }

  @Sendable
  private static func send(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    var rest = line.rest
    var options = CallOptions()
    if rest.hasPrefix("--no-frame") {
      options.isFramed = false
      rest = rest.dropFirst("--no-frame".count).trimmed
    }
    let bytes: [UInt8]
    if rest.hasPrefix("--exact ") {
      bytes = Array(rest.dropFirst("--exact ".count).utf8)
    } else if rest.hasPrefix("@"), rest.count > 1 {
      do throws(FileText.Fault) { bytes = try FileText.read(String(rest.dropFirst())) } catch {
        throw Complaint(error.message)
      }
    } else {
      throw Complaint("what is to be sent?", hint: ".send @FILE or .send --exact TEXT")
    }
    return try await shell.send(Outgoing(raw: bytes), options, Statement(action: .raw("")))
  }
}

/// The options before the method of `.call`.
enum CallOptionWords {
  static func take(_ text: String) throws(Complaint) -> (CallOptions, String) {
    var options = CallOptions()
    var cursor = Cursor(text)
    while true {
      cursor.skipBlanks()
      let word = String(decoding: cursor.word, as: UTF8.self)
      guard word.hasPrefix("--") else { break }
      cursor.at = cursor.word.endIndex
      if word == "--" { break }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? String(parts[1]) : try nextWord(&cursor, after: word)
      try set(String(parts[0]), value, &options)
    }
    return (options, cursor.text(cursor.at..<cursor.end)[...].trimmed.description)
  }

  private static func nextWord(_ cursor: inout Cursor, after option: String) throws(Complaint)
    -> String
  {
    cursor.skipBlanks()
    if cursor.isAtEnd { throw Complaint("a value must follow \(option)") }
    var scanner = ValueScanner(cursor: cursor)
    do throws(ScanFailure) {
      let text =
        switch cursor.current {
        case 0x27: try scanner.singleQuoted()
        case 0x22: try scanner.doubleQuoted()
        default: scanner.bare()
        }
      cursor = scanner.cursor
      return text
    } catch {
      throw Complaint("the quoted value after \(option) can't be read", hint: "`.help call`")
    }
  }

  private static func set(
    _ name: String, _ value: String, _ options: inout CallOptions
  ) throws(Complaint) {
    let json = try? JSON(reading: value)
    // In double quotes, as values of params may be.
    let value = json?.string ?? value
    switch name {
    case "--id": options.id = RequestID(json ?? JSON(value))
    case "--timeout": options.timeout = try SettingValue.duration(value)
    case "--header": options.headers.append(try SettingValue.header(value))
    default:
      throw Complaint("there is no option \(name)", hint: "--id, --timeout and --header are known")
    }
  }
}
