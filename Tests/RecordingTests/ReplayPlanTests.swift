import JSONRPC
import LosslessJSON
import Session
import TestFolders
import Testing
import Wire

@testable import Recording

@Suite struct ReplayPlanTests {
  private func text(
    _ plan: ReplayPlan, _ place: Int, replies: [Int: JSON] = [:], secrets: [String: String] = [:]
  ) -> String {
    var next = 100
    let context = ReplayPlan.Context(replies: replies, secrets: secrets)
    return plan.text(of: plan.steps[place], in: context) {
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
            from: 0, fromPath: try JSONPath(".result.session.key"), to: 1,
            toPath: try JSONPath(".params.list[0]"))
        ], [],
      ])
    #expect(plan.sources == [0])
    let replies: [Int: JSON] = [0: ["result": ["session": ["key": "new\"1"], "n": 5]]]
    #expect(text(plan, 1, replies: replies).contains(#"["new\"1", 5, "own-value-1"]"#))
    let missing = plan.text(of: plan.steps[1], in: ReplayPlan.Context()) { RequestID(1) }
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
    let given = ReplaySecrets.Given(headers: [], hasCredentials: false, isHTTP: true, dialect: "")
    let secrets = ReplaySecrets(plan, given: given)
    #expect(secrets.needs.map(\.name) == ["password"])
    #expect(secrets.needs.first?.numbers == [1, 2])
    let mask = try #require(secrets.needs.first?.mask)
    #expect(secrets.resolved(by: ["PASSWORD": "x"]).values == [mask: "x"])
    #expect(secrets.resolved(by: [String(mask.dropFirst(8).prefix(6)): "x"]).missing.isEmpty)
    #expect(secrets.resolved(by: ["other": "x"]).missing.map(\.name) == ["password"])
    for key in [mask, "password"] {
      #expect(
        text(plan, 0, secrets: [key: "se\"cret-1"]).contains(#""password": "se\"cret-1""#))
    }
    #expect(text(plan, 0).contains(mask))
  }

  @Test func `Requests are sent in the order in which they began, not in which they ended`() {
    let slow = Exchanges.call(1, method: "slow", at: 100)
    let quick = Exchanges.call(2, method: "quick", at: 101)
    let plan = ReplayPlan([quick, slow].map { RecordedExchange($0) })
    #expect(plan.steps.map(\.recorded.exchange.method) == ["slow", "quick"])
    #expect(plan.steps[1].offset == .seconds(1))
  }

  @Test func `A path that is named carries what is not distinctive, also out of and into batches`()
    throws
  {
    let login = Exchanges.call(1, params: "[]", result: #"{"gid": 7}"#)
    let request = #"[{"method":"a","params":[7],"id":2},{"method":"b","params":["x"],"id":3}]"#
    let reply = #"[{"result":{"gid":"q"},"id":3},{"result":1,"id":2}]"#
    let batch = Exchanges.exchange(
      2, kind: .batch, request: request.bytes, ids: [RequestID(2), RequestID(3)],
      replies: [reply.bytes])
    let last = Exchanges.call(4, params: #"{"of": "q"}"#)
    let options = ReplayPlan.Options(
      recognisesCarried: false,
      carried: [try PathPattern("$.result.gid"), try PathPattern("$[*].result.gid")])
    let plan = ReplayPlan([login, batch, last].map { RecordedExchange($0) }, options: options)
    let first: [Int: JSON] = [0: ["result": ["gid": 8]]]
    #expect(text(plan, 1, replies: first).contains(#""params":[8],"id":101"#))
    let second: [Int: JSON] = [1: [["result": 1], ["result": ["gid": "r"]]]]
    #expect(text(plan, 2, replies: second).contains(#""params": {"of": "r"}"#))
  }

  @Test func `A request that takes another back names its new id`() {
    let cancel = #"{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 5}}"#
    let plan = ReplayPlan([
      RecordedExchange(
        Exchanges.exchange(
          kind: .notification, request: cancel.bytes, method: "$/cancelRequest", ending: .sent))
    ])
    let context = ReplayPlan.Context(ids: [RequestID(5): RequestID("new")])
    let text = plan.text(of: plan.steps[0], in: context) { RequestID(1) }
    #expect(text.bytes.text.contains(#""params": {"id": "new"}"#))
  }

  @Test func `Header fields of its own are sent again, secrets among them are asked for`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = RecordingWriter(path: path, header: Exchanges.header)
    let sent = SentHead(
      line: "POST / HTTP/1.1",
      headers: [
        HeaderField("Host", "h"), HeaderField("X-Trace", "on"),
        HeaderField("Authorization", "Bearer abcdef-123456"), HeaderField("X-Api-Key", "k-987654"),
      ])
    writer.record(Exchanges.call(1, status: 200, sent: sent))
    let plan = ReplayPlan(try SessionFile(opening: path).exchanges())
    func secrets(_ headers: [String], user: Bool, isHTTP: Bool = true) -> ReplaySecrets {
      ReplaySecrets(
        plan,
        given: .init(headers: headers, hasCredentials: user, isHTTP: isHTTP, dialect: "plain"))
    }
    let none = secrets([], user: false)
    #expect(none.needs.map(\.name) == ["Authorization", "X-Api-Key"])
    #expect(none.needs.map(\.isHeader) == [true, true])
    #expect(secrets(["x-api-key"], user: true).needs.isEmpty)
    #expect(secrets([], user: false, isHTTP: false).needs.isEmpty)
    let (values, missing) = none.resolved(by: ["authorization": "new", "X-Api-Key": "k"])
    #expect(missing.isEmpty)
    #expect(
      none.headers(of: plan.steps[0], secrets: values) == [
        HeaderField("X-Trace", "on"), HeaderField("Authorization", "Bearer new"),
        HeaderField("X-Api-Key", "k"),
      ])
    #expect(
      secrets(["X-Api-Key"], user: true).headers(of: plan.steps[0], secrets: [:])
        == [HeaderField("X-Trace", "on")])
  }
}
