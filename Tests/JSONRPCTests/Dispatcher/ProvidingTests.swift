import JSONRPC
import LosslessJSON
import Synchronization
import Testing

@Suite("Objects, documents and transports", .timeLimit(.minutes(2)))
struct ProvidingTests {
  final class Account: MethodProviding, Sendable {
    private let cents = Atomic(0)

    func addMethods(to dispatcher: Dispatcher) {
      dispatcher.register("balance") { [self] _ in cents.load(ordering: .relaxed) }
      dispatcher.register("deposit", Param<Int>("cents")) { [self] _, amount in
        cents.add(amount, ordering: .relaxed).newValue
      }
    }
  }

  @Test("the methods of an object are added under a prefix, all or none")
  func object() async throws {
    let methods = Dispatcher()
    try methods.add(Account(), prefix: "account.")
    #expect(try await Caller(methods).outcome("account.deposit", ["cents": 500]) == "500")
    #expect(try await Caller(methods).outcome("account.balance") == "500")
    #expect(methods.methods.map(\.name).suffix(2) == ["account.balance", "account.deposit"])
    #expect(throws: Dispatcher.RegistrationError.nameTaken("account.balance")) {
      try methods.add(Account(), prefix: "account.")
    }
    // A second one has a state of its own.
    try methods.add(Account(), prefix: "other.")
    #expect(try await Caller(methods).outcome("other.balance") == "0")
  }

  @Test("a document stands in for the description")
  func document() async throws {
    let document: JSON = ["openrpc": "1.2.6", "info": ["title": "own"], "methods": []]
    let methods = Dispatcher(document: document)
    #expect(try await Caller(methods).outcome("rpc.discover") == document.text)
    #expect(methods.openRPC == document)
    #expect(Dispatcher(title: "T").openRPC["info"]?["title"] == "T")
  }

  @Test("a method knows how its call came")
  func transport() async throws {
    let methods = Dispatcher()
    methods.register("how") { context -> JSON in
      [
        JSON(context.transport.name), JSON(context.transport["x-user"] ?? ""),
        JSON(context.peer.isReachable),
      ]
    }
    var caller = Caller(methods)
    #expect(try await caller.outcome("how") == "[\"\", \"\", false]")
    caller.peer = Peer(
      name: "p", transport: Transport("http", headers: [("X-User", "Ann"), ("x-user", "Bob")]))
    #expect(try await caller.outcome("how") == "[\"http\", \"Ann\", false]")
  }

  @Test("quick methods answer like any other")
  func quick() async throws {
    let methods = Dispatcher()
    methods.register("add", isQuick: true, Param<Int>("a"), Param<Int>("b")) { _, a, b in a + b }
    #expect(methods["add"]?.isQuick == true)
    #expect(try await Caller(methods).outcome("add", [1, 2]) == "3")
  }
}
