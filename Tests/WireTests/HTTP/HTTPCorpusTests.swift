import LosslessJSON
import Testing

@testable import Wire

/// Replies with something wrong or odd in each, written by a real server as they stand, and what is
/// said of them.
@Suite("HTTP corpus") struct HTTPCorpusTests {
  static let tables = [CorpusTable("http"), CorpusTable("replies")]

  @Test func everyRuleHasAFileAndEveryFileARule() {
    let rules = WireRule.allCases.filter(\.isHTTP).map { $0.rawValue.dropFirst("http.".count) }
    #expect(CorpusTable.files("http") == Set(rules.map(String.init)))
    for table in Self.tables {
      #expect(Set(table.sections.map(\.name)) == CorpusTable.files(table.name))
    }
  }

  @Test(arguments: tables.flatMap { table in table.sections.map { (table.name, $0) } })
  func isJudgedAsTheTableSays(folder: String, section: CorpusTable.Section) async throws {
    guard !CorpusTable.isRecording else { return }
    let reply = try await Self.exchange(folder, section)
    let findings = HTTPCheck.findings(of: reply)
    #expect(Self.lines(reply, findings) == section.expected)
    if folder == "http" { #expect(findings.map(\.rule).contains("http." + section.name)) }
    for finding in findings {
      // A type that is missing is less than one that is wrong.
      let isMilder = finding.message == "the reply has no Content-Type"
      #expect(WireRule(rawValue: finding.rule)?.severity == finding.severity || isMilder)
      let text = finding.evidence ?? reply.body
      #expect(finding.range.map { $0.upperBound <= text.count } ?? true)
    }
  }

  @Test(.enabled(if: CorpusTable.isRecording)) func record() async throws {
    for table in Self.tables {
      var now: [String: [String]] = [:]
      for section in table.sections {
        let reply = try await Self.exchange(table.name, section)
        now[section.name] = Self.lines(reply, HTTPCheck.findings(of: reply))
      }
      try table.record { now[$0.name] ?? [] }
    }
  }

  /// Has a server write the file in answer to a request, and tells what came of it.
  private static func exchange(
    _ folder: String, _ section: CorpusTable.Section
  ) async throws -> HTTPReply {
    let bytes = try CorpusTable.bytes("\(folder)/\(section.name).http")
    let isSecure = section.options.contains("https")
    let stops = section.options.contains("stop")
    let server = ScriptedServer { connection in
      if !isSecure { connection.request() }
      connection.write(bytes)
      if stops || isSecure { connection.awaitClose() }
    }
    var options = HTTPOptions()
    options.proxy = ""
    let url = isSecure ? "https" + server.url.dropFirst(4) : server.url
    let probe = try Probe(url, options, server: server)
    let told = try await probe.call(
      "{}", SendOptions(timeout: stops ? .milliseconds(400) : .seconds(30)))
    var reply = HTTPReply(head: told.head, wire: told.outcome?.wire, error: told.error, url: url)
    reply.body = told.frames.first { $0.kind == .body }?.bytes ?? []
    reply.events = told.frames.count { $0.kind != .body }
    reply.isReplyDue = !section.options.contains("notification")
    reply.content = content(told.frames.last?.bytes ?? [])
    return reply
  }

  private static func content(_ bytes: [UInt8]) -> HTTPReply.Content {
    do throws(JSONReadError) {
      let json = try JSON(reading: bytes)
      return json["result"] != nil || json["jsonrpc"] != nil ? .jsonRPC : .json
    } catch {
      return .notJSON
    }
  }

  private static func lines(_ reply: HTTPReply, _ findings: [Finding]) -> [String] {
    let port = reply.url.split(separator: ":").last.map { String($0.prefix { $0.isNumber }) } ?? ""
    return findings.flatMap { finding in
      [FrameCorpusTests.line(finding, reply.body)]
        + (finding.hint.isEmpty ? [] : ["    hint: " + finding.hint])
    }.map { $0.split(separator: port, omittingEmptySubsequences: false).joined(separator: "PORT") }
  }
}
