import LosslessJSON
import Session
import Testing

@testable import Recording

@Suite struct ExchangeDiffTests {
  @Test func `Equal exchanges are the same, ids and times apart`() {
    let old = Exchanges.call(1)
    let new = Exchanges.call(99, took: .seconds(9))
    #expect(ExchangeDiff(from: old, to: new).isSame)
    let timed = ExchangeDiff(
      from: old, to: new, options: ExchangeDiff.Options(comparesLatency: true))
    #expect(timed.isLatencyDifferent)
    #expect(!timed.isSame)
  }

  @Test func `A result against an error is a difference of status`() {
    let diff = ExchangeDiff(
      from: Exchanges.call(), to: Exchanges.call(result: nil, error: #"{"code": -1}"#))
    #expect(diff.status?.old == .ok)
    #expect(diff.status?.new == .error)
    #expect(diff.parts.map(\.part) == [.result, .error])
    #expect(!diff.isSame)
  }

  @Test func `Findings are compared by rule, respelled numbers are no difference`() {
    let diff = ExchangeDiff(
      from: Exchanges.call(result: "1", findings: [Finding("rpc.a", .note, message: "")]),
      to: Exchanges.call(
        result: "1.0",
        findings: [Finding("rpc.a", .note, message: ""), Finding("rpc.b", .note, message: "")]))
    #expect(diff.addedFindings == ["rpc.b"])
    #expect(diff.removedFindings.isEmpty)
    #expect(diff.parts.count == 1)
    #expect(diff.parts.allSatisfy { $0.isSame })
  }

  @Test func `Bodies that are no JSON are compared as bytes`() {
    let old = Exchanges.exchange(replies: ["<html>1".bytes])
    let new = Exchanges.exchange(replies: ["<html>2".bytes])
    #expect(ExchangeDiff(from: old, to: new).bodies?.new.text == "<html>2")
    #expect(ExchangeDiff(from: old, to: old).isSame)
  }

  @Test func `Replies of a batch are compared in the order of its requests`() throws {
    let request = #"[{"method":"a","id":1},{"method":"b","id":2}]"#.bytes
    let one = #"[{"result":"a","id":1},{"result":"b","id":2}]"#.bytes
    let two = #"[{"result":"B","id":2},{"result":"a","id":1}]"#.bytes
    let old = Exchanges.exchange(kind: .batch, request: request, replies: [one])
    let new = Exchanges.exchange(kind: .batch, request: request, replies: [two])
    let diff = ExchangeDiff(from: old, to: new)
    #expect(diff.parts.map(\.place) == [1])
    #expect(diff.parts.first?.diff?.changes.count == 1)
  }
}
