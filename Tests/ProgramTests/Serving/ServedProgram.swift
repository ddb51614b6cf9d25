/// `rpcscope serve` on a free port, or another program that prints where it listens.
final class ServedProgram {
  let run: ProgramRun
  /// What it listens on, as it said itself.
  let url: String

  init(
    _ arguments: [String], home: Home? = nil, program: String = BuiltProgram.path
  ) async throws {
    run = try ProgramRun(arguments, home: home, program: program)
    try await run.waitFor("\n")
    url = run.outputLines[0].split(separator: " ").last.map(String.init) ?? ""
  }

  static func start(_ options: String..., home: Home? = nil) async throws -> ServedProgram {
    let place = options.contains { ["--tcp", "--unix"].contains($0) }
    return try await ServedProgram(
      ["serve"] + (place ? [] : ["--listen", "127.0.0.1:0"]) + options, home: home)
  }

  /// Calls one of its methods with `rpcscope call`.
  func call(_ arguments: String...) async throws -> ProgramRun.Outcome {
    let options = arguments.prefix { $0.hasPrefix("-") }
    return try await ProgramRun.finish(
      ["call"] + options + [url] + arguments.dropFirst(options.count))
  }
}
