#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The life of one connection, from looking the name up to closing, on its channel's thread.
struct SocketLoop {
  typealias Instant = ContinuousClock.Instant

  /// How long a connection that can't be written any more is still read, to learn why.
  private static let linger = Duration.milliseconds(250)
  /// How long the peer has to close its side after we closed ours; with unread bytes on our side,
  /// closing at once may lose what we sent last.
  private static let farewell = Duration.milliseconds(50)

  private let loop: StreamLoop
  private let descriptor: Int32
  private var brokenSince: Instant?
  private var closingSince: Instant?
  private var shutSince: Instant?

  /// Connects and stays until the channel is closed.
  static func run(_ loop: StreamLoop, _ target: Target, _ options: StreamOptions) {
    do throws(WireError) {
      let start = ContinuousClock.now
      let connecting = SocketConnect(loop, target, options.connectTimeout)
      guard let connected = try connecting.connect(target) else {
        loop.finish(.asked, sends: .closed(.asked))
        return
      }
      loop.sink(.opened(Opening(peer: connected.peer, took: .now - start)))
      var life = Self(loop, connected.descriptor)
      life.live()
    } catch {
      loop.finish(.failed(error), sends: error)
    }
  }

  private init(_ loop: StreamLoop, _ descriptor: Int32) {
    self.loop = loop
    self.descriptor = descriptor
  }

  private mutating func live() {
    loop.start(input: descriptor, output: descriptor)
    while !isOver {
      loop.turn(until: deadline)
      note(.now)
    }
    loop.finishInput()
    let (reason, error) = verdict
    loop.finish(reason, sends: error)
    Descriptor.close(descriptor)
  }

  private var grace: Duration { loop.closing ?? .zero }

  private var deadline: Instant? {
    [
      brokenSince.map { $0 + Self.linger }, closingSince.map { $0 + grace },
      shutSince.map { $0 + min(grace, Self.farewell) },
    ].compactMap { $0 }.min()
  }

  private var isOver: Bool {
    if loop.inputEnd != nil { return true }
    guard let deadline else { return false }
    return deadline <= .now
  }

  private mutating func note(_ now: Instant) {
    if loop.broken != nil, brokenSince == nil { brokenSince = now }
    if loop.closing != nil, closingSince == nil { closingSince = now }
    if closingSince != nil, shutSince == nil, loop.outbox.isEmpty {
      _ = loop.outbox.shut(.closed(.asked))
      shutdown(descriptor, Int32(SHUT_WR))
      shutSince = now
    }
  }

  private var verdict: (CloseReason, WireError) {
    if case .tooLarge(let limit) = loop.inputEnd {
      return (.failed(.tooLarge(limit: limit)), .tooLarge(limit: limit))
    }
    if loop.closing != nil { return (.asked, .closed(.asked)) }
    if case .failed(let code) = loop.inputEnd { return failed("read", code) }
    if let code = loop.broken, loop.inputEnd == nil { return failed("write", code) }
    return (.byPeer(unread: loop.unread), .closed(.byPeer))
  }

  private func failed(_ operation: String, _ code: Int32) -> (CloseReason, WireError) {
    (.failed(.ioFailed(operation: operation, errno: code)), .closed(.failed(errno: code)))
  }
}
