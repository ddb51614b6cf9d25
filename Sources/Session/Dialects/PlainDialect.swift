public import JSONRPC

/// JSON-RPC as the specification has it, without custom.
public struct PlainDialect: Dialect {
  /// `plain`.
  public var name: String { "plain" }
  /// The version spoken.
  public let version: ProtocolVersion

  /// Plain JSON-RPC of that version.
  public init(_ version: ProtocolVersion = .v2) { self.version = version }
}
