import LosslessJSON

/// Makes events of the bytes that a stream brings.
struct FrameReader {
  private var framing: any Framing
  private var began = ContinuousClock.now
  /// When bytes came last.
  private var latest = ContinuousClock.now
  /// When the framing is told that the stream is silent; nil if it does not care, or knows.
  private var stallTime: ContinuousClock.Instant?
  /// When an unfinished message is kept for who waits; nil if there is none, or it is kept.
  private var keepTime: ContinuousClock.Instant?
  private let unfinished: UnfinishedText
  private var isKept = false

  init(_ framing: any Framing, _ unfinished: UnfinishedText = UnfinishedText()) {
    self.framing = framing
    self.unfinished = unfinished
  }

  /// When `expire` has something to do.
  var deadline: ContinuousClock.Instant? {
    guard let stallTime else { return keepTime }
    return keepTime.map { min($0, stallTime) } ?? stallTime
  }

  /// The bytes of an unfinished message.
  var pending: Int { framing.pending }

  /// Takes bytes read at `now`; gives the limit if a message was over it.
  mutating func feed(
    _ bytes: ArraySlice<UInt8>, at now: ContinuousClock.Instant, _ sink: ChannelSink
  ) -> Int? {
    let held = framing.pending > 0
    let outputs = framing.feed(bytes)
    latest = now
    stallTime = framing.patience.map { now + $0 }
    watchRest(now)
    if outputs.isEmpty, !held, framing.pending == 0, bytes.allSatisfy(Byte.isBlank) {
      sink(.diagnostic(Diagnostic(source: .stray, bytes: Array(bytes.prefix(16)))))
    }
    defer { if !outputs.isEmpty || !held { began = now } }
    return tell(outputs, first: held ? began : now, last: now, sink)
  }

  /// Tells the framing that the stream is silent, if it has been for long enough.
  mutating func expire(at now: ContinuousClock.Instant, _ sink: ChannelSink) -> Int? {
    if let keepTime, keepTime <= now { keep() }
    guard let stallTime, stallTime <= now else { return nil }
    self.stallTime = nil
    let outputs = framing.stall()
    // What is told came before the silence.
    let last = latest
    if isKept { unfinished.bytes = framing.unfinished }
    defer { if !outputs.isEmpty { began = now } }
    return tell(outputs, first: began, last: last, sink)
  }

  /// Tells what can be made of the rest; `isOwn` if this side ended the stream.
  mutating func finish(isOwn: Bool = false, _ sink: ChannelSink) -> Int? {
    (stallTime, keepTime) = (nil, nil)
    let outputs = framing.finish()
    return tell(isOwn ? outputs.map(Self.withoutBlame) : outputs, first: began, last: .now, sink)
  }

  /// A message that this side did not wait for to its end is no fault of the server's.
  private static func withoutBlame(_ output: FramingOutput) -> FramingOutput {
    guard case .message(let bytes, let findings) = output else { return output }
    let told = findings.map { finding in
      guard finding.rule == WireRule.cutShort.rawValue else { return finding }
      return FrameText.given(up: bytes, finding)
    }
    return .message(bytes, findings: told)
  }

  /// Sees to it that an unfinished message is kept once the stream is silent.
  private mutating func watchRest(_ now: ContinuousClock.Instant) {
    let count = framing.pending
    keepTime = count > 0 && count <= UnfinishedText.limit ? now + UnfinishedText.moment : nil
    if isKept { unfinished.bytes = [] }
    isKept = false
  }

  private mutating func keep() {
    keepTime = nil
    unfinished.bytes = framing.unfinished
    isKept = true
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
