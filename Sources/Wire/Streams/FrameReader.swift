/// Makes events of the bytes that a stream brings.
struct FrameReader {
  private var framing: any Framing
  private var began = ContinuousClock.now

  init(_ framing: any Framing) { self.framing = framing }

  /// The bytes of an unfinished message.
  var pending: Int { framing.pending }

  /// Takes bytes read at `now`; gives the limit if a message was over it.
  mutating func feed(
    _ bytes: ArraySlice<UInt8>, at now: ContinuousClock.Instant, _ sink: ChannelSink
  ) -> Int? {
    let held = framing.pending > 0
    let outputs = framing.feed(bytes)
    defer { if !outputs.isEmpty || !held { began = now } }
    return tell(outputs, first: held ? began : now, last: now, sink)
  }

  /// Tells what can be made of the rest.
  mutating func finish(_ sink: ChannelSink) -> Int? {
    tell(framing.finish(), first: began, last: .now, sink)
  }

  /// What was held before belongs to the first output; the others began with this piece.
  private func tell(
    _ outputs: [FramingOutput], first: ContinuousClock.Instant, last: ContinuousClock.Instant,
    _ sink: ChannelSink
  ) -> Int? {
    var first = first
    for output in outputs {
      switch output {
      case .message(let bytes):
        let frame = Frame(bytes: bytes, kind: .message, firstByte: first, lastByte: last)
        sink(.frame(nil, frame))
      case .stray(let bytes):
        sink(.diagnostic(Diagnostic(source: .stray, bytes: bytes)))
      case .oversize(let limit):
        return limit
      }
      first = last
    }
    return nil
  }
}
