/// A session with a real server that is recorded, to be sent again.
struct RecordedServer {
  /// How the program reaches the server.
  let target: [String]
  /// What is asked, as statements of the shell.
  let statements: [String]
  /// Options that the program needs at each connection.
  var connection: [String] = []
  /// Options without which a replay to the same server differs: what time explains.
  var varying: [String] = []
  /// How the mock of it is reached: options of `serve`.
  var place: [String] = ["--listen", "127.0.0.1:0"]
  /// How many exchanges are sent again.
  var count: Int

  /// Records it, and gives the home in which `session.jsonl` is.
  func record() async throws -> Home {
    let home = try Home()
    let words = statements.flatMap { ["-e", $0] }
    let run = try await ProgramRun.finish(
      ["--record", "session.jsonl", "--no-discover"] + connection + words + target, home: home)
    guard home.read("session.jsonl") != nil else {
      throw TooLate(description: "nothing was recorded: \(run.errors)")
    }
    return home
  }

  /// Sends it to where it was recorded.
  func replay(_ home: Home, _ options: [String] = []) async throws -> ProgramRun.Outcome {
    try await ProgramRun.finish(
      ["replay", "session.jsonl"] + options + connection + varying, home: home)
  }

  /// Sends it to a mock that was made of it, without letting anything vary.
  func replayToMock(_ home: Home, _ options: [String] = []) async throws -> ProgramRun.Outcome {
    let path = "\(home.path)/session.jsonl"
    if place == ["--stdio"] {
      let mock = "stdio:\(BuiltProgram.path) serve --quiet --stdio --replay \(path)"
      return try await ProgramRun.finish(
        ["replay", "session.jsonl", mock] + options + connection, home: home)
    }
    let places = place.map { $0 == "socket" ? "\(home.path)/mock.sock" : $0 }
    let mock = try await ServedProgram(["serve", "--replay", path] + places, home: home)
    return try await ProgramRun.finish(
      ["replay", "session.jsonl", mock.url] + options + connection, home: home)
  }
}

extension ProgramRun.Outcome {
  /// Whether so many exchanges were compared, and all were the same.
  func isSame(_ count: Int) -> Bool {
    let same = errors.split(separator: "\n").first { $0.hasPrefix("same ") }
    let numbers = same?.split(separator: " ").dropFirst().map(String.init)
    return status == .exited(0) && numbers == ["\(count)", "\(count)"]
  }
}
