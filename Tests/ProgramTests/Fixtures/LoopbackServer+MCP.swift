import Testing

/// Our own MCP server, which asks, tells, forgets and changes as the tests want it.
enum ScriptedMCP: String, CaseIterable, Sendable {
  case handshakeOverStreams = "handshake stdio"
  case handshakeOverHTTP = "handshake http"
  case statelessOverStreams = "stateless stdio"
  case statelessOverHTTP = "stateless http"

  static let script = "\(Installed.project)/Tests/ProgramTests/Servers/mcp_scripted.py"

  var isStateless: Bool { rawValue.hasPrefix("stateless") }
  var isHTTP: Bool { rawValue.hasSuffix("http") }
  var era: String { isStateless ? "stateless" : "handshake" }

  /// The arguments that reach it, and the server where it is not a child of the program.
  func start(_ options: [String] = []) async throws -> ScriptedMCPRun {
    let home = try Home()
    guard isHTTP else {
      let words = options + ["--dialect", "mcp", "--", "python3", Self.script, era, "stdio"]
      return ScriptedMCPRun(arguments: words, home: home, server: nil)
    }
    let server = try await LoopbackServer.start { [era] port, _ in
      ["python3", Self.script, era, "http", "\(port)"]
    }
    return ScriptedMCPRun(
      arguments: options + [server.url("/mcp")], home: home, server: server)
  }
}

/// A scripted MCP server and how to reach it.
struct ScriptedMCPRun {
  let arguments: [String]
  let home: Home
  let server: LoopbackServer?

  /// What the server noted, a line each.
  var notes: [String] {
    ((server?.home ?? home).read("log") ?? "").split(separator: "\n").map(String.init)
  }

  /// Leaves the shell; the server lives until then.
  func quit(_ shell: TerminalRun) async throws {
    try await shell.quit()
    withExtendedLifetime(server) {}
  }

  /// Runs the program to its end; the server lives until then.
  func finish() async throws -> ProgramRun.Outcome {
    let outcome = try await ProgramRun.finish(arguments, home: home)
    withExtendedLifetime(server) {}
    return outcome
  }

  /// Waits until the server noted something that begins so.
  func waitForNote(_ beginning: String) async throws {
    let found = try await eventually { notes.contains { $0.hasPrefix(beginning) } ? true : nil }
    if found == nil { throw TooLate(description: "no note \(beginning) in \(notes)") }
  }
}
