import ArgumentParser
import Host
import Shell
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The shell on the embedded demo server.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Explore a server that comes with rpcscope; no network needed.")

  @Option(
    name: .customShort("e"),
    help: ArgumentHelp("Run this statement and leave; may be repeated.", valueName: "statement"))
  var statements: [String] = []
  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Display") var display: DisplayOptions
  @OptionGroup(title: "Shell") var shell: ShellOptions

  func run() async throws {
    try await ShellRun(
      connection: connection, display: display, shell: shell, statements: statements, name: "demo"
    ).run { () throws(Complaint) in
      // A child of our own: the demo goes the whole way through pipes, framing and exit.
      .child([Self.executable, "demo-server"])
    }
  }

  /// The path of this program.
  private static var executable: String {
    #if canImport(Glibc)
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let length = readlink("/proc/self/exe", &buffer, Int(PATH_MAX))
      if length > 0 {
        return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    #else
      var size = UInt32(PATH_MAX) + 1
      var buffer = [CChar](repeating: 0, count: Int(size))
      if _NSGetExecutablePath(&buffer, &size) == 0 { return String(cString: buffer) }
    #endif
    return CommandLine.arguments[0]
  }
}

/// The demo server itself, on standard input and output.
struct DemoServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo-server", abstract: "The demo server, on standard input and output.",
    shouldDisplay: false)

  func run() async throws {
    let status = await runDemoServer()
    if status != 0 { throw ExitCode(status) }
  }
}
