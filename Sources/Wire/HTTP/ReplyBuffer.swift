/// What has come of a reply: its head, and its body or the events in it.
struct ReplyBuffer {
  /// What the buffer says of bytes it took.
  enum Verdict: Equatable {
    case taken
    case overLimit(Int)
  }

  private let bodyLimit: Int
  private let headerLimit: Int
  private var parser = ReplyHeadParser()
  private var isHeadTold = false
  private var headerBytes = 0
  private var body: [UInt8] = []
  private var firstByte: ContinuousClock.Instant?
  private var lastByte: ContinuousClock.Instant?
  private var events: EventStreamParser?
  /// Whether the body has begun as an event stream does.
  private var isStreamSure = false

  init(_ options: HTTPOptions) {
    bodyLimit = max(0, options.bodyLimit)
    headerLimit = max(0, options.headerLimit)
  }

  /// Whether the head of the reply was handed out, so that what follows is its body.
  var hasHead: Bool { isHeadTold }

  /// Whether a status line came.
  var hasBegun: Bool { parser.head != nil }

  /// What the event stream last said about opening it again.
  var retry: Int? { events?.retry }

  /// Takes a header line.
  mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Verdict {
    headerBytes += line.count
    guard headerBytes <= headerLimit else { return .overLimit(headerLimit) }
    parser.take(line)
    return .taken
  }

  /// The head as soon as it is sure to be the reply's: not an interim one, and not one after which
  /// libcurl may ask again by itself (a redirect, a challenge, a refused expectation).
  mutating func sureHead() -> ReplyHead? {
    guard parser.isComplete, let status = parser.head?.status else { return nil }
    switch status {
    case ..<200, 300..<400, 401, 407, 417: return nil
    default: return finalHead()
    }
  }

  /// The head, now that its body or the reply's end came; nil if it was handed out.
  mutating func finalHead() -> ReplyHead? {
    guard !isHeadTold, let head = parser.head, head.status >= 200 || parser.isComplete else {
      return nil
    }
    isHeadTold = true
    if Self.isEventStream(head) { events = EventStreamParser(limit: bodyLimit) }
    return head
  }

  /// Takes decoded bytes of the body, and gives back the frames that are complete.
  mutating func takeBody(
    _ bytes: UnsafeRawBufferPointer, at now: ContinuousClock.Instant
  ) -> ([Frame], Verdict) {
    if events != nil, !isStreamSure { sureStream(bytes) }
    guard events == nil else { return takeEvents(bytes, at: now) }
    firstByte = firstByte ?? now
    lastByte = now
    let room = bodyLimit - body.count
    body.append(contentsOf: bytes.prefix(room))
    return ([], bytes.count > room ? .overLimit(bodyLimit) : .taken)
  }

  /// What is left when no more bytes come.
  mutating func takeRest(at now: ContinuousClock.Instant) -> Frame? {
    if let event = events?.finish(at: now) { return Self.frame(event, now) }
    guard !body.isEmpty else { return nil }
    defer { body = [] }
    return Frame(
      bytes: body, kind: .body, firstByte: firstByte ?? now, lastByte: lastByte ?? now)
  }

  /// Forgets everything, for the next reply.
  mutating func reset() {
    parser.reset()
    isHeadTold = false
    headerBytes = 0
    body = []
    firstByte = nil
    lastByte = nil
    events = nil
    isStreamSure = false
  }

  /// Looks at how an event stream begins: no line of one begins with a bracket, so a body that does
  /// is JSON under a wrong name, which must not get lost.
  private mutating func sureStream(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first(where: { !Byte.isBlank($0) }) else { return }
    isStreamSure = true
    if Byte.isBracket(first) { events = nil }
  }

  private mutating func takeEvents(
    _ bytes: UnsafeRawBufferPointer, at now: ContinuousClock.Instant
  ) -> ([Frame], Verdict) {
    let frames = (events?.feed(bytes, at: now) ?? []).map { Self.frame($0, now) }
    return (frames, events?.isOversize == true ? .overLimit(bodyLimit) : .taken)
  }

  private static func frame(
    _ event: EventStreamParser.Event, _ now: ContinuousClock.Instant
  ) -> Frame {
    Frame(
      bytes: event.data, kind: .event(name: event.name, id: event.id),
      firstByte: event.firstByte, lastByte: now)
  }

  private static func isEventStream(_ head: ReplyHead) -> Bool {
    guard let type = head.header("Content-Type") else { return false }
    let essence = type.utf8.prefix { $0 != 0x3B && $0 != 0x20 && $0 != 0x09 }
    return String(decoding: Array(essence), as: UTF8.self).lowercased() == "text/event-stream"
  }
}
