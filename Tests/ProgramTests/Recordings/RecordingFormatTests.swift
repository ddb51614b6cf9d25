import Catalog
import LosslessJSON
import Testing

@testable import Host

/// What the program keeps is what `share/rpcscope/recording.schema.json` says.
@Suite(.seated) struct RecordingFormatTests {
  private static let schema = "\(Installed.project)/share/rpcscope/recording.schema.json"

  /// Faults of every kind, over HTTP and with a child that writes on its standard error and goes.
  private static let broken = [
    "broken.trailingComma", "broken.truncated", "broken.leadingText", "broken.twoValues",
    "broken.html", "broken.invalidUTF8", "broken.loneSurrogate", "broken.control",
    "broken.duplicateKeys", "broken.bom", "broken.versionNumber", "broken.idType",
    "broken.idMissing", "broken.resultAndError", "broken.errorCodeString", "broken.batch",
    "broken.twice", "broken.notification", "broken.empty",
  ]

  @Test func everyLineKeepsToTheSchema() async throws {
    let home = try Home()
    let server = try await ServedProgram.start("--quiet")
    let calls = [
      "subtract 42 23", "login password=5ecret-word", ".notify echo hi", "slow 0.1", "ask",
      ".batch add 1 2 ; nope", ".send --exact {", ".call --timeout 0.05 slow 2", "x = text.unicode",
    ]
    let words = (calls + Self.broken + ["broken.exit"]).flatMap { ["-e", $0] }
    for target in [[server.url], ["unix:nowhere.sock"], ["http://127.0.0.1:9/"], ["demo"]] {
      _ = try await ProgramRun.finish(
        target == ["demo"]
          ? ["demo", "--record", "all.jsonl", "-m", "1"] + words
          : ["--record", "all.jsonl", "-m", "1"] + words + target, home: home)
    }
    let root = try JSON(reading: try text(of: Self.schema))
    let lines = (home.read("all.jsonl") ?? "").split(separator: "\n")
    #expect(lines.count > 100, "\(lines.count)")
    var kinds: Set<String> = []
    for line in lines {
      let json = try JSON(reading: String(line))
      let fault = SchemaCheck.violation(of: json, Schema(root, root: root))
      #expect(fault == nil, "\(line.prefix(2000))")
      kinds.insert((json["status"] ?? json["event"])?.string ?? "header")
    }
    for kind in [
      "header", "connected", "disconnected", "ok", "error", "invalid", "sent", "timeout", "failed",
      "received",
    ] { #expect(kinds.contains(kind), "there is no \(kind)") }
  }

  private func text(of path: String) throws -> String {
    let home = try Home()
    return try #require(home.read("../../\(path)"))
  }
}
