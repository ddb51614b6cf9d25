/// Takes the events out of a `text/event-stream`: a state machine without I/O.
///
/// Follows the HTML standard's rules for lines, fields and comments, with two departures so that
/// nothing is lost: an event that the stream's end cut off is handed out, and so is one that has an
/// `id` but no data, since a stream is resumed from its last id.
public struct EventStreamParser: Sendable {
  /// One event.
  public struct Event: Sendable, Equatable {
    /// The `event` field; `message` if there was none.
    public var name: String
    /// This event's own `id` field; empty if there was none.
    public var id: String
    /// The `data` fields, joined with newlines.
    public var data: [UInt8]
    /// When its first byte came.
    public var firstByte: ContinuousClock.Instant

    /// An event of those parts.
    public init(
      name: String = "message", id: String = "", data: [UInt8],
      firstByte: ContinuousClock.Instant
    ) {
      self.name = name
      self.id = id
      self.data = data
      self.firstByte = firstByte
    }
  }

  /// The most bytes that an unfinished event may have.
  public let limit: Int
  /// The last `retry` field: how many milliseconds to wait before connecting again.
  public private(set) var retry: Int?
  /// Whether an event went over the limit; the parser takes no more then.
  public private(set) var isOversize = false

  private var line: [UInt8] = []
  private var isFirstLine = true
  private var skipsLineFeed = false
  private var data: [UInt8] = []
  private var hasData = false
  private var name = ""
  private var id: String?
  private var began: ContinuousClock.Instant?

  /// A parser at the start of a stream.
  public init(limit: Int = 128 << 20) {
    self.limit = limit
  }

  /// The bytes of an unfinished event that are held.
  public var pending: Int { line.count + data.count }

  /// Takes bytes that came at that time and gives back the events they complete, in order.
  public mutating func feed(
    _ bytes: UnsafeRawBufferPointer, at now: ContinuousClock.Instant
  ) -> [Event] {
    var events: [Event] = []
    var start = 0
    var index = 0
    while index < bytes.count, !isOversize {
      let byte = bytes[index]
      if byte == 0x0A, skipsLineFeed, index == start {
        start += 1
      } else if byte == 0x0A || byte == 0x0D {
        hold(bytes[start..<index], now)
        endLine(now, &events)
        start = index + 1
      }
      skipsLineFeed = byte == 0x0D
      index += 1
    }
    if start < bytes.count { hold(bytes[start...], now) }
    return events
  }

  /// Says that no more bytes will come and gives back the event they left unfinished.
  public mutating func finish(at now: ContinuousClock.Instant) -> Event? {
    var events: [Event] = []
    let wasOversize = isOversize
    isOversize = false
    if !line.isEmpty { endLine(now, &events) }
    dispatch(now, &events)
    isOversize = wasOversize
    return events.last
  }

  private mutating func hold(
    _ piece: Slice<UnsafeRawBufferPointer>, _ now: ContinuousClock.Instant
  ) {
    guard !piece.isEmpty, !isOversize else { return }
    if began == nil { began = now }
    let room = limit - pending
    line.append(contentsOf: piece.prefix(max(0, room)))
    isOversize = piece.count > room
  }

  private mutating func endLine(_ now: ContinuousClock.Instant, _ events: inout [Event]) {
    guard !isOversize else { return }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.isEmpty {
      dispatch(now, &events)
    } else {
      takeField()
      line.removeAll(keepingCapacity: line.capacity < 65536)
    }
  }

  private mutating func takeField() {
    let colon = line.firstIndex(of: 0x3A) ?? line.endIndex
    guard colon > 0 else {
      if !hasData, id == nil, name.isEmpty { began = nil }  // a comment begins no event
      return
    }
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == 0x20 { value = value.dropFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "data":
      if hasData { data.append(0x0A) }
      hasData = true
      data.append(contentsOf: value)
    case "event": name = String(decoding: value, as: UTF8.self)
    case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
    case "retry" where value.allSatisfy { 0x30...0x39 ~= $0 }:
      retry = Int(String(decoding: value, as: UTF8.self)) ?? retry
    default: break
    }
  }

  private mutating func dispatch(_ now: ContinuousClock.Instant, _ events: inout [Event]) {
    if hasData || id != nil {
      events.append(
        Event(
          name: name.isEmpty ? "message" : name, id: id ?? "", data: data,
          firstByte: began ?? now))
    }
    data = []
    hasData = false
    name = ""
    id = nil
    began = nil
  }
}
