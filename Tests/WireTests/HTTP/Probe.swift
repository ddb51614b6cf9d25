import Synchronization
import Testing

@testable import Wire

/// A channel under test and everything it told.
final class Probe: Sendable {
  let channel: HTTPChannel
  private let server: ScriptedServer?
  private let log = Mutex<[ChannelEvent]>([])
  private let next = Mutex<UInt64>(1)

  /// Opens a channel to a scripted server, which lives as long as the probe.
  convenience init(_ server: ScriptedServer, _ options: HTTPOptions = HTTPOptions()) throws {
    try self.init(server.url, options, server: server)
  }

  init(
    _ url: String, _ options: HTTPOptions = HTTPOptions(), library: String? = nil,
    opens: Bool = true, server: ScriptedServer? = nil
  ) throws {
    self.server = server
    channel = try HTTPChannel(url: url, options: options, library: library)
    if opens { open() }
  }

  deinit { channel.close(grace: .zero) }

  func open() {
    channel.open { [weak self] event in self?.log.withLock { $0.append(event) } }
  }

  var events: [ChannelEvent] { log.withLock { $0 } }

  /// Starts a send and names it.
  func start(_ body: String = "{}", _ options: SendOptions = SendOptions()) -> SendID {
    let id = SendID(
      next.withLock { next in
        defer { next += 1 }
        return next
      })
    channel.send(id, Array(body.utf8), options)
    return id
  }

  /// Sends and waits for the end.
  func call(
    _ body: String = "{}", _ options: SendOptions = SendOptions()
  ) async throws -> Told {
    try await end(of: start(body, options))
  }

  /// Waits until a send is over.
  func end(of id: SendID) async throws -> Told {
    try await wait {
      let told = Told(id, $0)
      return told.outcome == nil ? nil : told
    }
  }

  /// Closes the channel and waits for its last word.
  func close() async throws -> CloseReason {
    channel.close(grace: .seconds(1))
    return try await wait { events in
      if case .closed(let reason)? = events.last { reason } else { nil }
    }
  }

  /// Waits until the events hold what is wanted.
  @discardableResult
  func wait<Result>(
    _ look: ([ChannelEvent]) -> Result?
  ) async throws -> Result {
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
      if let result = look(events) { return result }
      try #require(ContinuousClock.now < deadline, "the channel told \(events)")
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}

/// What a channel told of one send.
struct Told: Sendable {
  var head: ReplyHead?
  var heads = 0
  var frames: [Frame] = []
  var outcome: SendOutcome?
  /// The order: `h`ead, `f`rame, `e`nd.
  var order = ""

  init(_ id: SendID, _ events: [ChannelEvent]) {
    for event in events {
      switch event {
      case .head(id, let head):
        self.head = head
        heads += 1
        order += "h"
      case .frame(id, let frame):
        frames.append(frame)
        order += "f"
      case .finished(id, let outcome):
        self.outcome = outcome
        order += "e"
      default: break
      }
    }
  }

  var error: WireError? { outcome?.error }
  var body: String? { frames.first.map { String(decoding: $0.bytes, as: UTF8.self) } }
  var texts: [String] { frames.map { String(decoding: $0.bytes, as: UTF8.self) } }

  /// The bytes of one kind in the wire record.
  func wire(_ kind: WireRecord.Chunk.Kind) -> [UInt8] {
    (outcome?.wire?.chunks ?? []).filter { $0.kind == kind }.flatMap(\.bytes)
  }
}
