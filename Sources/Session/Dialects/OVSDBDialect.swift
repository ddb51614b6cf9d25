public import JSONRPC
import LosslessJSON

/// Open vSwitch databases (RFC 7047): JSON-RPC 1.0 with keep-alive requests from the server.
public struct OVSDBDialect: Dialect {
  /// `ovsdb`.
  public var name: String { "ovsdb" }
  /// 1.0: an unknown member such as `jsonrpc` makes the server hang up.
  public var version: ProtocolVersion { .v1 }

  /// The dialect.
  public init() {}

  /// `echo`, without which the server hangs up.
  public var keepAlives: Set<String> { ["echo"] }

  /// Answers `echo` with its own params (RFC 7047 section 4.1.11); without that the server hangs up.
  public func answer(_ call: ReceivedCall) -> Response? {
    guard call.method == "echo", let id = call.id else { return nil }
    return Response(.result(call.params ?? []), id: id, version: .v1)
  }
}
