/// Makes events of the bytes that a stream brings.
struct FrameReader {
  private var framing: any Framing
  private var began = ContinuousClock.now
  /// When bytes came last.
  private var latest = ContinuousClock.now
  /// When the framing is told that the stream is silent; nil if it does not care, or knows.
  private(set) var deadline: ContinuousClock.Instant?

  init(_ framing: any Framing) { self.framing = framing }

  /// The bytes of an unfinished message.
  var pending: Int { framing.pending }

  /// Takes bytes read at `now`; gives the limit if a message was over it.
  mutating func feed(
    _ bytes: ArraySlice<UInt8>, at now: ContinuousClock.Instant, _ sink: ChannelSink
  ) -> Int? {
    let held = framing.pending > 0
    let outputs = framing.feed(bytes)
    latest = now
    deadline = framing.patience.map { now + $0 }
    defer { if !outputs.isEmpty || !held { began = now } }
    return tell(outputs, first: held ? began : now, last: now, sink)
  }

  /// Tells the framing that the stream is silent, if it has been for long enough.
  mutating func expire(at now: ContinuousClock.Instant, _ sink: ChannelSink) -> Int? {
    guard let deadline, deadline <= now else { return nil }
    self.deadline = nil
    let outputs = framing.stall()
    // What is told came before the silence.
    let last = latest
    defer { if !outputs.isEmpty { began = now } }
    return tell(outputs, first: began, last: last, sink)
  }

  /// Tells what can be made of the rest.
  mutating func finish(_ sink: ChannelSink) -> Int? {
    deadline = nil
    return tell(framing.finish(), first: began, last: .now, sink)
  }

  /// What was held before belongs to the first output; the others began with this piece.
  private func tell(
    _ outputs: [FramingOutput], first: ContinuousClock.Instant, last: ContinuousClock.Instant,
    _ sink: ChannelSink
  ) -> Int? {
    var first = first
    for output in outputs {
      switch output {
      case .message(let bytes, let findings):
        let frame = Frame(
          bytes: bytes, kind: .message, firstByte: first, lastByte: last, findings: findings)
        sink(.frame(nil, frame))
      case .stray(let bytes, let findings):
        sink(.diagnostic(Diagnostic(source: .stray, bytes: bytes, findings: findings)))
      case .oversize(let limit):
        return limit
      }
      first = last
    }
    return nil
  }
}
