import JSONRPC
import LosslessJSON
import Session
import Testing
import Wire

@testable import Recording

@Suite struct ComparisonTests {
  private func verdict(_ old: Exchange, _ new: Exchange) -> ExchangeVerdict {
    ComparedExchange(old, new, options: ExchangeDiff.Options()).verdict
  }

  @Test func `A comparison comes to one verdict`() {
    let ok = Exchanges.call()
    let error = Exchanges.call(result: nil, error: #"{"code": -1, "message": "no"}"#)
    let silent = Exchanges.call(result: nil, ending: .timedOut(.seconds(1)))
    let cancelled = Exchanges.call(result: nil, ending: .cancelled)
    let table: [(Exchange, Exchange, ExchangeVerdict)] = [
      (ok, Exchanges.call(9), .same), (ok, Exchanges.call(result: "20"), .differs),
      (ok, error, .nowError), (error, ok, .nowResult), (ok, silent, .noReply),
      (silent, ok, .nowReply), (cancelled, silent, .same),
      (ok, Exchanges.exchange(replies: ["<html>".bytes]), .malformed),
      (ok, Exchanges.call(result: nil, ending: .failed(.closed(.byPeer))), .failed),
      (ok, Exchanges.call(findings: [Finding("rpc.x", .note, message: "")]), .otherFindings),
      (Exchanges.call(status: 200), Exchanges.call(status: 500), .otherStatus),
    ]
    for (place, row) in table.enumerated() {
      #expect(verdict(row.0, row.1) == row.2, "row \(place)")
    }
  }

  @Test func `Only what took longer is slower`() {
    let options = ExchangeDiff.Options(latencyFactor: 2, comparesLatency: true)
    let (quick, slow) = (Exchanges.call(took: .milliseconds(10)), Exchanges.call(took: .seconds(1)))
    #expect(ComparedExchange(quick, slow, options: options).verdict == .slower)
    #expect(ComparedExchange(slow, quick, options: options).verdict == .same)
  }

  @Test func `What is about HTTP counts only where both came over it`() {
    let http = Exchanges.call(
      status: 200, findings: [Finding("http.content-type", .warning, message: "")])
    #expect(verdict(http, Exchanges.call()) == .same)
    #expect(verdict(http, Exchanges.call(status: 200)) == .otherFindings)
  }

  @Test func `Masks of two files are alike`() {
    let one = Exchanges.call(result: #"{"token": "<masked 3f9a2c 16-31>", "n": 1}"#)
    let two = Exchanges.call(result: #"{"token": "<masked 000000 1-7>", "n": 1}"#)
    #expect(verdict(one, two) == .same)
    #expect(verdict(one, Exchanges.call(result: #"{"token": "open", "n": 1}"#)) == .differs)
  }

  @Test func `Broken replies are the same but for the id that was asked for`() {
    func broken(_ id: Int, _ text: String) -> Exchange {
      Exchanges.exchange(
        ids: [RequestID(id)], replies: [#"{"id": \#(id), "result": \#(text)"#.bytes])
    }
    #expect(verdict(broken(1, "[1,]"), broken(27, "[1,]")) == .same)
    #expect(verdict(broken(1, "[1,]"), broken(27, "[2,]")) == .differs)
  }

  @Test(arguments: [
    (
      #"{"a": 1, "t": "2026-11-21T10:00:00Z"}"#, #"{"a": 1, "t": "2026-11-22T11:30:00.5Z"}"#, "time"
    ),
    (#"["at 2026-11-21 10:00 by x"]"#, #"["at 2027-01-02 11:00 by x"]"#, "time"),
    (
      #"["id 8c2e1f9a-0000-4000-8000-0123456789ab."]"#,
      #"["id ffffffff-0000-4000-8000-0123456789ab."]"#, "uuid"
    ),
    (#"["sha 0123456789abcdef0123 ok"]"#, #"["sha aaaabbbbccccddddeeee ok"]"#, "hash"),
  ])
  func `Values that vary are proposed, and not looked at when told so`(
    old: String, new: String, kind: String
  ) throws {
    let (one, two) = (Exchanges.call(result: old), Exchanges.call(result: new))
    var tally = ComparisonTally()
    tally.add(ComparedExchange(one, two, options: ExchangeDiff.Options()))
    let proposal = try #require(tally.proposals.first)
    #expect(proposal.rule.kind.rawValue == kind)
    #expect(proposal.rule.pattern.text.hasPrefix("$.result"))
    for rule in [
      proposal.rule, .init(.everywhere, proposal.rule.kind), .init(proposal.rule.pattern, .any),
    ] {
      var options = ExchangeDiff.Options()
      options.json.varying = [rule]
      #expect(ComparedExchange(one, two, options: options).verdict == .same)
    }
  }

  @Test(arguments: [
    (#""at 2026-11-21 10:00 by x""#, #""at 2026-11-22 10:00 by y""#),
    (#""x 12:00:00""#, #""x 8c2e1f9a-0000-4000-8000-0123456789ab""#),
    (#""one""#, #""two""#), (#""abc2026-11-21""#, #""abc2026-11-22""#),
  ])
  func `Texts that differ in earnest are not taken for varying`(old: String, new: String) {
    let compared = ComparedExchange(
      Exchanges.call(result: old), Exchanges.call(result: new), options: ExchangeDiff.Options())
    #expect(compared.diff?.parts.first?.diff?.proposals == [])
  }

  @Test func `Paths count from the result or from the reply`() throws {
    for path in ["$.a", "$.result.a", "a", "result.a"] {
      var options = ExchangeDiff.Options()
      options.json.ignored = [try PathPattern(path)]
      let (one, two) = (Exchanges.call(result: #"{"a": 1}"#), Exchanges.call(result: #"{"a": 2}"#))
      #expect(ComparedExchange(one, two, options: options).verdict == .same, "\(path)")
    }
  }

  @Test func `A report for continuous integration names what failed and why`() {
    var report = JUnitReport(name: "a & b")
    let ok = ComparedExchange(Exchanges.call(), Exchanges.call(), options: ExchangeDiff.Options())
    report.add(ok, group: "g", details: "")
    report.add(ComparedExchange(missing: Exchanges.call(2)), group: "g", details: "<\u{1}>")
    report.add(
      ComparedExchange(missing: Exchanges.call(3), isUnsent: true), group: "g", details: "")
    let text = report.bytes.text
    #expect(text.contains(#"<testsuite name="a &amp; b" tests="3" failures="1""#))
    #expect(text.contains(#"<failure message="missing">&lt;"#))
    #expect(text.contains("\u{FFFD}&gt;</failure>"))
    #expect(text.contains("<skipped/>"))
  }

  @Test func `Ids stand where they are certain`() {
    let id = RequestID(5)
    #expect(ReplyID.range(of: id, in: #"{"id": 5, "x""#.bytes) == 7..<8)
    #expect(ReplyID.range(of: id, in: #"{"id":5}{"id":5}"#.bytes) == nil)
    #expect(ReplyID.range(of: id, in: #"{"id": 55}"#.bytes) == nil)
    #expect(ReplyID.range(of: id, in: #"{"text": "\"id\": 5"}"#.bytes) == nil)
    #expect(
      ReplyID.replaced(id, by: RequestID("n"), in: #"{"id" :5,}"#.bytes)?.text == #"{"id" :"n",}"#)
  }
}
