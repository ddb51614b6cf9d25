public import JSONRPC
public import LosslessJSON
public import Wire

/// One request with what came of it, or one message that came unasked: the unit of views, files,
/// replay and statistics.
public struct Exchange: Sendable {
  /// What began it.
  public enum Kind: Sendable, Hashable {
    /// A request for a reply.
    case call
    /// A notification to the server.
    case notification
    /// Several requests in one message.
    case batch
    /// Text that went out as it was typed.
    case raw
    /// A notification from the server.
    case serverNotification
    /// A request from the server.
    case serverRequest
    /// A message from the server that belongs to nothing: a reply to no request, or no JSON-RPC.
    case unmatched
  }

  /// Whose doing it was.
  public enum Purpose: Sendable, Hashable {
    /// The user's, or the server's.
    case ordinary
    /// A probe for what the server offers.
    case discovery
    /// What a dialect says when a connection is made.
    case handshake
  }

  /// How it ended.
  public enum Ending: Sendable, Equatable {
    /// Still waiting.
    case pending
    /// What was waited for came (whatever it says), or over HTTP some reply did.
    case replied
    /// It was sent, and no reply is due.
    case sent
    /// It came from the server.
    case received
    /// No reply came in that time.
    case timedOut(Duration)
    /// The user gave it up.
    case cancelled
    /// The transport failed.
    case failed(WireError)
  }

  /// Counts from 1 within a session.
  public let number: Int
  /// What began it.
  public let kind: Kind
  /// Whose doing it was.
  public let purpose: Purpose
  /// When it began, in seconds since 1970.
  public let startedAt: Double
  /// The exact bytes that were sent, without framing; empty if the server began it.
  public internal(set) var request: [UInt8]
  /// The method, if it has one.
  public internal(set) var method: String?
  /// The ids whose replies it waits for, in order.
  public internal(set) var ids: [RequestID]
  /// The messages that came, in order.
  public internal(set) var messages: [ReceivedMessage] = []
  /// The status line and headers of an HTTP reply.
  public internal(set) var head: ReplyHead?
  /// When each step was reached.
  public internal(set) var timings: Timings
  /// What went over the wire, if the transport told.
  public internal(set) var wire: WireRecord?
  /// What the server wrote on standard error meanwhile, at most 64 KB.
  public internal(set) var stderr: [UInt8] = []
  /// What came over the connection meanwhile and was no message, at most 64 KB.
  public internal(set) var stray: [UInt8] = []
  /// The bytes that were sent in answer to a request from the server.
  public internal(set) var answer: [UInt8]?
  /// Who gave that answer; nil if there is none, or it is not known any more.
  public internal(set) var answeredBy: Answerer?
  /// How it ended.
  public internal(set) var ending: Ending = .pending
  /// What is wrong or odd about it.
  public internal(set) var findings: [Finding] = []
  /// Whether nobody waits for it: the session began it by itself, or it came from the server.
  var isUnattended = false

  init(
    number: Int, kind: Kind, purpose: Purpose = .ordinary, startedAt: Double,
    request: [UInt8] = [], method: String? = nil, ids: [RequestID] = [],
    start: ContinuousClock.Instant
  ) {
    self.number = number
    self.kind = kind
    self.purpose = purpose
    self.startedAt = startedAt
    self.request = request
    self.method = method
    self.ids = ids
    timings = Timings(start: start)
  }
}

extension Exchange {
  /// All replies in the messages that came, those inside arrays included, in order; of valid texts
  /// only.
  public var responses: [Response] {
    messages.flatMap { $0.isBroken ? [] : $0.responses }
  }

  /// The reply: of several the one with the id that was asked for, else the last.
  ///
  /// Nil if its text is broken, so that no program takes mended data for what the server said.
  public var response: Response? {
    // Nearly always there is but one.
    if messages.count == 1, !messages[0].isBroken,
      case .response(let response) = messages[0].message
    {
      return response
    }
    return choose(responses)
  }

  /// The reply as far as it can be read from a broken text: for people to look at. Nil if the text is
  /// valid, or too broken.
  public var recoveredResponse: Response? {
    guard let reply, reply.isBroken else { return nil }
    return choose(reply.responses)
  }

  private func choose(_ all: [Response]) -> Response? {
    all.last { $0.id.map(ids.contains) ?? false } ?? all.last
  }

  /// The message that holds the reply, or the only one that came. Findings are about its bytes,
  /// unless they bring their evidence along.
  public var reply: ReceivedMessage? { replyPlace.map { messages[$0] } }

  /// The place of `reply` among the messages.
  var replyPlace: Int? {
    if messages.count < 2 { return messages.indices.first }
    let own = messages.lastIndex { message in
      message.responses.contains { $0.id.map(ids.contains) ?? false }
    }
    return own ?? messages.lastIndex(where: \.isReply) ?? messages.indices.last
  }

  /// Bytes that came.
  public var replySize: Int { messages.reduce(0) { $0 + $1.frame.bytes.count } }

  /// How long it took from handing the request over to the last byte, if it came to that.
  public var duration: Duration? { timings.lastByte ?? timings.written }

  /// Whether the user began it.
  public var isOwn: Bool {
    let unasked: [Kind] = [.serverNotification, .serverRequest, .unmatched]
    return purpose == .ordinary && !unasked.contains(kind)
  }

  /// Whether anything found is an error.
  public var isMalformed: Bool { findings.contains { $0.severity == .error } }
}
