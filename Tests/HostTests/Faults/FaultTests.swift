import JSONRPC
import LosslessJSON
import Testing

@testable import Host

@Suite("Faults", .timeLimit(.minutes(2)))
struct FaultTests {
  static let rules: [(String, [FaultPlan.Rule])] = [
    ("drop", [.init(.drop)]),
    ("delay", [.init(.delay, duration: .seconds(1))]),
    ("delay:200ms", [.init(.delay, duration: .milliseconds(200))]),
    (
      "slow:1.5s:10%,html",
      [.init(.slow, duration: .milliseconds(1500), probability: 0.1), .init(.html)]
    ),
  ]

  @Test("lists of faults are read", arguments: rules)
  func reading(text: String, rules: [FaultPlan.Rule]) throws {
    #expect(try FaultPlan.rules(text) == rules)
  }

  @Test(
    "what is no fault is said",
    arguments: ["nope", "drop:200ms", "delay:x", "drop:101%", "html:", "delay:-1s"])
  func wrong(text: String) {
    if text == "html:" {
      #expect(throws: Never.self) { try FaultPlan.rules(text) }
    } else {
      #expect(throws: FaultPlan.SyntaxError.self) { try FaultPlan.rules(text) }
    }
  }

  @Test("a method has its own faults instead of those of all")
  func methods() throws {
    var plan = FaultPlan()
    plan.everywhere = [.init(.html)]
    try plan.add("a=b=drop,empty")
    #expect(plan.rules(for: "a=b") == [.init(.drop), .init(.empty)])
    #expect(plan.rules(for: "other") == [.init(.html)])
    #expect(throws: FaultPlan.SyntaxError.self) { try plan.add("drop") }
  }

  static let texts: [(Fault, String, String)] = [
    (.trailingComma, "5", #"{"jsonrpc": "2.0", "result": 5, "id": 7,}"#),
    (.trailingComma, "[1, 2]", #"{"jsonrpc": "2.0", "result": [1, 2,], "id": 7}"#),
    (.comment, "5", #"{"jsonrpc": "2.0", "result": 5 /* result */, "id": 7}"#),
    (.noID, "5", #"{"jsonrpc": "2.0", "result": 5}"#),
    (
      .both, "5",
      #"{"jsonrpc": "2.0", "result": 5, "error": {"code": 1, "message": "not ok"}, "id": 7}"#
    ),
    (.truncated, "[1, 2, 3, 4]", #"{"jsonrpc": "2.0", "id": 7, "result": [1, 2, 3, "#),
    (.batch, "5", #"[{"jsonrpc": "2.0", "result": 5, "id": 7}]"#),
  ]

  @Test("a proper reply is spoilt and otherwise kept", arguments: texts)
  func spoiling(fault: Fault, result: String, expected: String) {
    let reply = #"{"jsonrpc": "2.0", "result": \#(result), "id": 7}"#
    #expect(String(decoding: fault.spoil(Array(reply.utf8)), as: UTF8.self) == expected)
  }

  @Test("every fault changes what is sent", arguments: Fault.allCases)
  func everyFault(fault: Fault) async throws {
    let methods = Dispatcher()
    methods.register("m") { _ in "é" }
    var plan = FaultPlan()
    plan.everywhere = [.init(fault, duration: fault.defaultDuration)]
    let request = Array(#"{"jsonrpc": "2.0", "method": "m", "id": 7}"#.utf8)
    let good = try #require(await Service(methods).answer(request))
    let responder = Responder(Service(methods), faults: plan)
    let delivery = try #require(await responder.respond(to: request, from: .unreachable))
    #expect(delivery.faults == [fault])
    let isSame =
      delivery.texts == [good] && delivery.pause == nil && delivery.drip == nil
      && delivery.statedLength(of: good) == good.count && delivery.status == 200
      && delivery.contentType == "application/json" && !delivery.isCut && !delivery.closes
      && !delivery.isSilent
    #expect(!isSame)
    // Notifications have no reply to be spoilt.
    let notification = Array(#"{"jsonrpc": "2.0", "method": "m"}"#.utf8)
    #expect(await responder.respond(to: notification, from: .unreachable) == nil)
  }

  @Test("chance is the same each time, and about as likely as it says")
  func chance() async throws {
    func run() async throws -> [Bool] {
      var plan = FaultPlan()
      plan.everywhere = [.init(.html, probability: 0.2)]
      let responder = Responder(Service(Dispatcher()), faults: plan)
      var happened: [Bool] = []
      for id in 1...500 {
        let request = Array(#"{"jsonrpc": "2.0", "method": "x", "id": \#(id)}"#.utf8)
        let delivery = try #require(await responder.respond(to: request, from: .unreachable))
        happened.append(!delivery.faults.isEmpty)
      }
      return happened
    }
    let first = try await run()
    #expect(try await run() == first)
    #expect((60...140).contains(first.count { $0 }))
  }

  @Test("in a batch each reply has the faults of its own request")
  func batch() async throws {
    let responder = Responder(Service(Demo.dispatcher()), faults: Demo.faults)
    let request = """
      [{"jsonrpc": "2.0", "method": "add", "params": [1, 2], "id": 1},
       {"jsonrpc": "2.0", "method": "broken.idType", "id": 2},
       {"jsonrpc": "2.0", "method": "broken.silence", "id": 3}]
      """
    let delivery = try #require(
      await responder.respond(to: Array(request.utf8), from: .unreachable))
    #expect(
      delivery.texts.map { String(decoding: $0, as: UTF8.self) } == [
        #"[{"jsonrpc": "2.0", "result": 3, "id": 1}, {"jsonrpc": "2.0", "result": "ok", "id": "2"}]"#
      ])
  }
}
