import ArgumentParser
import JSONRPC
import LosslessJSON
import Shell
import Terminal
import Wire

/// One call, for scripts.
struct CallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Call one method and print its result.",
    usage: "rpcscope call [OPTIONS] TARGET METHOD [ARGUMENTS]",
    discussion: """
      Arguments are those of the shell: 42, name=value, name:=JSON, @file. \
      One object or array alone is the whole params. Options come before \
      the method, everything behind it is an argument, -5 included.
      """)

  @Option(help: ArgumentHelp("The id, as JSON.", valueName: "id")) var id: String?
  @Flag(help: "Send a notification: no reply is due.") var notify = false
  @Option(
    name: .customLong("openrpc"),
    help: ArgumentHelp("Check and type the arguments by this OpenRPC document.", valueName: "file"))
  var openRPC: String?
  @Option(
    help: ArgumentHelp("Keep the exchange in this file, behind what is there.", valueName: "file"),
    completion: .file())
  var record: String?
  @OptionGroup var masking: MaskOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Display") var display: DisplayOptions
  @Argument(help: "A URL, unix:PATH, tcp:HOST:PORT or 'stdio:COMMAND LINE'.") var target: String
  @Argument(help: "The method.") var method: String
  @Argument(parsing: .captureForPassthrough, help: "The method's arguments.")
  var words: [String] = []

  func run() async throws {
    let screen = Screen(color: display.color)
    let interpreter = Interpreter(screen: screen)
    do throws(Complaint) {
      var options = Interpreter.Options()
      display.apply(to: &options)
      try connection.apply(to: &options)
      try interpreter.apply(options)
      interpreter.isKeeping = true
      if let record {
        var options = try RecordingOptions(isKept: false, program: ProgramVersion.name)
        options.place = .file(record)
        try masking.apply(to: &options)
        interpreter.recording = options
      }
      if let openRPC { try interpreter.loadOpenRPC(openRPC) }
      try await interpreter.connect(connection.connection(to: parsedTarget()))
    } catch {
      ShellRun.complain(error, display.color)
      return try error.status.leave()
    }
    Signals.shared.start()
    let id = id.map { RequestID((try? JSON(reading: $0)) ?? JSON($0)) }
    let status = await interpreter.call(method, words: words, id: id, asNotification: notify)
    await interpreter.disconnect()
    try status.leave()
  }

  private func parsedTarget() throws(Complaint) -> Target {
    try Connection.target(parsing: target)
  }
}
