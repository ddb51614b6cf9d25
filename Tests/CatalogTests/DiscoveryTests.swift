import Catalog
import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestChannels
import Testing
import Wire

@Suite("Discovery", .timeLimit(.minutes(1)))
struct DiscoveryTests {
  /// A server with these methods; any other is not found.
  private func client(_ results: [String: String]) throws -> Client {
    try Client(makeChannel: {
      ScriptedChannel(.http) { channel, send, text in
        guard let json = try? JSON(reading: text), case .request(let call) = Message(json),
          let id = call.id
        else { return }
        let result = results[call.method].flatMap { try? JSON(reading: $0) }
        let outcome: Response.Outcome =
          result.map { .result($0) } ?? .error(ErrorObject(code: -32601, message: "no"))
        channel.say(Response(outcome, id: id).json.text, to: send)
      }
    })
  }

  @Test("the first source that tells is taken, and what was asked is said")
  func sources() async throws {
    let client = try client(["system.listMethods": #"["a","b"]"#])
    let report = await Discovery(client: client).run()
    #expect(report.catalog?.methods.map(\.name) == ["a", "b"])
    #expect(report.asked.map(\.method) == ["rpc.discover", "system.listMethods"])
    #expect(report.asked.map(\.answer) == [.refused("-32601 no"), .methods(2)])
    #expect(client.log.summaries.allSatisfy { $0.purpose == .discovery })
    #expect(client.log.lastOwn == nil)
  }

  @Test("an OpenRPC document wins and nothing more is asked")
  func openRPC() async throws {
    let client = try client([
      "rpc.discover": #"{"openrpc":"1.3.2","methods":[{"name":"x","params":[]}]}"#,
      "system.listMethods": #"["a"]"#,
    ])
    let report = await Discovery(client: client).run()
    #expect(report.catalog?.methods.map(\.name) == ["x"])
    #expect(report.asked.count == 1)
  }

  @Test("results that describe nothing are no catalog")
  func useless() async throws {
    let client = try client(["rpc.discover": "5", "system.listMethods": "[1,2]"])
    let report = await Discovery(client: client).run()
    #expect(report.catalog == nil)
    #expect(report.asked.prefix(2).map(\.answer) == [.useless, .useless])
    #expect(report.asked.dropFirst(2).allSatisfy { $0.answer == .refused("-32601 no") })
  }

  @Test("a server that hangs up on a probe is asked nothing more")
  func hangsUp() async throws {
    let asked = Mutex(0)
    let client = try Client(makeChannel: {
      ScriptedChannel(.child) { channel, _, _ in
        asked.withLock { $0 += 1 }
        channel.emit(.closed(.exited(1, unread: 0)))
      }
    })
    let report = await Discovery(client: client).run()
    #expect(report.asked.map(\.answer) == [.lostConnection])
    #expect(asked.withLock { $0 } == 1)
  }

  @Test("help and signature are asked for one method")
  func describes() async throws {
    let client = try client([
      "system.methodHelp": #""Adds two numbers.\nNothing more.""#,
      "system.methodSignature": #"[["int","int","string"]]"#,
    ])
    let method = await SystemListMethodsSource().describe(Method("add"), client: client)
    #expect(method.summary == "Adds two numbers.")
    #expect(method.params?.map { $0.schema.typeText } == ["integer", "string"])
    #expect(method.structure == .byPosition)
    #expect(method.result?.schema.typeText == "integer")
  }
}
