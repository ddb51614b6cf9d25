public import JSONRPC
import LosslessJSON
import NIOCore
import NIOHTTP1

/// Serves over HTTP/1.1: each POST is a message, and GET shows what there is to call.
///
/// ```swift
/// let server = try await HTTPHost(Service(methods)).start(on: "127.0.0.1:4000")
/// await server.runUntilSignal()
/// ```
///
/// Only clients of the same machine reach it unless it listens elsewhere, and no web page does
/// unless its origin is allowed. Methods run on Swift's own threads, never on those that read and
/// write the connections.
public struct HTTPHost: Sendable {
  /// The service that answers.
  public let service: Service
  /// What it takes and whom it lets in.
  public var options = HTTPHostOptions()
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
    let table = ConnectionTable(maxCount: options.maxConnections)
    let site = HTTPSite(host: self, address: address, table: table)
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = options.maxHead
    limits.maxHeaderListSize = options.maxHead
    let listening = Listening(
      address: address, maxConnections: options.maxConnections
    ) { [limits] channel in
      let pipeline = channel.pipeline.syncOperations
      let connection = HTTPConnection(site, channel)
      guard connection.isWelcome else {
        try pipeline.addHandler(HTTPTurnAway())
        return
      }
      // What is echoed in a field of an answer has passed the decoder, and so ends no line.
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: true, withErrorHandling: false,
        withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: limits)
      try pipeline.addHandler(connection)
    }
    let listener = try await listening.start()
    let bound = address.bound(to: listener)
    return RunningHost(
      address: bound, url: Self.url(bound), listener: listener, table: table)
  }

  /// How a client names it; a wildcard stands for the loopback.
  static func url(_ address: ListenAddress) -> String {
    guard case .tcp(let host, let port) = address else { return "http+unix:\(address)" }
    let isAny = ["0.0.0.0", "::"].contains(host)
    return "http://\(ListenAddress.tcp(host: isAny ? "127.0.0.1" : host, port: port))/"
  }
}

/// What all connections of an HTTP host share.
struct HTTPSite: Sendable {
  let responder: Responder
  let options: HTTPHostOptions
  let access: HTTPAccess
  let table: ConnectionTable
  let budget: MemoryBudget
  let observer: HostObserver?
  let maxBody: Int

  init(host: HTTPHost, address: ListenAddress, table: ConnectionTable) {
    var service = host.service
    service.options.sparesCallersThread = true
    responder = Responder(
      service, faults: host.faults, replay: host.replay, observer: host.observer)
    options = host.options
    access = HTTPAccess(address: address, options: host.options)
    self.table = table
    budget = MemoryBudget(host.options.maxBuffered)
    observer = host.observer
    maxBody = host.service.options.limits.maxBytes
  }
}

/// Tells a connection that there are too many.
private final class HTTPTurnAway: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelActive(context: ChannelHandlerContext) {
    let text =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
      + "Connection: close\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    context.close(promise: nil)
  }
}
