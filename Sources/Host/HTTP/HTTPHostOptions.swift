/// What an HTTP host takes and whom it lets in.
public struct HTTPHostOptions: Sendable {
  /// Names by which a client may call this server in `Host`, besides those of the loopback and the
  /// one it listens on.
  public var allowedHosts: [String] = []
  /// Web pages that may send requests, as in `https://app.example.org`; `*` is any.
  public var allowedOrigins: [String] = []
  /// The most connections at once; more are told 503.
  public var maxConnections = 4_096
  /// The most bytes of a request's head.
  public var maxHead = 32 << 10
  /// The most bytes that all requests together hold before they are whole.
  public var maxBuffered = 256 << 20
  /// How long a connection may wait for its next request to begin, head included.
  public var idleTimeout = Duration.seconds(60)
  /// How long the body of a request may take.
  public var receiveTimeout = Duration.seconds(60)
  /// How long a client may take to read an answer.
  public var sendTimeout = Duration.seconds(60)

  /// The defaults.
  public init() {}
}
