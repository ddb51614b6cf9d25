import ArgumentParser
import JSONRPC
import LosslessJSON
import Shell
import Terminal

/// One call, for scripts.
struct CallCommand: AsyncParsableCommand {
  static let name = "call"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Call one method and print its result.",
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
    help: ArgumentHelp(
      "Check and type the arguments by this OpenRPC document.", valueName: "file|URL"))
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
    var call = SingleCall(target: target, method: method, words: words)
    call.id = id.map { RequestID((try? JSON(reading: $0)) ?? JSON($0)) }
    call.isNotification = notify
    call.openRPC = openRPC
    call.color = display.color
    display.apply(to: &call.options)
    call.connection = connection.connection(to:)
    do throws(Complaint) {
      try connection.apply(to: &call.options)
      if let record {
        var recording = try RecordingOptions(isKept: false, program: ProgramVersion.name)
        recording.place = .file(record)
        try masking.apply(to: &recording)
        call.recording = recording
      }
    } catch {
      ShellRun.complain(error, display.color)
      return try error.status.leave()
    }
    Signals.shared.start()
    try await call.run().leave()
  }
}
