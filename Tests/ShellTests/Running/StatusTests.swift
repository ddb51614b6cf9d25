import LosslessJSON
import TestChannels
import Testing
import Wire

@testable import Shell

@Suite("Exit status and NDJSON", .timeLimit(.minutes(2)))
struct StatusTests {
  @Test("of several the first of 130, 2, 3, 4, 5, 6, 1, 0 counts")
  func precedence() {
    #expect(Shell.ExitStatus.precedence.map(\.rawValue) == [130, 2, 3, 4, 5, 6, 1, 0])
    #expect(Set(Shell.ExitStatus.precedence) == Set(Shell.ExitStatus.allCases))
    for (place, one) in Shell.ExitStatus.precedence.enumerated() {
      for (other, two) in Shell.ExitStatus.precedence.enumerated() {
        let expected = Shell.ExitStatus.precedence[min(place, other)]
        #expect(one.combined(with: two) == expected)
      }
    }
  }

  @Test("the weightiest of a script's lines stays")
  func script() async throws {
    let shell = try ShellHarness()
    for (line, status) in [
      ("subtract 2 1", Shell.ExitStatus.ok), ("fail", .errorReply), ("echo", .errorReply),
      ("raw '{}'", .malformed), ("fail", .malformed), (".call --timeout 20ms silent", .unreachable),
      (".nope", .usage), ("die", .usage),
    ] {
      _ = await shell.interpreter.run(line)
      #expect(shell.interpreter.status == status, "\(line)")
    }
    shell.interpreter.record(.interrupted)
    #expect(shell.interpreter.status == .interrupted)
  }

  @Test("a tool that says it failed is no success")
  func toolError() async throws {
    for (isError, status) in [("true", Shell.ExitStatus.errorReply), ("false", .ok)] {
      let shell = try ShellHarness()
      let result = #"{"content": [], "isError": \#(isError)}"#
      let request = #"{"jsonrpc": "2.0", "method": "tools/call", "id": 1}"#
      shell.server.answer(request, with: #"{"jsonrpc": "2.0", "result": \#(result), "id": 1}"#)
      let shown = try await shell.run("tools/call")
      #expect(shown.output == result + "\n")
      #expect(shown.status == status)
      #expect(shown.error.contains("the tool says that it failed") == (isError == "true"))
    }
  }

  @Test("a call that nobody answers names the framing that the server may want")
  func otherFraming() async throws {
    let shell = try ShellHarness()
    let first = try await shell.run(".call --timeout 20ms silent")
    #expect(first.error.contains("framing headers`"), "\(first.error)")
    shell.interpreter.settings.update { $0.timeout = .milliseconds(20) }
    shell.server.fallSilent(on: [#"{"id":1"#, #"{"method": "x", "params": 5, "id": 1}"#])
    for (text, words) in [
      (#"{"id":1"#, "no valid JSON"), (#"{"method": "x", "params": 5, "id": 1}"#, "params must be"),
    ] {
      #expect(try await shell.run(text).error.contains(words))
    }
    _ = try await shell.run("subtract 2 1")
    #expect(try await !shell.run(".call --timeout 20ms silent").error.contains("framing"))
  }

  private static let lines = [
    "subtract 42 23", "fail", ".notify log 1", "raw '<html>'",
    "raw '{\"jsonrpc\": \"2.0\", \"id\": 99, \"result\": 1}'",
    ".batch subtract 2 1 ; echo", ".call --timeout 20ms silent", "echo {\"a\":\n1.0}",
    ".call --id '\"s\"' get", "status 404 Gone '<h1>'", "die",
  ]

  @Test("with --json every exchange is one line of JSON with the stated members")
  func ndjson() async throws {
    let shell = try ShellHarness(.http)
    shell.interpreter.settings.update { $0.json = true }
    for line in Self.lines { _ = await shell.interpreter.run(line) }
    let text = try shell.output
    #expect(text.hasSuffix("\n"))
    let records = try text.split(separator: "\n").map { try JSON(reading: $0) }
    #expect(records.count == Self.lines.count)
    for (place, record) in records.enumerated() {
      #expect(record["exchange"]?.int == place + 1)
      for name in ["kind", "outcome"] { #expect(record[name]?.kind == .string) }
      for name in ["sent", "received"] { #expect(record[name]?.kind == .number) }
      #expect(Set(record.members.map(\.name)).count == record.count)
    }
    #expect(
      records.map { $0["outcome"]?.string }
        == [
          "ok", "error", "sent", "malformed", "ok", "replied", "timed out", "ok", "ok", "malformed",
          "failed",
        ])
    #expect(records[0]["method"]?.string == "subtract")
    #expect(records[0]["id"]?.text == "1")
    #expect(records[0]["result"]?.text == "19")
    #expect(records[0]["status"]?.int == 200)
    #expect(records[0]["seconds"]?.kind == .number)
    #expect(records[1]["error"]?["code"]?.int == -32000)
    #expect(records[2]["kind"]?.string == "notification")
    #expect(records[3]["body"]?.string == "<html>")
    #expect(records[3]["findings"]?[0]?["severity"]?.string == "error")
    #expect(records[3]["findings"]?[0]?["byte"]?.int == 0)
    let rules = records[4]["findings"]?.elements.compactMap { $0["rule"]?.string } ?? []
    #expect(rules.contains("rpc.id-mismatch"))
    #expect(records[5]["replies"]?.count == 2)
    #expect(records[7]["result"]?["a"]?.text == "1.0")
    #expect(records[8]["id"]?.text == "\"s\"")
    #expect(records[8]["result"]?["big"]?.text == "12345678901234567890")
    #expect(records[9]["status"]?.int == 404)
    #expect(records[10]["reason"]?.kind == .string)
  }

  @Test("with --json an output still gets the result alone")
  func jsonOutputs() async throws {
    let shell = try ShellHarness()
    shell.interpreter.settings.update { $0.json = true }
    #expect(try await shell.run("get | .a[0]").output == "1.0\n")
    #expect(try await shell.run("x = get").status == .ok)
    #expect(try await shell.run("$x.a[0]").output == "1.0\n")
  }
}
