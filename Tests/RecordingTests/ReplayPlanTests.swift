import JSONRPC
import LosslessJSON
import Session
import TestFolders
import Testing

@testable import Recording

@Suite struct ReplayPlanTests {
  private func text(
    _ plan: ReplayPlan, _ place: Int, results: [Int: JSON] = [:], secrets: [String: String] = [:]
  ) -> String {
    var next = 100
    return plan.text(of: plan.steps[place], results: results, secrets: secrets) {
      next += 1
      return RequestID(next)
    }.bytes.text
  }

  @Test func `Only the client's own requests are sent, ids renewed or kept`() {
    let exchanges = [
      Exchanges.call(1, method: "initialize"), Exchanges.call(2),
      Exchanges.notification(3, method: "note", params: "[]"), Exchanges.call(4),
    ].map { RecordedExchange($0) }
    let plan = ReplayPlan(
      exchanges, options: ReplayPlan.Options(leftOut: ReplayPlan.Options.handshake(of: "mcp")))
    #expect(plan.steps.map(\.number) == [2, 4])
    #expect(plan.leftOut.map(\.number) == [1, 3])
    #expect(text(plan, 0) == Exchanges.call(101).request.text)
    let kept = ReplayPlan(exchanges, options: ReplayPlan.Options(renewsIDs: false))
    #expect(text(kept, 1) == Exchanges.call(2).request.text)
  }

  @Test func `Ids in a batch are renewed one by one, all else stays as spelt`() {
    let request =
      #"[ {"id" : 1, "method":"a","params":[1.0]},{"method":"n"}, {"method":"b","id":"x"}]"#
    let batch = RecordedExchange(Exchanges.exchange(kind: .batch, request: request.bytes))
    #expect(
      text(ReplayPlan([batch]), 0)
        == #"[ {"id" : 101, "method":"a","params":[1.0]},{"method":"n"}, {"method":"b","id":102}]"#)
    let raw = RecordedExchange(Exchanges.exchange(kind: .raw, request: "{broken".bytes))
    #expect(text(ReplayPlan([raw]), 0) == "{broken")
  }

  @Test func `Values that earlier results brought are recognised and replaced`() throws {
    let exchanges = [
      Exchanges.call(1, params: "[5]", result: #"{"session": {"key": "abc-123-xyz"}, "n": 5}"#),
      Exchanges.call(
        2, params: #"{"list": ["abc-123-xyz", 5, "own-value-1"]}"#, result: #""own-value-1""#),
      Exchanges.call(3, params: #"["own-value-1"]"#),
    ].map { RecordedExchange($0) }
    let plan = ReplayPlan(exchanges)
    #expect(
      plan.steps.map(\.carried) == [
        [],
        [
          CarriedValue(
            fromNumber: 1, fromPath: try JSONPath(".session.key"), toNumber: 2,
            toPath: try JSONPath(".list[0]"))
        ], [],
      ])
    let results: [Int: JSON] = [1: ["session": ["key": "new\"1"], "n": 5]]
    #expect(text(plan, 1, results: results).contains(#"["new\"1", 5, "own-value-1"]"#))
    let missing = plan.text(of: plan.steps[1], results: [:], secrets: [:]) { RequestID(1) }
    #expect(missing.notCarried.count == 1)
    #expect(missing.bytes.text.contains("abc-123-xyz"))
  }

  @Test func `Masked secrets are listed once and put back`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = RecordingWriter(path: path, header: Exchanges.header)
    for number in 1...2 {
      writer.record(Exchanges.call(number, params: #"{"password": "se\"cret-1", "user": "u"}"#))
    }
    let plan = ReplayPlan(
      try SessionFile(opening: path).exchanges(), options: ReplayPlan.Options(renewsIDs: false))
    #expect(plan.secrets.map(\.name) == ["password"])
    #expect(plan.secrets.first?.numbers == [1, 2])
    let mask = try #require(plan.secrets.first?.mask)
    for key in [mask, "password"] {
      #expect(
        text(plan, 0, secrets: [key: "se\"cret-1"]).contains(#""password": "se\"cret-1""#))
    }
    #expect(text(plan, 0).contains(mask))
  }
}
