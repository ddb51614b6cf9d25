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

  /// What is answered to a request from the server that nobody answers.
  func refusal(of call: ReceivedCall) -> Response.Outcome

  /// Requests of the server that only ask whether somebody is there, which are always answered.
  var keepAlives: Set<String> { get }

  /// The request of the server that this notification takes back, if it does.
  func withdrawn(by call: ReceivedCall) -> RequestID?

  /// The request of ours whose progress this notification tells, if it does.
  func progressing(by call: ReceivedCall) -> RequestID?

  /// What tells the server that nobody waits for a reply any more; nil says nothing.
  func cancellation(of id: RequestID) -> Request?

  /// How the stream is opened on which the server says what no request asked for, or on which it
  /// goes on after the event of that id; nil if there is none.
  func listening(after lastEventID: String) -> SendOptions?

  /// A request whose reply is a stream of changes, if the dialect listens so.
  func subscription(_ id: RequestID) -> Request?

  /// Whether the reply says that the server no longer knows what was agreed on.
  func isForgotten(by exchange: Exchange) -> Bool

  /// Whether what was agreed on is the same.
  func isSame(as other: any Dialect) -> Bool

  /// How a message without text ends the session, if the dialect ends it so.
  var farewell: SendOptions? { get }

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
  /// That there is no such method.
  public func refusal(of call: ReceivedCall) -> Response.Outcome {
    .error(
      ErrorObject(
        code: ErrorCode.methodNotFound.rawValue,
        message: "Method not found: nobody is there to answer it"))
  }
  /// None.
  public var keepAlives: Set<String> { [] }
  /// None.
  public func withdrawn(by call: ReceivedCall) -> RequestID? { nil }
  /// None.
  public func progressing(by call: ReceivedCall) -> RequestID? { nil }
  /// Nothing.
  public func cancellation(of id: RequestID) -> Request? { nil }
  /// None.
  public func listening(after lastEventID: String) -> SendOptions? { nil }
  /// None.
  public func subscription(_ id: RequestID) -> Request? { nil }
  /// It is not.
  public func isForgotten(by exchange: Exchange) -> Bool { false }
  /// It is.
  public func isSame(as other: any Dialect) -> Bool { true }
  /// None.
  public var farewell: SendOptions? { nil }
  /// Nothing.
  public var closing: [Request] { [] }
}
