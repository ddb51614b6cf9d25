import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestChannels
import TestFolders
import Testing
import Wire

@testable import Recording

@Suite(.timeLimit(.minutes(1))) struct ReplayerTests {
  /// A server that answers each request with its params, `wait` only once `release` has come.
  private final class Server: Sendable {
    private struct State {
      var requests: [String] = []
      var waiting: [(ScriptedChannel, SendID, String)] = []
      var inFlight = 0
      var most = 0
    }
    private let state = Mutex(State())

    var requests: [String] { state.withLock { $0.requests } }

    func channel() -> ScriptedChannel {
      ScriptedChannel { [self] channel, send, text in
        guard let json = try? JSON(reading: text), let id = json["id"] else { return }
        let reply =
          #"{"jsonrpc": "2.0", "result": \#(json["params"]?.text ?? "null"), "id": \#(id.text)}"#
        let method = json["method"]?.string
        let ready = state.withLock { state -> [(ScriptedChannel, SendID, String)] in
          state.requests.append(text)
          if method == "wait" {
            state.waiting.append((channel, send, reply))
            return []
          }
          if method == "silent" { return [] }
          defer { if method == "release" { state.waiting = [] } }
          return [(channel, send, reply)] + (method == "release" ? state.waiting : [])
        }
        for (channel, send, reply) in ready { channel.say(reply, to: send) }
      }
    }
  }

  private func client(_ server: Server) throws -> Client {
    try Client(makeChannel: { server.channel() })
  }

  private func steps(_ exchanges: [Exchange], renews: Bool = true) -> ReplayPlan {
    ReplayPlan(
      exchanges.map { RecordedExchange($0) }, options: .init(renewsIDs: renews))
  }

  @Test func `What was under way together is again, what waited waits`() async throws {
    let server = Server()
    let plan = steps([
      Exchanges.call(1, method: "wait", took: .seconds(1), at: 100),
      Exchanges.call(2, method: "release", at: 100.5),
      Exchanges.call(3, method: "after", at: 102),
    ])
    var methods: [String?] = []
    let ending = try await Replayer(plan, over: client(server)).run { outcome in
      methods.append(outcome.exchange.method)
      return true
    }
    // In the order of the steps, whatever ended first.
    #expect(methods == ["wait", "release", "after"])
    #expect(ending == .complete)
  }

  @Test func `One at a time waits for what never came, as long as it did then`() async throws {
    let server = Server()
    let plan = steps([
      Exchanges.call(
        1, method: "silent", result: nil, ending: .timedOut(.milliseconds(30)),
        took: .milliseconds(30), at: 100),
      Exchanges.call(2, method: "next", at: 100.01),
    ])
    var endings: [Exchange.Ending] = []
    let options = Replayer.Options(concurrency: 1)
    _ = try await Replayer(plan, over: client(server), options: options).run { outcome in
      endings.append(outcome.exchange.ending)
      return true
    }
    #expect(endings == [.timedOut(.milliseconds(30)), .replied])
  }

  @Test func `Several at once are no more than that, and are handed over in order`() async throws {
    let server = Server()
    // The third is sent only if there are three at once.
    let calls = [
      Exchanges.call(1, method: "wait", at: 100), Exchanges.call(2, method: "wait", at: 101),
      Exchanges.call(3, method: "release", at: 102),
    ]
    var numbers: [Int] = []
    let options = Replayer.Options(concurrency: 3)
    _ = try await Replayer(steps(calls), over: client(server), options: options).run { outcome in
      numbers.append(outcome.step.number)
      return true
    }
    #expect(numbers == [1, 2, 3])
  }

  @Test func `A paced step is sent no sooner than then`() async throws {
    let plan = steps([Exchanges.call(1, at: 100), Exchanges.call(2, at: 100.2)])
    let start = ContinuousClock.now
    _ = try await Replayer(
      plan, over: client(Server()), options: Replayer.Options(isPaced: true)
    ).run { _ in true }
    #expect(ContinuousClock.now - start >= .milliseconds(200))
  }

  @Test func `It ends when the taker has enough, when told so, and when nobody is there`()
    async throws
  {
    let plan = steps((1...9).map { Exchanges.call($0, at: Double(100 + $0)) })
    var taken = 0
    let enough = try await Replayer(plan, over: client(Server())).run { _ in
      taken += 1
      return taken < 3
    }
    #expect(enough == .stopped && taken == 3)
    let (stop, stopper) = AsyncStream.makeStream(of: Void.self)
    let silent = steps([Exchanges.call(1, method: "silent")])
    stopper.yield()
    let stopped = try await Replayer(silent, over: client(Server())).run(until: stop) { _ in true }
    #expect(stopped == .cancelled)
    let channel = ScriptedChannel(.http) { channel, send, _ in
      channel.finish(send, error: .connectFailed(peer: "x", errno: 111))
    }
    taken = 0
    let gone = try await Replayer(plan, over: Client(makeChannel: { channel })).run { _ in
      taken += 1
      return true
    }
    #expect(gone == .gaveUp && taken == 3)
  }

  @Test func `Values that came are carried, ids are kept if told so`() async throws {
    let server = Server()
    let plan = steps(
      [
        Exchanges.call(1, method: "open", params: "[1]", result: #"["key-0001"]"#, at: 100),
        Exchanges.call(2, method: "use", params: #"["key-0001"]"#, at: 101, id: "77"),
      ], renews: false)
    var carried = 0
    _ = try await Replayer(plan, over: client(server)).run { outcome in
      carried += outcome.text.carried.count
      return true
    }
    // The server's result is what `open` was asked with.
    #expect(carried == 1)
    #expect(server.requests.last?.contains(#""params": [1], "id": 77"#) == true)
  }

  @Test func `An update changes the replies that are accepted, and nothing else`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/session.jsonl"
    let writer = RecordingWriter(path: path, header: Exchanges.header)
    writer.record(Exchanges.call(1, result: #"{"n": 1, "token": "abcdefgh-1"}"#))
    writer.record(Exchanges.notification(2, method: "note", params: "[1]"))
    writer.record(Exchanges.call(3, params: #"{"token": "abcdefgh-1"}"#, result: "3"))
    writer.close()
    let before = try SessionFile(opening: path).exchanges()
    var update = RecordingUpdate()
    update.take(
      Exchanges.call(51, result: #"{"n": 2, "token": "ijklmnop-2"}"#), for: before[0],
      accepting: true)
    update.take(Exchanges.call(52, result: "3"), for: before[2], accepting: false)
    #expect(update.count == 1)
    let backup = try update.write(to: path)
    let after = try SessionFile(opening: path).exchanges()
    #expect(after.count == 3)
    #expect(after[0].exchange.request == before[0].exchange.request)
    let reply = try #require(after[0].exchange.response)
    #expect(reply.id == RequestID(1) && reply.result?["n"]?.int == 2)
    // The mask is the one that the later request carries.
    #expect(
      reply.result?["token"]?.string == before[0].exchange.response?.result?["token"]?.string)
    #expect(ReplayPlan(after).steps[1].carried.count == 1)
    #expect(after[2].exchange.reply?.frame.bytes == before[2].exchange.reply?.frame.bytes)
    #expect(try SessionFile(opening: backup).exchanges().count == 3)
    #expect(
      try SessionFile(opening: backup).exchanges()[0].exchange.response?.result?["n"]?.int == 1)
  }
}
