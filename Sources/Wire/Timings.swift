/// When each step of a send was reached, as durations since it was handed to the channel.
///
/// A step that did not take place (no name to look up, a reused connection, no TLS) is nil. Each
/// figure is a point in time, not the length of its own step: `connected - nameLookup` is what
/// connecting took.
public struct Timings: Sendable, Equatable {
  /// When the send was handed to the channel.
  public var start: ContinuousClock.Instant
  /// HTTP: the name was resolved.
  public var nameLookup: Duration?
  /// HTTP: the connection stood.
  public var connected: Duration?
  /// HTTPS: the TLS handshake was done.
  public var tls: Duration?
  /// The last byte of the request was handed to the kernel.
  public var written: Duration?
  /// The first byte of the reply was read.
  public var firstByte: Duration?
  /// The last byte of the reply was read, or the send was given up.
  public var lastByte: Duration?
  /// Whether an open connection was used again.
  public var reusedConnection: Bool

  /// Timings of a send that starts then.
  public init(start: ContinuousClock.Instant) {
    self.start = start
    reusedConnection = false
  }
}
