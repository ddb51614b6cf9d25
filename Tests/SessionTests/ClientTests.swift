import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestChannels
import Testing
import Wire

@Suite("Client", .timeLimit(.minutes(1)))
struct ClientTests {
  /// Answers every request with its own params.
  private static let echo: ScriptedChannel.Script = { channel, send, text in
    guard case .request(let call)? = (try? JSON(reading: text)).map({ Message($0) }),
      let id = call.id
    else { return }
    channel.say(Response(.result(call.params ?? .null), id: id).json.text, to: send)
  }

  private final class Log: Sendable {
    let lines = Mutex<[String]>([])
    func note(_ event: SessionEvent) {
      let line =
        switch event {
        case .connecting(_, let again): again ? "reconnecting" : "connecting"
        case .connected: "connected"
        case .disconnected: "disconnected"
        case .sending(let exchange): "sending \(exchange.number)"
        case .ended(let exchange): "ended \(exchange.number)"
        case .diagnostic: "diagnostic"
        case .asked(let exchange): "asked \(exchange.number)"
        case .remark(let remark): "\(remark)"
        }
      lines.withLock { $0.append(line) }
    }
    var all: [String] { lines.withLock { $0 } }
  }

  @Test("a call gives its reply and observers hear it in order")
  func call() async throws {
    let log = Log()
    let client = try Client(
      makeChannel: { ScriptedChannel(.tcp, Self.echo) }, observer: { log.note($0) })
    let exchange = try await client.call("m", params: [1, "x"])
    #expect(exchange.response?.result?.text == #"[1, "x"]"#)
    #expect(exchange.ending == .replied)
    #expect(
      String(decoding: exchange.request, as: UTF8.self)
        == #"{"jsonrpc": "2.0", "method": "m", "params": [1, "x"], "id": 1}"#)
    #expect(log.all == ["connecting", "sending 1", "connected", "ended 1"])
    #expect(client.log.summaries.count == 1)
  }

  @Test("many calls at once each get their own reply")
  func concurrent() async throws {
    let client = try Client(makeChannel: { ScriptedChannel(.tcp, Self.echo) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for value in 0..<500 {
        group.addTask {
          let exchange = try await client.call("m", params: [JSON(value)])
          #expect(exchange.response?.result?[0]?.int == value)
        }
      }
      try await group.waitForAll()
    }
    #expect(client.log.summaries.count == 500)
  }

  @Test("silence ends at the deadline")
  func deadline() async throws {
    let client = try Client(makeChannel: { ScriptedChannel { _, _, _ in } })
    let exchange = try await client.call("m", options: CallOptions(timeout: .milliseconds(30)))
    #expect(exchange.ending == .timedOut(.milliseconds(30)))
    // A shorter deadline after a longer one is kept too.
    async let long = client.call("m", options: CallOptions(timeout: .milliseconds(300)))
    let short = try await client.call("m", options: CallOptions(timeout: .milliseconds(20)))
    #expect(short.ending == .timedOut(.milliseconds(20)))
    #expect(try await long.ending == .timedOut(.milliseconds(300)))
  }

  @Test("cancelling the task cancels the call")
  func cancellation() async throws {
    let client = try Client(makeChannel: { ScriptedChannel { _, _, _ in } })
    let task = Task { try await client.call("m") }
    task.cancel()
    #expect(try await task.value.ending == .cancelled)
  }

  @Test("after a loss the waiting call fails with the reason and the next one reconnects")
  func reconnects() async throws {
    let log = Log()
    let client = try Client(
      makeChannel: {
        ScriptedChannel { channel, id, text in
          if text.contains("die") {
            channel.emit(.closed(.byPeer(unread: 0)))
          } else {
            Self.echo(channel, id, text)
          }
        }
      }, observer: { log.note($0) })
    let dead = try await client.call("die")
    #expect(dead.ending == .failed(.closed(.byPeer)))
    #expect(!client.isConnected)
    let alive = try await client.call("m", params: [1])
    #expect(alive.response?.ok == true)
    #expect(
      log.all == [
        "connecting", "sending 1", "connected", "ended 1", "disconnected", "reconnecting",
        "sending 2", "connected", "ended 2",
      ])
  }

  @Test("closing waits for the end and a later call connects anew")
  func closing() async throws {
    let client = try Client(makeChannel: { ScriptedChannel(.tcp, Self.echo) })
    _ = try await client.call("m")
    await client.close()
    #expect(!client.isConnected)
    await client.close()
    #expect(try await client.call("m").ending == .replied)
  }

  @Test("generated ids skip those in flight")
  func idsInFlight() async throws {
    let client = try Client(makeChannel: { ScriptedChannel { _, _, _ in } })
    let waiting = Task {
      await client.send(Outgoing(raw: Array(#"{"jsonrpc":"2.0","method":"m","id":1}"#.utf8)))
    }
    while !client.isConnected { await Task.yield() }
    while client.nextID() == RequestID(1) { await Task.yield() }
    waiting.cancel()
    #expect(await waiting.value.ending == .cancelled)
  }
}
