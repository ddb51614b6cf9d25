/// A way to a server: bytes in, frames out.
///
/// Every transport (HTTP, a child process, a socket) is one. A channel knows nothing of JSON-RPC;
/// pairing replies with requests is its owner's work.
///
/// **Threading.** All calls may be made from any thread and return at once: connecting, writing and
/// reading happen on the channel's own thread. Events reach the sink one at a time, in order, on
/// that thread, so the sink must be quick and must not block. A sink may call the channel.
///
/// **Life.** `open` once, then any number of sends. After `.closed` nothing more comes, and every
/// send that had not finished got its `.finished` before it. A closed channel stays closed; to
/// reconnect, make another from the same target.
public protocol Channel: AnyObject, Sendable {
  /// What this channel can and can't do, known before it is open.
  var traits: ChannelTraits { get }

  /// Starts the channel's thread and connects; the outcome comes as `.opened` or `.closed`.
  ///
  /// Sends made before `.opened` wait for it.
  func open(_ sink: @escaping ChannelSink)

  /// Sends one message, framed as this channel frames.
  ///
  /// `id` is the caller's own name for this send, unused before on this channel. Exactly one
  /// `.finished` with it follows, also for a send that was refused or cancelled.
  func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions)

  /// A message of the stream that began and stopped, as far as it came; told once the stream has been
  /// silent for a moment. Empty over HTTP, and for messages of more than a megabyte.
  var unfinished: [UInt8] { get }

  /// Gives a send up at once: `.finished` with `.cancelled` follows unless it had finished.
  ///
  /// HTTP closes the request's connection or stream. On a stream transport bytes already written
  /// can't be taken back; only what still waits is dropped.
  func cancel(_ id: SendID)

  /// Ends the channel: closes the connection, or ends the child with grace (close its stdin, wait,
  /// SIGTERM to its process group, wait, SIGKILL). `.closed` follows within `grace` times two.
  func close(grace: Duration)
}

extension Channel {
  /// Nothing, for a channel that does not tell.
  public var unfinished: [UInt8] { [] }
}

/// Receives a channel's events in order, on the channel's thread.
public typealias ChannelSink = @Sendable (ChannelEvent) -> Void

/// The caller's name for one send on one channel.
public struct SendID: Hashable, Sendable {
  /// A number that the caller counts up.
  public var number: UInt64

  /// Makes a name from a number not used before on the channel.
  public init(_ number: UInt64) { self.number = number }
}

/// What a channel can do.
public struct ChannelTraits: Sendable, Equatable {
  /// The scheme of transport.
  public enum Kind: String, Sendable { case http, child, tcp, unix }

  /// The scheme of transport.
  public var kind: Kind
  /// Whether a frame always belongs to the send that caused it (true over HTTP, false on streams).
  public var correlates: Bool
  /// Whether `SendOptions.headers` and `verb` are accepted; a stream refuses them in words.
  public var takesHeaders: Bool
  /// How messages are told apart, for the reader: `HTTP`, `lines`, `headers`, `values`, `netstring`.
  public var framing: String
  /// The peer as the user would name it: a URL without credentials, `tcp:HOST:PORT`, a command line.
  public var peer: String

  /// Names what the channel can do.
  public init(
    kind: Kind, correlates: Bool, takesHeaders: Bool, framing: String, peer: String
  ) {
    self.kind = kind
    self.correlates = correlates
    self.takesHeaders = takesHeaders
    self.framing = framing
    self.peer = peer
  }
}

/// How one send differs from the channel's defaults.
public struct SendOptions: Sendable, Equatable {
  /// Extra HTTP headers, in order; a name with an empty value removes the default header.
  public var headers: [HeaderField]
  /// The longest the whole exchange may take over HTTP; nil means the channel's default.
  ///
  /// On streams the caller keeps the deadline, since a reply is not the channel's to recognise.
  public var timeout: Duration?
  /// The HTTP method; nil means `POST`.
  public var verb: String?
  /// The path (with a query) that is asked for over HTTP; nil means that of the URL.
  public var path: String?
  /// Whether the channel's framing is put around the bytes; false writes them untouched.
  public var framed: Bool

  /// The channel's defaults, unless told otherwise.
  public init(
    headers: [HeaderField] = [], timeout: Duration? = nil, verb: String? = nil, framed: Bool = true
  ) {
    self.headers = headers
    self.timeout = timeout
    self.verb = verb
    self.framed = framed
  }
}

/// One header line, as sent or received.
public struct HeaderField: Sendable, Equatable {
  /// The name, in the case it was written.
  public var name: String
  /// The value without surrounding blanks.
  public var value: String

  /// A header of that name and value.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether its name is this one in any case (RFC 9110 section 5.1); names are ASCII.
  public func isNamed(_ other: String) -> Bool {
    let (mine, others) = (name.utf8, other.utf8)
    guard mine.count == others.count else { return false }
    return zip(mine, others).allSatisfy { $0 == $1 || Self.lowered($0) == Self.lowered($1) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
