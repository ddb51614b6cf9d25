import ArgumentParser
import Recording
import Shell
import Terminal
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The shell: interactive, or statements from `-e` or standard input.
struct ShellCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell", abstract: "Explore a server (the default).",
    usage: """
      rpcscope [OPTIONS] TARGET
      rpcscope [OPTIONS] -- COMMAND [ARGUMENTS]
      rpcscope [OPTIONS] -e STATEMENT … TARGET
      rpcscope [OPTIONS] TARGET < script
      """)

  @Argument(help: "A URL, unix:PATH, tcp:HOST:PORT, 'stdio:COMMAND LINE' or .bsp/NAME.json.")
  var target: String?
  @Option(
    name: .customShort("e"),
    help: ArgumentHelp("Run this statement and leave; may be repeated.", valueName: "statement"))
  var statements: [String] = []
  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Display") var display: DisplayOptions
  @OptionGroup(title: "Shell") var shell: ShellOptions
  @Argument(
    parsing: .postTerminator,
    help: "A command that speaks JSON-RPC on its standard input and output.")
  var command: [String] = []

  func run() async throws {
    try await ShellRun(
      connection: connection, display: display, shell: shell, statements: statements
    ).run { () throws(Complaint) in try chosenTarget() }
  }

  private func chosenTarget() throws(Complaint) -> Target? {
    if !command.isEmpty {
      if target != nil {
        throw Complaint("there is a target before -- and a command behind it; one is enough")
      }
      return .child(command)
    }
    guard let target else { return nil }
    if ["demo", "call", "inspect", "sessions", "show", "replay", "diff", "export"].contains(target)
    {
      let words = CommandLine.arguments.dropFirst().prefix { $0 != target }
      let before = words.isEmpty ? "[OPTIONS] …" : words.joined(separator: " ")
      throw Complaint(
        "the options of `rpcscope \(target)` come behind that word",
        hint: "`rpcscope \(target) \(before)`; a program of that name is stdio:\(target)")
    }
    return try Connection.target(parsing: target)
  }
}

/// Options of the shell itself.
struct ShellOptions: ParsableArguments {
  @Option(
    name: .customLong("openrpc"),
    help: ArgumentHelp("Learn the methods from this OpenRPC document.", valueName: "file|URL"))
  var openRPC: String?
  @Flag(help: "Don't ask the server what it offers.") var noDiscover = false
  @Flag(help: "Redraw nothing, for screen readers.") var plain = false
  @OptionGroup var keeping: KeepingOptions
}

/// One run of the shell, whatever the subcommand.
struct ShellRun {
  var connection: ConnectionOptions
  var display: DisplayOptions
  var shell: ShellOptions
  var statements: [String]
  /// The name for the prompt; empty for the target's.
  var name = ""

  func run(_ target: () throws(Complaint) -> Target?) async throws {
    let screen = Screen(color: display.color)
    let interpreter = Interpreter(screen: screen)
    var options = Interpreter.Options()
    var chosen: Connection?
    do throws(Complaint) {
      display.apply(to: &options)
      try connection.apply(to: &options)
      try interpreter.apply(options)
      interpreter.isProbing = !shell.noDiscover
      interpreter.recording = try shell.keeping.recording()
      interpreter.isKeeping = true
      if let target = try target() {
        chosen = try connection.connection(to: target)
      } else {
        interpreter.template = try connection.connection(to: .child([]))
      }
      if let place = shell.openRPC { try await interpreter.loadOpenRPC(place, by: chosen) }
    } catch {
      Self.complain(error, display.color)
      return try error.status.leave()
    }
    chosen?.name = name
    try await run(interpreter, chosen).leave()
  }

  private func run(_ interpreter: Interpreter, _ chosen: Connection?) async -> ExitStatus {
    func start() async throws(Complaint) {
      if let chosen { try await interpreter.connect(chosen) }
    }
    if !statements.isEmpty {
      return await ScriptShell.run(interpreter, lines: statements, start: start)
    }
    guard TerminalKind.canEdit(input: 0, output: 1), !display.json else {
      return await ScriptShell.run(interpreter, start: start)
    }
    return await InteractiveShell.run(
      interpreter, historyName: chosen?.displayName ?? "none", greeting: greeting(chosen),
      plain: shell.plain, start: start)
  }

  private func greeting(_ chosen: Connection?) -> StyledText {
    var text = StyledText("rpcscope \(ProgramVersion.text)", .strong)
    if let chosen {
      text.append(" · ")
      text.append(SafeText.escape(chosen.displayName), .promptTarget)
    } else {
      text.append(" · no target yet: `.connect TARGET`")
    }
    text.append(" · Tab completes, `.help` helps, Ctrl-D leaves", .dim)
    return text
  }

  /// Says what is wrong with the command line.
  static func complain(_ complaint: Complaint, _ color: ColorChoice) {
    let renderer = Renderer(color: color.decide(descriptor: 2))
    let bytes = Array((renderer.render(complaint.text) + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}
