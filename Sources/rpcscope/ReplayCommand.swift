import ArgumentParser
import Shell
import Terminal
import Wire

/// A recording sent again.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Send a recorded session again and say what is different.",
    usage: """
      rpcscope replay [OPTIONS] FILE [TARGET] [FILTERS]
      rpcscope replay [OPTIONS] FILE [FILTERS] -- COMMAND [ARGUMENTS]
      """,
    discussion: """
      FILE is named as for `rpcscope show`; without TARGET its requests go where they went. They \
      get new ids, the handshake of MCP and language servers is done anew, and values that later \
      requests took from earlier replies are carried over. The new session is kept as any other.

        rpcscope replay last
        rpcscope replay bug.jsonl http://127.0.0.1:8545 method:eth_* --vary time
        rpcscope replay last --secret token=@token.txt --update

      Exit status: 0 all the same, 6 something is different, 2 usage or a secret is missing, \
      3 not reachable, 4 refused credentials, 5 malformed reply, 130 interrupted.
      """)

  @Argument(help: "A recording, `last`, or a number of `rpcscope sessions`.") var file: String
  @Argument(help: "A target, and which exchanges, as for `rpcscope show`.") var words: [String] = []
  @OptionGroup(title: "Replay") var replay: ReplayArguments
  @OptionGroup(title: "Comparison") var comparison: ComparisonArguments
  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Display") var display: DisplayOptions
  func run() async throws {
    let screen = Screen(color: display.color)
    let status: ExitStatus
    do throws(Complaint) {
      var run = ReplayRecording()
      try connection.apply(to: &run.settings)
      display.apply(to: &run.settings)
      run.options = try replay.options()
      run.options.comparison = comparison.options(keys: keyPaths)
      run.options.comparison.listsSame = !replay.quiet
      run.options.comparison.isJSON = display.json
      run.recording = try replay.keeping.recording()
      let (target, filters) = try targetAndFilters()
      run.filter = filters
      Signals.shared.start()
      var connection = connection
      // What begins with $ is a path into replies, and no file.
      connection.key.removeAll { $0.hasPrefix("$") }
      status = try await run.run(
        file, to: target,
        connect: { [connection] (target) throws(Complaint) in try connection.connection(to: target)
        },
        screen: screen)
    } catch {
      ShellRun.complain(error, display.color)
      return try error.status.leave()
    }
    try status.leave()
  }

  private var keyPaths: [String] { connection.key.filter { $0.hasPrefix("$") } }

  private func targetAndFilters() throws(Complaint) -> (Target?, [String]) {
    // ArgumentParser puts what is behind -- with the other words.
    let command = CommandLine.arguments.drop { $0 != "--" }.dropFirst()
    if !command.isEmpty { return (.child(Array(command)), words.dropLast(command.count)) }
    guard let first = words.first, Self.isTarget(first) else { return (nil, words) }
    do throws(WireError) {
      return (try Target(parsing: first), Array(words.dropFirst()))
    } catch {
      throw Complaint(error)
    }
  }

  private static func isTarget(_ word: String) -> Bool {
    ["http://", "https://", "unix:", "tcp:", "stdio:"].contains { word.hasPrefix($0) }
  }
}

/// Options about how a recording is sent.
struct ReplayArguments: ParsableArguments {
  @Flag(help: "Send the recorded ids instead of new ones.") var keepIds = false
  @Option(help: ArgumentHelp("No sooner than then: recorded, or none.", valueName: "pace"))
  var pace = "none"
  @Option(
    help: ArgumentHelp("So many at once; without it as it was then.", valueName: "count"))
  var concurrency: String?
  @Flag(help: "End at the first difference.") var stop = false
  @Option(
    help: ArgumentHelp(
      "Later requests take the value at this path of a reply; none: not even those recognised.",
      valueName: "path"))
  var carry: [String] = []
  @Option(
    help: ArgumentHelp("A secret that the recording has masked.", valueName: "name=@file"))
  var secret: [String] = []
  @Flag(help: "Send masks as they are.") var keepMasks = false
  @Flag(help: "Accept what is different: put the new replies into the recording, keep a backup.")
  var update = false
  @Flag(name: .shortAndLong, help: "List only what is different.") var quiet = false
  @OptionGroup var keeping: KeepingOptions

  /// The same for the shell.
  func options() throws(Complaint) -> ReplayOptions {
    var options = ReplayOptions()
    options.keepsIDs = keepIds
    options.isPaced = try ReplayOptions.pace(pace)
    if let concurrency { options.concurrency = try ReplayOptions.concurrency(concurrency) }
    options.stops = stop
    options.carried = carry
    options.secrets = secret
    options.keepsMasks = keepMasks
    options.updates = update
    return options
  }
}
