import JSONRPC
import LosslessJSON
import Testing

/// Every rule has a file, and every file's findings are found at their bytes.
@Suite("Corpus of replies")
struct CorpusTests {
  @Test("no rule without a file, no file without a rule")
  func complete() {
    #expect(Corpus.rules == RPCRule.allCases.map(\.rawValue).sorted())
    for rule in Corpus.rules {
      let found = Corpus.cases.contains { item in
        item.rule == rule && item.expected.contains { $0.hasPrefix("\(rule) ") }
      }
      #expect(found, "\(rule) is never found in its own file")
    }
  }

  @Test("is judged as its file says", arguments: Corpus.cases)
  func judged(_ item: Corpus.Case) {
    let findings = item.check.report(onText: item.reply).findings
    // What the text itself is told for is the reader's business, and tested there.
    let own = findings.filter { $0.rule.hasPrefix("rpc.") }
    #expect(own.map(\.line) == item.expected, "\(own.map(\.message))")
    for finding in item.json["findings"]?.elements ?? JSON.null.elements {
      guard let at = finding["at"]?.string, let byte = finding["byte"]?.int else { continue }
      let end = byte + (finding["length"]?.int ?? 0)
      #expect(Array(item.reply[byte..<end]) == Array(at.utf8))
    }
    for finding in own {
      #expect(!finding.message.isEmpty && !finding.section.isEmpty)
      #expect(!finding.message.hasSuffix(".") && !finding.message.contains("\n"))
      #expect(finding.range.map { !$0.isEmpty && $0.upperBound <= item.reply.count } ?? true)
    }
  }

  @Test("a flood of findings is cut, and how many were cut is told")
  func flood() {
    let reply = "[" + Array(repeating: "1", count: 5000).joined(separator: ",") + "]"
    let report = ReplyCheck(request: Array(#"[{"jsonrpc":"2.0","method":"m","id":1}]"#.utf8))
      .report(onText: Array(reply.utf8))
    #expect(report.findings.count == 1000)
    #expect(report.omitted == 4000)
    guard case .batch(let batch) = report.outcome else {
      Issue.record("no batch")
      return
    }
    #expect(batch.items.count == 5000)
  }

  @Test("a member that came twice is told once, by the protocol")
  func duplicates() {
    let reply = #"{"jsonrpc":"2.0","id":1,"result":{"a":1,"a":2},"id":1}"#
    let report = ReplyCheck(.call(RequestID(1))).report(onText: Array(reply.utf8))
    let rules = report.findings.map(\.rule).filter { $0 != "json.duplicate-key" }
    #expect(rules == ["rpc.duplicate-member"])
    let others = report.findings.filter { $0.rule == "json.duplicate-key" }
    #expect(others.allSatisfy { ($0.range?.lowerBound ?? 0) < 45 })
  }

  @Test(
    "text that is no JSON at all is told as that alone", arguments: ["Hello", "None", "<html>"])
  func words(_ text: String) {
    let report = ReplyCheck(.call(RequestID(1))).report(onText: Array(text.utf8))
    #expect(report.outcome == .parseError)
    #expect(!report.findings.isEmpty && report.findings.allSatisfy { $0.rule.hasPrefix("json.") })
  }

  @Test("a foreign object with many members is one finding")
  func foreign() {
    let members = (0..<10_000).map { "\"m\($0)\":1" }.joined(separator: ",")
    let report = ReplyCheck().report(onText: Array("{\(members)}".utf8))
    #expect(report.findings.count <= 12)
  }
}
