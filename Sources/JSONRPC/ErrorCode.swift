/// The codes that the specification names (2.0 section 5.1).
public struct ErrorCode: RawRepresentable, Sendable, Hashable {
  /// The number on the wire.
  public let rawValue: Int

  /// Any code.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The text was no JSON.
  public static let parseError = ErrorCode(rawValue: -32700)
  /// The value was no request.
  public static let invalidRequest = ErrorCode(rawValue: -32600)
  /// There is no such method.
  public static let methodNotFound = ErrorCode(rawValue: -32601)
  /// The params do not fit the method.
  public static let invalidParams = ErrorCode(rawValue: -32602)
  /// The server failed inside.
  public static let internalError = ErrorCode(rawValue: -32603)
  /// The first of the codes left to implementations (-32000 to -32099).
  public static let serverError = ErrorCode(rawValue: -32000)

  /// The specification's name of the code, or nil if it has none.
  public var name: String? {
    switch rawValue {
    case -32700: "Parse error"
    case -32600: "Invalid Request"
    case -32601: "Method not found"
    case -32602: "Invalid params"
    case -32603: "Internal error"
    case -32099 ... -32000: "Server error"
    default: nil
    }
  }
}
