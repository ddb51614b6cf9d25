public import JSONRPC
public import Wire

/// How one call differs from the session's defaults.
public struct CallOptions: Sendable {
  /// The id to use instead of a generated one.
  public var id: RequestID?
  /// The longest to wait; nil means the session's default.
  public var timeout: Duration?
  /// Extra HTTP headers.
  public var headers: [HeaderField]
  /// Whether the channel's framing is put around the message.
  public var isFramed: Bool
  /// Whose doing the call is.
  public var purpose: Exchange.Purpose
  /// The HTTP method; nil for `POST`.
  public var verb: String?
  /// Another path of the same HTTP server; nil for that of the URL.
  public var path: String?

  /// The session's defaults, unless told otherwise.
  public init(
    id: RequestID? = nil, timeout: Duration? = nil, headers: [HeaderField] = [],
    isFramed: Bool = true, purpose: Exchange.Purpose = .ordinary
  ) {
    self.id = id
    self.timeout = timeout
    self.headers = headers
    self.isFramed = isFramed
    self.purpose = purpose
  }
}
