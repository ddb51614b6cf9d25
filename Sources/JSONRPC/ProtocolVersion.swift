/// A version of JSON-RPC.
public enum ProtocolVersion: String, Sendable, Hashable, CaseIterable {
  /// JSON-RPC 1.0 (2005): positional params, `result` and `error` both present, null id notifies.
  case v1 = "1.0"
  /// JSON-RPC 2.0 (2013).
  case v2 = "2.0"
}
