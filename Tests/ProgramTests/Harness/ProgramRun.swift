#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program with pipes for its standard streams.
final class ProgramRun {
  let home: Home
  private let child: Child
  private var input: Int32
  private let output: Int32
  private let errors: Int32
  private(set) var outputBytes: [UInt8] = []
  private(set) var errorBytes: [UInt8] = []

  /// Starts the program (or another) with these arguments.
  init(
    _ arguments: [String], home: Home? = nil, environment: [String: String] = [:],
    program: String = BuiltProgram.path
  ) throws {
    let home = try home ?? Home()
    self.home = home
    let (toChild, fromChild, errorsOfChild) = (
      try Platform.pipe(), try Platform.pipe(), try Platform.pipe()
    )
    (input, output, errors) = (toChild.write, fromChild.read, errorsOfChild.read)
    for descriptor in [input, output, errors] { Platform.setNonBlocking(descriptor) }
    defer { for end in [toChild.read, fromChild.write, errorsOfChild.write] { close(end) } }
    child = try Child(
      [program] + arguments, environment: home.environment.merging(environment) { $1 },
      directory: home.path,
      streams: .descriptors(toChild.read, fromChild.write, errorsOfChild.write))
  }

  deinit {
    child.stop()
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
  }

  var processID: Int32 { child.pid }
  var outputText: String { String(decoding: outputBytes, as: UTF8.self) }
  var errorText: String { String(decoding: errorBytes, as: UTF8.self) }
  var outputLines: [String] { outputText.split(separator: "\n").map(String.init) }

  /// Writes to the program's stdin, as fast as it reads.
  func write(_ text: String) async throws {
    var rest = Array(text.utf8)[...]
    _ = try await eventually { () -> Bool? in
      drain()
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Platform.write(input, $0) }
        guard count > 0 else { break }
        rest = rest.dropFirst(count)
      }
      // A program that reads no more has ended, and its exit tells more.
      return rest.isEmpty || child.poll() != nil ? true : nil
    }
  }

  /// Ends the program's stdin.
  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  func signal(_ signal: Int32) { kill(child.pid, signal) }

  /// Waits until a text stands in the output.
  func waitFor(_ text: String) async throws {
    let found = try await eventually { () -> Bool? in
      drain()
      return outputText.range(of: text) != nil ? true : nil
    }
    guard found == nil else { return }
    throw TooLate(description: "no \"\(text)\" in:\n\(outputText)\nstderr:\n\(errorText)")
  }

  /// Waits for the program's end.
  func exit(within seconds: Double = 60) async throws -> ExitStatus {
    let status = try await eventually(within: seconds) { () -> ExitStatus? in
      let status = child.poll()
      drain()
      return status
    }
    if let status { return status }
    throw TooLate(description: "no exit; stdout:\n\(outputText)\nstderr:\n\(errorText)")
  }

  private func drain() {
    _ = Platform.readAvailable(output, into: &outputBytes)
    _ = Platform.readAvailable(errors, into: &errorBytes)
  }

  /// How a whole run went.
  struct Outcome {
    let status: ExitStatus
    let output: String
    let errors: String
    let home: Home

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// Runs the program to its end.
  static func finish(
    _ arguments: [String], input: String = "", home: Home? = nil,
    environment: [String: String] = [:], within seconds: Double = 60
  ) async throws -> Outcome {
    let run = try ProgramRun(arguments, home: home, environment: environment)
    try await run.write(input)
    run.closeInput()
    let status = try await run.exit(within: seconds)
    return Outcome(
      status: status, output: run.outputText, errors: run.errorText, home: run.home)
  }
}
