public import JSONRPC
import NIOCore
public import Wire

/// Serves over TCP or a Unix socket. Calls of one connection run at once and are answered as they
/// end; methods may send their caller notifications and requests.
public struct SocketHost: Sendable {
  /// The service that answers.
  public let service: Service
  /// How messages are told apart.
  public var framing = FramingName.values
  /// The longest message that is taken; a longer one is refused and passed over.
  public var maxMessage = 64 << 20
  /// The most connections at once; more are closed.
  public var maxConnections = 4_096
  /// The most messages of one connection worked on at once; reading waits while there are more.
  public var maxInFlight = 256
  /// How much output may wait for a slow client before reading waits too. A client that leaves four
  /// times as much of what methods send unasked is cut off.
  public var maxQueued = 16 << 20
  /// How long the rest of a message may take to come.
  public var receiveTimeout = Duration.seconds(60)
  /// What is wrong with its answers.
  public var faults = FaultPlan()
  /// Answers in the service's place, as a recording did.
  public var replay: ReplayMock?
  /// Is told of every message and answer.
  public var observer: HostObserver?

  /// A host for that service.
  public init(_ service: Service) { self.service = service }

  /// Begins to listen.
  public func start(
    on address: ListenAddress = "127.0.0.1:0"
  ) async throws(HostError) -> RunningHost {
    let table = ConnectionTable(maxCount: maxConnections)
    let responder = Responder(service, faults: faults, replay: replay, observer: observer)
    let listening = Listening(address: address, maxConnections: maxConnections) { [self] channel in
      let connection = SocketConnection(self, responder, table, channel)
      guard connection.isWelcome else { return channel.close(promise: nil) }
      try channel.pipeline.syncOperations.addHandler(connection)
    }
    let listener = try await listening.start()
    let bound = address.bound(to: listener)
    let scheme = if case .tcp = bound { "tcp" } else { "unix" }
    return RunningHost(
      address: bound, url: "\(scheme):\(bound)", listener: listener, table: table)
  }
}
