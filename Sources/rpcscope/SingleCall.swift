import ArgumentParser
import JSONRPC
import Shell
import Terminal
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One call and the end of the program, however it was asked for.
struct SingleCall: Sendable {
  var target: String
  var method: String
  var words: [String]
  var id: RequestID?
  var isNotification = false
  var openRPC: String?
  var recording: RecordingOptions?
  var color = ColorChoice.auto
  var options = Interpreter.Options()
  /// What was said about the way to a target.
  var connection: @Sendable (Target) throws(Complaint) -> Connection = {
    (target) throws(Complaint) in
    var connection = Connection(target)
    try connection.useBuildServerIfNamed()
    return connection
  }

  /// Reads the words of a program's whole command line if they are `call TARGET METHOD [ARGUMENTS]`
  /// and no option is among them. Reading them with ArgumentParser takes longer than the call.
  static func plain(_ words: ArraySlice<String>) -> SingleCall? {
    let plain = words.dropFirst()
    guard words.first == CallCommand.name, plain.count >= 2,
      plain.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") })
    else { return nil }
    let words = Array(plain)
    return SingleCall(target: words[0], method: words[1], words: Array(words[2...]))
  }

  /// Whether those words are such a call of an address of HTTP; asked before any string is made.
  static func isPlainOverHTTP(
    _ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  ) -> Bool {
    guard count >= 4, let command = words[1], let target = words[2],
      strcmp(command, CallCommand.name) == 0, strncmp(target, "http", 4) == 0
    else { return false }
    return (3..<Int(count)).allSatisfy { words[$0].map { $0[0] != 0 && $0[0] != 0x2D } ?? false }
  }

  /// Calls, prints, and says what to exit with; the program is to end then.
  func run() async -> ExitStatus {
    let screen = Screen(color: color)
    let interpreter = Interpreter(screen: screen)
    // Never taken apart: the program's end does that in less time.
    _ = Unmanaged.passRetained(interpreter)
    do throws(Complaint) {
      try interpreter.apply(options)
      interpreter.isKeeping = true
      interpreter.isForOneCall = true
      if let recording { interpreter.recording = recording }
      let chosen = try connection(Connection.target(parsing: target))
      if let openRPC { try await interpreter.loadOpenRPC(openRPC, by: chosen) }
      try await interpreter.connect(chosen)
    } catch {
      ShellRun.complain(error, color)
      return error.status
    }
    let status = await interpreter.call(
      method, words: words, id: id, asNotification: isNotification)
    await interpreter.finish()
    return status.combined(with: interpreter.statusBeside)
  }
}
