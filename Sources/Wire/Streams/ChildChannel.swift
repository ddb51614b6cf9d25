/// A child process that is spoken to over its standard input and output.
///
/// The child runs in a process group of its own, so that an interrupt typed at our terminal does
/// not reach it and ending it ends what it started. Its standard error is told line by line.
/// Opening the first channel makes the process ignore `SIGPIPE`, unless it handles it.
public final class ChildChannel: Channel {
  private let argv: [String]
  private let options: StreamOptions
  private let sending: StreamSending
  private let opened = OpenedOnce()

  /// What the channel can and can't do.
  public let traits: ChannelTraits

  /// A channel to a program and its arguments, not yet started.
  public init(_ argv: [String], _ options: StreamOptions = StreamOptions()) {
    let target = Target.child(argv)
    let framing = options.framing ?? target.defaultFraming ?? .lines
    self.argv = argv
    self.options = options
    sending = StreamSending(framing.make(limit: options.limit), options)
    traits = sending.traits(.child, peer: ShellWords.joined(argv))
  }

  /// Starts the child.
  public func open(_ sink: @escaping ChannelSink) {
    guard opened.claim() else { return }
    sending.start(sink) { [argv, options] loop in
      ChildLoop.run(loop, argv, options)
    }
  }

  /// Writes one message to the child's standard input.
  public func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions) {
    sending.send(id, bytes, options)
  }

  /// What the stream stopped in.
  public var unfinished: [UInt8] { sending.unfinished.bytes }

  /// Drops a message of which nothing is written yet; one that has begun goes out to its end.
  public func cancel(_ id: SendID) { sending.outbox.cancel(id) }

  /// Closes the child's standard input, and ends its process group if that does not end it.
  ///
  /// What waits is written first, for at most half of `grace`; before `.opened` nothing is.
  public func close(grace: Duration) { sending.outbox.askToClose(grace) }
}
