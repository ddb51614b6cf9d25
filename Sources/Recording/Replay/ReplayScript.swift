public import Session
import Wire

/// What a recorded server said, message by message, in answer to which request.
///
/// Over HTTP the messages of an exchange are its own. Of a stream, what the server said of its own
/// accord belongs to what happened last before it: a request that was sent, or a reply that came.
public struct ReplayScript: Sendable {
  /// A message of the server's.
  public struct Line: Sendable {
    /// The exchange in which it is recorded, with its number.
    public let number: Int
    /// The message, as it came.
    public let received: ReceivedMessage
    /// How long after the request it came.
    public let delay: Duration
    /// Whether it came before the exchange was over.
    public let isBeforeEnd: Bool
  }

  /// A request with all that followed.
  public struct Scene: Sendable {
    /// The exchange.
    public let recorded: RecordedExchange
    /// The messages, in order.
    public internal(set) var lines: [Line]
  }

  /// The requests, in the order in which they were sent.
  public private(set) var scenes: [Scene] = []

  /// What happened in a session, whose exchanges stand in the order in which they ended.
  public init(_ exchanges: [RecordedExchange], isHTTP: Bool) {
    var places: [Int] = []
    for (place, recorded) in exchanges.enumerated()
    where !recorded.exchange.kind.isIncoming && !recorded.exchange.request.isEmpty {
      places.append(place)
      scenes.append(Scene(recorded: recorded, lines: Self.own(recorded.exchange)))
    }
    if !isHTTP { attach(exchanges, places) }
    scenes = scenes.enumerated().sorted { one, two in
      let (a, b) = (one.element.recorded.exchange, two.element.recorded.exchange)
      return (a.startedAt, one.offset) < (b.startedAt, two.offset)
    }.map(\.element)
  }

  private static func own(_ exchange: Exchange) -> [Line] {
    exchange.messages.map { received in
      Line(
        number: exchange.number, received: received,
        delay: max(.zero, received.frame.lastByte - exchange.timings.start), isBeforeEnd: true)
    }
  }

  /// Gives each message of the server's own accord to a scene.
  private mutating func attach(_ exchanges: [RecordedExchange], _ places: [Int]) {
    var early: [Int: [Line]] = [:]
    var late: [Int: [Line]] = [:]
    // Scenes whose exchange had ended when the message came stand before it in the file.
    var ended = 0
    let sent = scenes.indices.sorted { start($0) < start($1) }
    var begun = 0
    var lastSent: Int?
    for (place, recorded) in exchanges.enumerated() {
      while ended < places.count, places[ended] <= place { ended += 1 }
      let exchange = recorded.exchange
      guard exchange.kind.isIncoming else { continue }
      while begun < sent.count, start(sent[begun]) <= exchange.startedAt {
        lastSent = sent[begun]
        begun += 1
      }
      let lastEnded = ended > 0 ? ended - 1 : nil
      let isAfterSending = lastSent.map { sending in
        lastEnded.map { sending != $0 && start(sending) >= end($0) } ?? true
      }
      guard let scene = isAfterSending == true ? lastSent : lastEnded ?? lastSent else {
        // Before any request: the first to be sent brings it along.
        if let first = sent.first {
          early[first, default: []] += lines(exchange, after: first, isBeforeEnd: true)
        }
        continue
      }
      if scene == lastEnded {
        late[scene, default: []] += lines(exchange, after: scene, isBeforeEnd: false)
      } else {
        early[scene, default: []] += lines(exchange, after: scene, isBeforeEnd: true)
      }
    }
    for scene in scenes.indices {
      scenes[scene].lines = (early[scene] ?? []) + scenes[scene].lines + (late[scene] ?? [])
    }
  }

  private func start(_ scene: Int) -> Double { scenes[scene].recorded.exchange.startedAt }

  private func end(_ scene: Int) -> Double {
    let exchange = scenes[scene].recorded.exchange
    return exchange.startedAt + (exchange.duration?.inSeconds ?? 0)
  }

  private func lines(_ exchange: Exchange, after scene: Int, isBeforeEnd: Bool) -> [Line] {
    let delay = Duration.from(seconds: max(0, exchange.startedAt - start(scene)))
    return exchange.messages.map {
      Line(
        number: exchange.number, received: $0, delay: delay, isBeforeEnd: isBeforeEnd)
    }
  }
}
