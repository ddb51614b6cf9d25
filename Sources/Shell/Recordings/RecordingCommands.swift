import LosslessJSON
import Recording
import Session
import Terminal
import View

/// Commands that keep, compare and hand on what was exchanged.
enum RecordingCommands {
  static let all: [Command] = [
    Command(
      "save", usage: "FILE [N..M | FILTERS]", summary: "keep this session's exchanges in a file",
      help: """
        .save today.jsonl             all exchanges, secrets masked
        .save bug.jsonl 3..7          some; a recording that is there is replaced
        `rpcscope show FILE` prints it. Sessions are kept anyway: `rpcscope sessions` lists them.
        \(ExchangeChoice.help)
        """, argument: .save, run: save),
    Command(
      "diff", usage: "N M", summary: "what is different between two exchanges",
      help: """
        .diff 3 7    by path: - what exchange 3 brought, + what exchange 7 brought instead
        .diff --ignore '$..updatedAt' --vary uuid 3 7
        Ids and times make no difference. In scripts a difference is exit status 6.
        """, options: ComparisonOptions.valued + ComparisonOptions.flags, run: diff),
    Command(
      "export", usage: "FORMAT [FILE] [N..M | FILTERS]",
      summary: "this session for other programs, as curl or HAR",
      help: exportHelp, argument: .export, run: export),
  ]

  private static var exportHelp: String {
    let kinds = SessionExports.all.map { "\($0.name.padding(to: 10))\($0.summary)" }
    return kinds.joined(separator: "\n") + """

      .export curl 3                 as text
      .export har session.har        into a file, secrets masked
      .export python 3..7 | less     … or a program
      """
  }

  // MARK: - Keeping

  @Sendable
  private static func save(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let words = try line.words()
    guard let name = words.first else { throw Complaint("the name of a file must follow .save") }
    let path = FileText.expanded(name)
    if path == shell.recorder?.path {
      throw Complaint("\(name) is where this session is kept anyway", hint: "name another file")
    }
    let exchanges = try shell.chosen(Array(words.dropFirst()))
    let client = try shell.connected()
    let copy = SessionCopy(
      header: shell.header(
        of: client, shell.connection, startedAt: exchanges.first?.startedAt ?? WallClock.now),
      rules: shell.maskRules(shell.connection), exchanges: exchanges)
    if let complaint = await Blocking.run({ copy.write(to: path) }) { throw complaint }
    let count = exchanges.count == 1 ? "1 exchange" : "\(exchanges.count) exchanges"
    shell.screen.note(StyledText("\(count) kept in \(SafeText.escape(name))", .dim))
    return .ok
  }

  // MARK: - Comparing

  @Sendable
  private static func diff(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (text, outputs) = try line.splitOutputs()
    var words = try CommandLine.words(text)[...]
    var options = ComparisonOptions()
    while try options.take(&words) {}
    let numbers = words.prefix(2).compactMap { Int($0) }
    words = words.dropFirst(2)
    while try options.take(&words) {}
    guard words.isEmpty, numbers.count == 2 else {
      throw Complaint("the numbers of two exchanges must follow .diff", hint: "`.log` lists them")
    }
    let old = try shell.exchange(numbers[0])
    let new = try shell.exchange(numbers[1])
    let compared = ComparedExchange(old, new, options: try options.comparison())
    guard let difference = compared.diff else { return .ok }
    if options.isJSON {
      let line = ComparisonRecord.line(compared) + [0x0A]
      let status = try await ExchangeView.deliver(line, outputs, shell)
      return status == .ok && !difference.isSame ? .differed : status
    }
    let drawing = DiffText(
      width: outputs.isEmpty ? shell.screen.width : 100, isSideBySide: options.isSideBySide)
    let shown = StyledText(lines: drawing.lines(difference, old, new))
    let status = try await ExchangeView.deliver(shown, outputs, shell)
    return status == .ok && !difference.isSame ? .differed : status
  }

  // MARK: - Handing on

  @Sendable
  private static func export(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (text, outputs) = try line.splitOutputs()
    var words = try CommandLine.words(text)
    guard let name = words.first else {
      throw Complaint("a format must follow .export", hint: ExportRecording.formats)
    }
    let format = try ExportRecording.format(name)
    words.removeFirst()
    let file = words.first.flatMap { ExportRecording.isFile($0) ? $0 : nil }
    if file != nil { words.removeFirst() }
    let exchanges = try shell.chosen(words)
    var mask = ExchangeMask(shell.maskRules(shell.connection))
    var header = shell.header(
      of: try shell.connected(), shell.connection,
      startedAt: exchanges.first?.startedAt ?? WallClock.now)
    header.target = mask.masked(header.target)
    let session = ExportedSession(
      header: header, exchanges: exchanges.map { mask.masked($0) })
    let bytes = format.write(session)
    guard let file else { return try await ExchangeView.deliver(bytes, outputs, shell) }
    try Interpreter.write(bytes, to: file, append: false)
    shell.screen.note(
      StyledText("\(Units.text(bytes: bytes.count)) written to \(SafeText.escape(file))", .dim))
    return .ok
  }
}

extension Interpreter {
  /// The exchange of that number, as long as it is kept whole.
  func exchange(_ number: Int) throws(Complaint) -> Exchange {
    let log = try connected().log
    if let exchange = log[number] { return exchange }
    let isGone = log.summaries.contains { $0.number == number }
    throw Complaint(
      isGone ? "exchange \(number) is no longer kept whole" : "there is no exchange \(number)",
      hint: "`.log` lists them")
  }
}
