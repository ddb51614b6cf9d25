import TestScreens
import Testing

/// A call without options is read apart from all others, and must be the same call.
@Suite(.seated) struct SingleCallTests {
  private static let reply = #"{"jsonrpc": "2.0", "id": 1, "result": [1.50, "é"]}"#

  @Test func sendsAndPrintsTheSameWithAndWithoutOptions() async throws {
    let server = try ScriptedServer.http(body: Self.reply)
    let table = [["ping"], ["sum", "1", "2"], ["sum", "a=1", #"b:="x""#], ["log", "[1, 2]"]]
    for words in table {
      let plain = try await ProgramRun.finish(["call", server.url] + words)
      let parsed = try await ProgramRun.finish(["call", "--color", "auto", server.url] + words)
      #expect(plain.status == .exited(0), "\(words): \(plain.errors)")
      #expect(plain.output == parsed.output, "\(words)")
      #expect(plain.errors == parsed.errors, "\(words)")
      #expect(server.requests.count >= 2)
      #expect(server.requests.suffix(2).first == server.requests.last, "\(words)")
    }
  }

  @Test func failsTheSameWithAndWithoutOptions() async throws {
    for words in [["nonsense:", "ping"], ["http://127.0.0.1:1/", "ping"], ["http://", "ping"]] {
      let plain = try await ProgramRun.finish(["call"] + words)
      let parsed = try await ProgramRun.finish(["call", "--color", "auto"] + words)
      #expect(plain.status != .exited(0), "\(words)")
      #expect(plain.status == parsed.status, "\(words)")
      #expect(plain.errors == parsed.errors, "\(words)")
    }
  }

  @Test func leavesOptionsToTheirParser() async throws {
    let server = try ScriptedServer.http(body: Self.reply)
    #expect(try await ProgramRun.finish(["call", server.url]).status == .exited(2))
    let negative = try await ProgramRun.finish(["call", server.url, "sum", "-5"])
    #expect(negative.status == .exited(0), "\(negative.errors)")
    #expect(server.requests.last?.hasSuffix(#""params": [-5], "id": 1}"#) == true)
  }
}
