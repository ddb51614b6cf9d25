public import JSONRPC
public import LosslessJSON
public import Wire

/// What a dialect has at hand while it opens a connection.
public protocol OpeningLine: Sendable {
  /// What the channel can do.
  var traits: ChannelTraits { get }
  /// Sends a request and waits, for a bounded time, for what comes of it.
  func ask(_ method: String, _ params: JSON?, headers: [HeaderField]) async -> Exchange
  /// Sends a notification.
  func tell(_ method: String, _ params: JSON?, headers: [HeaderField]) async
}

/// How a server wants to be spoken to, beyond the plain protocol.
///
/// A dialect is a value without state or I/O; the session runs it.
public protocol Dialect: Sendable {
  /// The name that `--dialect` takes and recordings store.
  var name: String { get }
  /// The version of JSON-RPC in which it is spoken.
  var version: ProtocolVersion { get }

  /// Whether something has to be said before the first request of a connection.
  var needsOpening: Bool { get }

  /// Says what has to be said when a connection is made, and gives the dialect as it was agreed on;
  /// nil if the server does not speak it.
  func open(_ line: any OpeningLine) async -> (any Dialect)?

  /// The request as this dialect wants it, such as with facts about the client in its params.
  func wrap(_ request: Request) -> Request

  /// What has to go with a message over the transport, such as headers; of text that was typed as it
  /// stands, only the method may be known.
  func decorate(method: String?, params: JSON?) -> SendOptions

  /// The answer to a request from the server, or nil to leave it to the user.
  func answer(_ call: ReceivedCall) -> Response?

  /// What to send before the channel is closed.
  var closing: [Request] { get }
}

extension Dialect {
  /// Nothing has to be said.
  public var needsOpening: Bool { false }
  /// Spoken as it is.
  public func open(_ line: any OpeningLine) async -> (any Dialect)? { self }
  /// As it is.
  public func wrap(_ request: Request) -> Request { request }
  /// Nothing.
  public func decorate(method: String?, params: JSON?) -> SendOptions { SendOptions() }
  /// Left to the user.
  public func answer(_ call: ReceivedCall) -> Response? { nil }
  /// Nothing.
  public var closing: [Request] { [] }
}
