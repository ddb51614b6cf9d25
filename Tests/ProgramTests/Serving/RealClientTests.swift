import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Clients that others wrote, on our server over HTTP.
@Suite(.seated) struct RealClientTests {
  @Test(
    "Python clients are content with our server",
    .enabled(if: RealClients.areInstalled, "share/dev/servers has not installed the clients"),
    arguments: ["requests", "jsonrpcclient3", "jsonrpcclient4", "pelix", "pjrpc"])
  func python(name: String) async throws {
    let server = try await ServedProgram.start("--quiet")
    let old = name == "jsonrpcclient3" ? ["PYTHONPATH": RealClients.old] : [:]
    let run = try ProgramRun(
      [RealClients.script, name, server.url], environment: old, program: RealClients.python)
    #expect(try await run.exit() == .exited(0), "\(run.errorText)")
    #expect(run.outputText == "ok\n")
  }

  @Test("curl as people type it", .enabled(if: Installed.has("curl"), "curl is not installed"))
  func curl() async throws {
    let server = try await ServedProgram.start("--quiet")
    let request = #"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#
    func curl(_ options: String...) async throws -> String {
      let run = try ProgramRun(
        ["-sS", "-m", "30", "-w", " %{http_code}"] + options + [server.url],
        program: RealClients.curl)
      #expect(try await run.exit() == .exited(0), "\(run.errorText)")
      return run.outputText
    }
    let reply = #"{"jsonrpc": "2.0", "result": 19, "id": 1} 200"#
    let json = "Content-Type: application/json"
    #expect(try await curl("-H", json, "-d", request) == reply)
    #expect(try await curl("--json", request) == reply)
    #expect(try await curl("-0", "-H", json, "-d", request) == reply)
    #expect(try await curl("--http2", "-H", json, "-d", request) == reply)
    #expect(try await curl("-H", json, "-H", "Transfer-Encoding: chunked", "-d", request) == reply)
    #expect(try await curl("-H", json, "-H", "Expect: 100-continue", "-d", request) == reply)
    #expect(try await curl("-d", request).hasSuffix(" 415"))
    #expect(try await curl("-X", "DELETE").hasSuffix(" 405"))
    #expect(try await curl("-H", "Host: evil.example").hasSuffix(" 403"))
    #expect(try await curl("-H", json, "-d", #"{"jsonrpc": "2.0", "method": "nothing"}"#) == " 204")
    #expect(try await curl().hasSuffix("</html>\n 200"))
  }
}

/// Where `share/dev/servers` puts the clients.
private enum RealClients {
  static let script = "\(Installed.project)/Tests/ProgramTests/Clients/clients.py"
  static let python = "\(Installed.environment)/bin/python"
  /// Version 3, whose name version 4 has too.
  static let old = "\(Installed.environment)/jsonrpcclient3"
  static let curl = Installed.path(of: "curl") ?? "curl"

  static let areInstalled =
    Installed.isRequired || access("\(old)/jsonrpcclient", R_OK) == 0
}
