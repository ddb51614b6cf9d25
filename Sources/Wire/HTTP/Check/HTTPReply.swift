/// Everything that is known of one HTTP exchange, for `HTTPCheck`.
public struct HTTPReply: Sendable {
  /// What the body turned out to be for the reader of JSON.
  public enum Content: Sendable, Equatable {
    /// There is none, or it is no JSON.
    case notJSON
    /// JSON, but no JSON-RPC reply.
    case json
    /// A JSON-RPC reply, or several.
    case jsonRPC
  }

  /// The status line and headers; nil if it did not come to that.
  public var head: ReplyHead?
  /// The body after content decoding, whole or in part; of an event stream nothing.
  public var body: [UInt8]
  /// How many events of an event stream came.
  public var events: Int
  /// What the body, or the last event, is.
  public var content: Content
  /// What went over the wire, if it was kept.
  public var wire: WireRecord?
  /// Why the exchange failed, if it did.
  public var error: WireError?
  /// Whether the request was one that must be answered.
  public var isReplyDue: Bool
  /// Whether the dialect takes event streams for granted, so that one is nothing to remark.
  public var expectsEvents: Bool
  /// The URL that was asked, without credentials.
  public var url: String
  /// The HTTP method that was used.
  public var verb: String

  /// What is known of an exchange.
  public init(
    head: ReplyHead?, body: [UInt8] = [], events: Int = 0, content: Content = .notJSON,
    wire: WireRecord? = nil, error: WireError? = nil, isReplyDue: Bool = true,
    expectsEvents: Bool = false, url: String = "", verb: String = "POST"
  ) {
    self.head = head
    self.body = body
    self.events = events
    self.content = content
    self.wire = wire
    self.error = error
    self.isReplyDue = isReplyDue
    self.expectsEvents = expectsEvents
    self.url = url
    self.verb = verb
  }
}

extension HTTPReply {
  /// The path of the URL, with its query.
  var path: String {
    let afterScheme = url.utf8.split(
      separator: UInt8(ascii: "/"), maxSplits: 3, omittingEmptySubsequences: false)
    guard afterScheme.count == 4, let path = String(afterScheme[3]) else { return "/" }
    return "/" + path
  }

  /// The header line of that name as it may have come, for evidence.
  func line(_ name: String) -> [UInt8]? {
    guard let field = head?.headers.first(where: { $0.isNamed(name) }) else {
      return nil
    }
    return Array("\(field.name): \(field.value)".utf8)
  }

  /// The status line, for evidence.
  var statusLine: [UInt8] {
    guard let head else { return [] }
    let reason = head.reason.isEmpty ? "" : " " + head.reason
    return Array("\(head.version) \(head.status)\(reason)".utf8)
  }

  /// All values of a header.
  func values(_ name: String) -> [String] {
    head?.headers.filter { $0.isNamed(name) }.map(\.value) ?? []
  }

  var type: MediaType? { head?.header("Content-Type").map { MediaType($0) } }

  var isEventStream: Bool { type?.essence == "text/event-stream" }

  /// Received bytes of some kinds in the wire record.
  func received(_ kinds: [WireRecord.Chunk.Kind]) -> [UInt8] {
    (wire?.chunks ?? []).filter { kinds.contains($0.kind) }.flatMap(\.bytes)
  }

  /// Remarks of libcurl's.
  var remarks: [String] {
    (wire?.chunks ?? []).filter { $0.kind == .info }.map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
  }
}
