public import JSONRPC
import LosslessJSON
public import Wire

/// How a server wants to be spoken to, beyond the plain protocol.
///
/// A dialect is a value without state or I/O; the session runs it.
public protocol Dialect: Sendable {
  /// The name that `--dialect` takes and recordings store.
  var name: String { get }
  /// The version of JSON-RPC in which it is spoken.
  var version: ProtocolVersion { get }

  /// What has to go with a request over the transport, such as headers.
  func decorate(_ request: Request) -> SendOptions

  /// The answer to a request from the server, or nil to leave it to the user.
  func answer(_ call: ReceivedCall) -> Response?

  /// What to send before the channel is closed.
  var closing: [Request] { get }
}

extension Dialect {
  /// Nothing.
  public func decorate(_ request: Request) -> SendOptions { SendOptions() }
  /// Left to the user.
  public func answer(_ call: ReceivedCall) -> Response? { nil }
  /// Nothing.
  public var closing: [Request] { [] }
}

/// JSON-RPC as the specification has it, without custom.
public struct PlainDialect: Dialect {
  /// `plain`.
  public var name: String { "plain" }
  /// The version spoken.
  public let version: ProtocolVersion

  /// Plain JSON-RPC of that version.
  public init(_ version: ProtocolVersion = .v2) { self.version = version }
}

/// Open vSwitch databases (RFC 7047): JSON-RPC 1.0 with keep-alive requests from the server.
public struct OVSDBDialect: Dialect {
  /// `ovsdb`.
  public var name: String { "ovsdb" }
  /// 1.0: an unknown member such as `jsonrpc` makes the server hang up.
  public var version: ProtocolVersion { .v1 }

  /// The dialect.
  public init() {}

  /// Answers `echo` with its own params (RFC 7047 section 4.1.11); without that the server hangs up.
  public func answer(_ call: ReceivedCall) -> Response? {
    guard call.method == "echo", let id = call.id else { return nil }
    return Response(.result(call.params ?? []), id: id, version: .v1)
  }
}
