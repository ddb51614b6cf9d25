/// A server behind a TCP or Unix socket.
///
/// Opening the first channel makes the process ignore `SIGPIPE`, unless it handles it.
public final class SocketChannel: Channel {
  private let target: Target
  private let options: StreamOptions
  private let sending: StreamSending
  private let opened = OpenedOnce()

  /// What the channel can and can't do.
  public let traits: ChannelTraits

  /// A channel to a host and port, not yet connected.
  public convenience init(
    host: String, port: UInt16, _ options: StreamOptions = StreamOptions()
  ) {
    self.init(.tcp(host: host, port: port), .tcp, options)
  }

  /// A channel to a Unix socket, not yet connected.
  public convenience init(path: String, _ options: StreamOptions = StreamOptions()) {
    self.init(.unix(path: path), .unix, options)
  }

  private init(_ target: Target, _ kind: ChannelTraits.Kind, _ options: StreamOptions) {
    self.target = target
    self.options = options
    let framing = options.framing ?? target.defaultFraming ?? .values
    sending = StreamSending(framing.make(limit: options.limit), options)
    traits = sending.traits(kind, peer: target.description)
  }

  /// Looks the host up and connects.
  public func open(_ sink: @escaping ChannelSink) {
    guard opened.claim() else { return }
    sending.start(sink) { [target, options] loop in
      SocketLoop.run(loop, target, options)
    }
  }

  /// Writes one message to the connection.
  public func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions) {
    sending.send(id, bytes, options)
  }

  /// What the stream stopped in.
  public var unfinished: [UInt8] { sending.unfinished.bytes }

  /// Drops a message of which nothing is written yet; one that has begun goes out to its end.
  public func cancel(_ id: SendID) { sending.outbox.cancel(id) }

  /// Writes what waits for at most `grace`, and closes the connection.
  ///
  /// Before `.opened` it gives connecting up, and what waits is not written.
  public func close(grace: Duration) { sending.outbox.askToClose(grace) }
}
