import Recording
import Session
import Terminal
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `.replay`: exchanges of this session, or of a recording, sent again over the present connection.
enum ReplayCommands {
  static let all: [Command] = [
    Command(
      "replay", usage: "[FILE] [N..M | FILTERS]",
      summary: "send recorded requests again and say what is different",
      help: """
        .replay                     all calls of this session
        .replay 3..7                some
        .replay last                the newest recording, to the present target
        .replay bug.jsonl method:search --vary time
        Each comes out as same, differs, now an error, no reply …; what differs follows by path.
        Values that an earlier reply brought are carried into later requests. Secrets that a
        recording has masked are given with --secret NAME=@FILE.
        \(ExchangeChoice.help)
        """, options: ReplayOptions.list + ComparisonOptions.valued + ComparisonOptions.flags,
      argument: .filter, run: replay)
  ]

  @Sendable
  private static func replay(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    var options = ReplayOptions()
    var words = try line.words()[...]
    try options.take(&words)
    let file = words.first.flatMap { isFile($0) ? $0 : nil }
    if file != nil { words.removeFirst() }
    // Options may stand behind the file and its filters too.
    let end = words.firstIndex { $0.hasPrefix("--") } ?? words.endIndex
    var rest = words[end...]
    try options.take(&rest)
    let filter = Array(words[..<end] + rest)
    let client = try shell.connected()
    let path = try file.map { (word) throws(Complaint) in try RecordingPath.of(word) }
    let dialect = client.dialect.name
    let exchanges = try recorded(shell, path, filter)
    let plan = ReplayPlan(exchanges, options: try options.plan(dialect: dialect))
    if plan.steps.isEmpty { throw Complaint("nothing of that is to be sent", hint: "`.log`") }
    if options.updates, path == nil {
      throw Complaint("--update changes a recording", hint: "name one: `.replay --update FILE`")
    }
    let run = try makeRun(shell, client, plan, options, name: file ?? "this session")
    try await run.run(shell.interruption)
    if let path { try run.accept(into: path) }
    return run.status
  }

  private static func makeRun(
    _ shell: Interpreter, _ client: Client, _ plan: ReplayPlan, _ options: ReplayOptions,
    name: String
  ) throws(Complaint) -> ReplayRun {
    let connection = shell.connection
    let headers = client.traits.takesHeaders ? shell.settings.value.headers : []
    let given =
      connection?.given(headers)
      ?? ReplaySecrets.Given(headers: [], hasCredentials: false, isHTTP: false, dialect: "")
    let secrets = ReplaySecrets(plan, given: given)
    let values = try MissingSecrets.values(of: secrets, options)
    var rules = shell.maskRules(connection)
    for value in values.values { rules.learn(value: value) }
    let target = connection?.displayName ?? client.traits.peer
    return try ReplayRun(
      ReplayRun.Source(
        plan: plan, secrets: secrets, values: values, client: client, headers: headers,
        target: target, rules: rules, names: (name, target)), options, shell.screen)
  }

  /// The exchanges that are meant: of a file, or of this session.
  private static func recorded(
    _ shell: Interpreter, _ path: String?, _ words: [String]
  ) throws(Complaint) -> [RecordedExchange] {
    guard let path else { return try shell.chosen(words).map { RecordedExchange($0) } }
    let filter = try ExchangeChoice.filter(words)
    let session = try Complaint.wrapping { () throws(RecordingError) in
      try RecordingSources.read(path)
    }
    for note in session.notes { shell.screen.note(StyledText(SafeText.escape(note), .note)) }
    return session.exchanges.filter { filter.matches($0.exchange) }
  }

  /// Whether a word names a recording rather than exchanges.
  private static func isFile(_ word: String) -> Bool {
    guard ExportRecording.isFile(word), !word.hasPrefix("-") else { return false }
    return word == "last" || word.contains("/") || access(FileText.expanded(word), F_OK) == 0
      || word.hasSuffix(".jsonl") || word.hasSuffix(".har")
  }
}
