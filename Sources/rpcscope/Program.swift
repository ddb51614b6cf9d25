import ArgumentParser
import Shell
import Terminal
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program's own name and version.
enum ProgramVersion {
  static let text = "0.1.0"
  static let name = "rpcscope \(text)"
}

/// Parses the command line and runs the subcommand.
@main
struct Program {
  /// Not async: the runtime is slower to begin that way.
  static func main() {
    // Before there is a thread that opens files.
    occupyStandardStreams()
    // Before all else, since loading libcurl is the longest part of a call.
    let isPlainOverHTTP = SingleCall.isPlainOverHTTP(CommandLine.argc, CommandLine.unsafeArgv)
    if isPlainOverHTTP { HTTPChannel.prepare(openingFirst: true) }
    let words = CommandLine.arguments.dropFirst()
    if words == ["--version"] {
      print(ProgramVersion.name)
      leave(0)
    }
    if let call = SingleCall.plain(words) { make(call, overHTTP: isPlainOverHTTP) }
    if words.contains(where: { $0.hasPrefix("http") }) {
      // Loading libcurl takes as long as everything else before the first reply, so both happen at
      // once. No thread starts while a library is loaded: the pool's first has to be there before,
      // and this one goes on until it has to wait.
      Task.detached {}
      HTTPChannel.prepare()
    }
    start { await run(words) }
    while true { pause() }
  }

  /// Makes one call, all of it on this thread but for the channel's part.
  private static func make(_ call: SingleCall, overHTTP isOverHTTP: Bool) -> Never {
    if !isOverHTTP { Signals.shared.start() }
    start(on: MainThread.shared) { leave(await call.run().rawValue) }
    // Its thread can't start while libcurl is loaded; until then a signal ends us, which will do.
    if isOverHTTP { Signals.shared.start() }
    MainThread.shared.run()
  }

  /// Begins a task on this thread, where the system can; it goes on there or in the pool.
  private static func start(
    on executor: (any TaskExecutor)? = nil, _ body: @escaping @Sendable () async -> Void
  ) {
    if #available(macOS 26, *) {
      Task.immediateDetached(executorPreference: executor) { await body() }
    } else {
      Task.detached(executorPreference: executor) { await body() }
    }
  }

  private static func run(_ words: ArraySlice<String>) async -> Never {
    let (type, rest) = commandType(words)
    do {
      var command = try type.parseAsRoot(rest)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      leave(0)
    } catch {
      finish(error, type)
    }
  }

  /// The subcommand named first is parsed alone, which saves a short call the options of the others.
  private static func commandType(
    _ words: ArraySlice<String>
  ) -> (any ParsableCommand.Type, [String]) {
    let named: [any ParsableCommand.Type] = [
      CallCommand.self, InspectCommand.self, ServeCommand.self, DemoCommand.self,
      SessionsCommand.self, ShowCommand.self, ReplayCommand.self, DiffCommand.self,
      ExportCommand.self,
      DemoServerCommand.self,
    ]
    let type = named.first { $0.configuration.commandName == words.first }
    return type.map { ($0, Array(words.dropFirst())) } ?? (RootCommand.self, Array(words))
  }

  /// Ends with the message and status of an error; ArgumentParser's 64 is our 2.
  private static func finish(_ error: any Error, _ type: any ParsableCommand.Type) -> Never {
    if let failure = error as? ServeFailure {
      tell("error: \(SafeText.escape(failure.description))", 2)
      leave(failure.status)
    }
    let code = type.exitCode(for: error).rawValue
    let message = message(of: error, type)
    if code != 0 {
      tell(message, 2)
      leave(code == EX_USAGE ? ExitStatus.usage.rawValue : code)
    }
    if let code = tell(message, 1) { leave(Screen.lostOutput(code).rawValue) }
    leave(0)
  }

  /// What ArgumentParser says, but as it is for a subcommand, which to it is the program.
  private static func message(of error: any Error, _ type: any ParsableCommand.Type) -> String {
    var message = type.fullMessage(for: error)
    if type != RootCommand.self, let name = type.configuration.commandName {
      message.replace("See '\(name) --help'", with: "See 'rpcscope \(name) --help'")
    }
    // An option that is known, behind the words that are the method's.
    let quoted = message.split(separator: "'", maxSplits: 4, omittingEmptySubsequences: false)
    if quoted.count == 5, quoted[1] == quoted[3], quoted[2] == ". Did you mean " {
      message.replace(
        "Unknown option '\(quoted[1])'. Did you mean '\(quoted[1])'?",
        with: "\(quoted[1]) must stand before the target.")
    }
    return message
  }

  /// Writes a text and a newline, if there is one; the errno of what hindered that.
  ///
  /// Not through the C library, which makes no stream of a standard one that was closed.
  @discardableResult
  private static func tell(_ text: String, _ descriptor: Int32) -> Int32? {
    text.isEmpty ? nil : Screen.write(Array((text + "\n").utf8), to: descriptor)
  }

  /// Ends without the libraries' own endings: libcrypto's frees what a thread that ends at the same
  /// time frees too.
  private static func leave(_ status: Int32) -> Never {
    Signals.shared.yieldToEnding()
    restoreTerminal()
    var status = status
    if fflush(nil) != 0, errno != EPIPE, status != ExitStatus.interrupted.rawValue {
      status = Screen.lostOutput(errno).rawValue
    }
    _exit(status)
  }

  /// Takes the places of standard streams that were closed, lest a file or connection of ours comes
  /// to stand there; what is read or written there fails as before.
  private static func occupyStandardStreams() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}

/// The program: without a subcommand it is the shell.
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpcscope",
    abstract: "An interactive shell and inspector for JSON-RPC servers.",
    discussion: """
      rpcscope http://127.0.0.1:8545         explore a server live
      rpcscope -- clangd --log=error         … one on its stdin and stdout
      rpcscope call URL METHOD [ARGUMENTS]   one call, for scripts
      rpcscope inspect [FILE]                what is wrong with a reply or a log
      rpcscope demo                          a server to play with
      rpcscope serve                         … over HTTP, TCP or a Unix socket; mocks, faults
      rpcscope sessions                      sessions that were kept: show, replay, diff, export

      A target is a URL, unix:PATH, tcp:HOST:PORT or 'stdio:COMMAND LINE'.

      The options of a connection are named as curl names them: -H, -u, -k, \
      -x, -m and more. `rpcscope shell --help` lists them with those of the \
      shell; call and demo take them too, behind that word.

      Exit status: 0 ok, 1 error reply, 2 usage, 3 not reachable,
      4 refused credentials, 5 malformed reply, 6 recordings differ,
      130 interrupted.
      """,
    version: ProgramVersion.name,
    subcommands: [
      ShellCommand.self, CallCommand.self, InspectCommand.self, ServeCommand.self, DemoCommand.self,
      SessionsCommand.self, ShowCommand.self, ReplayCommand.self, DiffCommand.self,
      ExportCommand.self,
      DemoServerCommand.self,
    ],
    defaultSubcommand: ShellCommand.self)
}

extension ExitStatus {
  /// Ends the program with this status.
  func leave() throws {
    if self != .ok { throw ExitCode(rawValue) }
  }
}
