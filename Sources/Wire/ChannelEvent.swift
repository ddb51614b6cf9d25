public import LosslessJSON

/// What happened on a channel.
public enum ChannelEvent: Sendable {
  /// The channel is connected (or, over HTTP, ready; HTTP connects with each first send).
  case opened(Opening)
  /// The head of an HTTP reply. Interim (1xx) heads are not told; of a followed redirect only the
  /// last head is.
  case head(SendID, ReplyHead)
  /// One message from the server. Over HTTP `SendID` is the send it answers, on streams nil.
  case frame(SendID?, Frame)
  /// A send is over: on HTTP its reply is complete or failed, on a stream its bytes are written.
  case finished(SendID, SendOutcome)
  /// Bytes that are no message: a line of the child's stderr, or text between frames.
  case diagnostic(Diagnostic)
  /// The channel ended, by either side. Nothing follows.
  case closed(CloseReason)
}

/// Facts about a connection that was just made.
public struct Opening: Sendable, Equatable {
  /// The address reached (`127.0.0.1:6640`), the child's process id (`pid 4711`), or empty.
  public var peer: String
  /// How long connecting (or starting the child) took.
  public var took: Duration

  /// A connection to that peer.
  public init(peer: String, took: Duration) {
    self.peer = peer
    self.took = took
  }
}

/// The status line and headers of an HTTP reply.
public struct ReplyHead: Sendable, Equatable {
  /// The protocol as curl names it: `HTTP/1.0`, `HTTP/1.1`, `HTTP/2`.
  public var version: String
  /// The status code.
  public var status: Int
  /// The reason phrase as sent; empty in HTTP/2.
  public var reason: String
  /// The header fields in order, duplicates kept.
  public var headers: [HeaderField]

  /// A head of those parts.
  public init(version: String, status: Int, reason: String, headers: [HeaderField]) {
    self.version = version
    self.status = status
    self.reason = reason
    self.headers = headers
  }

  /// The value of the first header of that name, compared without case.
  public func header(_ name: String) -> String? {
    headers.first { $0.isNamed(name) }?.value
  }
}

/// One message as it arrived.
public struct Frame: Sendable {
  /// What stood around the message.
  public enum Kind: Sendable, Equatable {
    /// The whole body of an HTTP reply.
    case body
    /// One event of an event stream: its `event:` and `id:` fields.
    case event(name: String, id: String)
    /// A message taken out of a stream by its framing.
    case message
  }

  /// The message itself: after content decoding, without its framing.
  public var bytes: [UInt8]
  /// What stood around it.
  public var kind: Kind
  /// When its first byte was read.
  public var firstByte: ContinuousClock.Instant
  /// When its last byte was read.
  public var lastByte: ContinuousClock.Instant
  /// What is wrong or odd about how it was framed: rules `frame.…`.
  ///
  /// A range without evidence is into `bytes`.
  public var findings: [Finding]

  /// A message read at those times.
  public init(
    bytes: [UInt8], kind: Kind, firstByte: ContinuousClock.Instant,
    lastByte: ContinuousClock.Instant, findings: [Finding] = []
  ) {
    self.bytes = bytes
    self.kind = kind
    self.firstByte = firstByte
    self.lastByte = lastByte
    self.findings = findings
  }
}

/// How a send ended.
public struct SendOutcome: Sendable {
  /// When each step was reached.
  public var timings: Timings
  /// Why it failed; nil if the bytes went out (stream) or the reply came whole (HTTP).
  ///
  /// After a failure in the middle of a body, what had arrived came before as a `.frame`.
  public var error: WireError?
  /// What went over the wire as curl reports it; nil on streams.
  public var wire: WireRecord?
  /// How many milliseconds the server wants to pass before its event stream is opened again; nil if
  /// it did not say.
  public var retry: Int?

  /// An ending of those parts.
  public init(
    timings: Timings, error: WireError? = nil, wire: WireRecord? = nil, retry: Int? = nil
  ) {
    self.retry = retry
    self.timings = timings
    self.error = error
    self.wire = wire
  }
}

/// Bytes that are no message.
public struct Diagnostic: Sendable, Equatable {
  /// Where they came from.
  public enum Source: Sendable, Equatable {
    /// The child's standard error, a line at a time, without the newline.
    case stderr
    /// The message stream itself: text that the framing had to skip.
    case stray
  }

  /// Where the bytes came from.
  public var source: Source
  /// The bytes as they came; empty if it is but a remark, about a message that is still coming.
  public var bytes: [UInt8]
  /// What the bytes look like and what that means: rules `frame.…`. A range without evidence is
  /// into `bytes`.
  public var findings: [Finding]

  /// Bytes from that source.
  public init(source: Source, bytes: [UInt8], findings: [Finding] = []) {
    self.source = source
    self.bytes = bytes
    self.findings = findings
  }
}

/// Why a channel ended.
public enum CloseReason: Sendable, Equatable {
  /// `close` was called.
  case asked
  /// The peer closed the connection; `unread` bytes of an unfinished message were left.
  case byPeer(unread: Int)
  /// The child ended by itself, with an exit status.
  case exited(Int32, unread: Int)
  /// The child was ended by a signal.
  case signalled(Int32, unread: Int)
  /// The connection could not be made, or broke.
  case failed(WireError)
}

/// What went over the wire for one HTTP send, as libcurl's debug callback reports it.
///
/// Kept up to a limit (1 MB by default); `dropped` counts the bytes beyond.
public struct WireRecord: Sendable {
  /// One run of bytes in one direction.
  public struct Chunk: Sendable {
    /// What the bytes are.
    public enum Kind: Sendable, Equatable {
      /// A remark of libcurl's own, such as a TLS version or a reused connection.
      case info
      /// Header bytes that were sent.
      case headerOut
      /// Header bytes that were received.
      case headerIn
      /// Body bytes that were sent, before any content coding.
      case dataOut
      /// Body bytes that were received, before content decoding.
      case dataIn
    }

    /// What the bytes are.
    public var kind: Kind
    /// The bytes.
    public var bytes: [UInt8]

    /// A run of bytes.
    public init(kind: Kind, bytes: [UInt8]) {
      self.kind = kind
      self.bytes = bytes
    }
  }

  /// The runs in order.
  public var chunks: [Chunk]
  /// How many bytes came after the limit and were not kept.
  public var dropped: Int

  /// A record of those runs.
  public init(chunks: [Chunk] = [], dropped: Int = 0) {
    self.chunks = chunks
    self.dropped = dropped
  }
}
