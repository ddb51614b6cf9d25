import JSONRPC
import LosslessJSON
import Testing
import Wire

@testable import Host

@Suite("Faults", .timeLimit(.minutes(2)))
struct FaultTests {
  static let rules: [(String, [FaultPlan.Rule])] = [
    ("drop", [.init("drop")]),
    ("delay", [.init("delay", .duration(.seconds(1)))]),
    ("delay:200ms", [.init("delay", .duration(.milliseconds(200)))]),
    (
      "slow:1.5s:10%,html",
      [.init("slow", .duration(.milliseconds(1500)), probability: 0.1), .init("html")]
    ),
    (
      "html:#2,html:#2-4:50%",
      [
        .init("html", calls: 2...2), .init("html", probability: 0.5, calls: 2...4),
      ]
    ),
    ("drop:#3-", [.init("drop", calls: 3...Int.max)]),
    ("status:404:10%", [.init("status", .number(404), probability: 0.1)]),
    ("value:10%", [.init("value", .text(Array("10%".utf8)))]),
    (
      #"value:[1\, 2]:#1,html"#,
      [
        .init("value", .text(Array("[1, 2]".utf8)), calls: 1...1), .init("html"),
      ]
    ),
    (
      #"text:\x00a:b\n\\n\q"#,
      [.init("text", .text([0, 0x61, 0x3A, 0x62, 0x0A] + Array(#"\n\q"#.utf8)))]
    ),
  ]

  @Test("lists of faults are read", arguments: rules)
  func reading(text: String, rules: [FaultPlan.Rule]) throws {
    #expect(try FaultPlan.rules(text) == rules)
  }

  @Test(
    "what is no fault is said",
    arguments: [
      "nope", "drop:200ms", "delay:x", "drop:101%", "html:", "delay:-1s", "drop:#0", "drop:#3-2",
      "status:99", "value", "value:",
    ])
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
    plan.everywhere = [.init("html")]
    try plan.add("a=b=drop,empty")
    try plan.add("c=header:A=b", reading: { _ in [] })
    #expect(plan.rules(for: "a=b") == [.init("drop"), .init("empty")])
    #expect(plan.rules(for: "c") == [.init("header", .text(Array("A=b".utf8)))])
    #expect(plan.rules(for: "other") == [.init("html")])
    #expect(throws: FaultPlan.SyntaxError.self) { try plan.add("drop") }
  }

  static let texts: [(String, String, String)] = [
    ("trailing-comma", "5", #"{"jsonrpc": "2.0", "result": 5, "id": 7,}"#),
    ("trailing-comma", "[1, 2]", #"{"jsonrpc": "2.0", "result": [1, 2,], "id": 7}"#),
    ("comment", "5", #"{"jsonrpc": "2.0", "result": 5 /* result */, "id": 7}"#),
    ("no-id", "5", #"{"jsonrpc": "2.0", "result": 5}"#),
    (
      "both", "5",
      #"{"jsonrpc": "2.0", "result": 5, "error": {"code": 1, "message": "not ok"}, "id": 7}"#
    ),
    ("truncated", "[1, 2, 3, 4]", #"{"jsonrpc": "2.0", "id": 7, "result": [1, 2, 3, "#),
    ("batch", "5", #"[{"jsonrpc": "2.0", "result": 5, "id": 7}]"#),
    ("misspelt-member", "5", #"{"jsonrpc": "2.0", "resutl": 5, "id": 7}"#),
    ("value:{a: $value}", "5", #"{"jsonrpc": "2.0", "result": {a: 5}, "id": 7}"#),
    (#"text:$id $other $reply"#, "5", #"7 $other {"jsonrpc": "2.0", "result": 5, "id": 7}"#),
    ("member:id=8", "5", #"{"jsonrpc": "2.0", "result": 5, "id": 8}"#),
    ("member:took=3", "5", #"{"jsonrpc": "2.0", "result": 5, "took": 3, "id": 7}"#),
    ("without:result", "5", #"{"jsonrpc": "2.0", "id": 7}"#),
    ("echo", "5", "{}"),
  ]

  @Test("a proper reply is spoilt and otherwise kept", arguments: texts)
  func spoiling(rule: String, result: String, expected: String) throws {
    let reply = #"{"jsonrpc": "2.0", "result": \#(result), "id": 7}"#
    let spoilt = try #require(FaultPlan.rules(rule).first).spoil(
      Array(reply.utf8), to: Array("{}".utf8))
    #expect(String(decoding: spoilt, as: UTF8.self) == expected)
  }

  /// What is said of a fault where it is wanted.
  static func argument(_ fault: Fault) -> FaultArgument? {
    guard case .text(let example) = fault.parameter else { return nil }
    return .text(FaultText.unescape(example))
  }

  @Test("every fault changes what is sent", arguments: Fault.allCases.map(\.name))
  func everyFault(name: String) async throws {
    let fault = try #require(Fault(named: name))
    let methods = Dispatcher()
    methods.register("m") { _ in "é😀" }
    var plan = FaultPlan()
    plan.everywhere = [.init(fault, Self.argument(fault))]
    let old = ["version-2.0", "member-omitted"].contains(name)
    let request = Array(
      (old
        ? #"{"method": "m", "params": [], "id": 7}"#
        : name == "unbatch"
          ? #"[{"jsonrpc": "2.0", "method": "m", "id": 7}]"#
          : #"{"jsonrpc": "2.0", "method": "m", "id": 7}"#).utf8)
    let good = try #require(await Service(methods).answer(request))
    let responder = Responder(Service(methods), faults: plan)
    let delivery = try #require(await responder.respond(to: request, from: .unreachable))
    #expect(delivery.faults == [fault])
    // Notifications have no reply to be spoilt.
    let notification = Array(#"{"jsonrpc": "2.0", "method": "m"}"#.utf8)
    let toNotification = await responder.respond(to: notification, from: .unreachable)
    #expect((toNotification == nil) == (name != "answer"))
    if name == "answer" { return }
    let isSame =
      delivery.texts == [good] && delivery.pause == nil && delivery.drip == nil
      && !delivery.isCut && !delivery.closes && !delivery.isSilent && delivery.raw == nil
      && delivery.framed(good, HeaderFraming()) == HeaderFraming().wrap(good)
      && delivery.framed(good, LineFraming()) == LineFraming().wrap(good)
      && delivery.response(reason: "OK") == Delivery([good]).response(reason: "OK")
    #expect(!isSame)
  }

  @Test("names are each other's and say what they do")
  func names() {
    let names = Fault.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Fault.allCases.allSatisfy { !$0.summary.isEmpty })
  }

  @Test("calls are counted for each method with faults of its own, and for all others together")
  func calls() async throws {
    var plan = FaultPlan()
    plan.everywhere = [.init("empty", calls: 2...3)]
    plan.methods["m"] = [.init("empty", calls: 1...1)]
    let responder = Responder(Service(Dispatcher()), faults: plan)
    var happened: [Bool] = []
    for method in ["a", "m", "b", "m", "a", "a"] {
      let request = Array(#"{"jsonrpc": "2.0", "method": "\#(method)", "id": 1}"#.utf8)
      let delivery = try #require(await responder.respond(to: request, from: .unreachable))
      happened.append(!delivery.faults.isEmpty)
    }
    #expect(happened == [false, true, true, false, true, false])
  }

  @Test("chance is the same each time, and about as likely as it says")
  func chance() async throws {
    func run() async throws -> [Bool] {
      var plan = FaultPlan()
      plan.everywhere = [.init("html", probability: 0.2)]
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
