/// A child's standard error, told a line at a time.
struct DiagnosticLines {
  /// The longest line that is told in one piece.
  static let lineLimit = 16 << 10
  /// How long an unfinished line (a prompt, a progress dot) waits for its end.
  static let patience = Duration.milliseconds(200)

  private var held: [UInt8] = []
  private var heldSince = ContinuousClock.now

  /// When an unfinished line is told as it stands.
  var deadline: ContinuousClock.Instant? { held.isEmpty ? nil : heldSince + Self.patience }

  mutating func feed(
    _ bytes: ArraySlice<UInt8>, at now: ContinuousClock.Instant, _ sink: ChannelSink
  ) {
    var rest = bytes
    while !rest.isEmpty {
      let room = rest.prefix(Self.lineLimit - held.count)
      if held.isEmpty { heldSince = now }
      if let end = room.firstIndex(of: Byte.newline) {
        held.append(contentsOf: room[..<end])
        if held.last == Byte.carriageReturn { held.removeLast() }
        tell(sink)
        rest = rest[(end + 1)...]
      } else {
        held.append(contentsOf: room)
        rest = rest[room.endIndex...]
        if held.count == Self.lineLimit { tell(sink) }
      }
    }
  }

  /// Tells an unfinished line that waited too long.
  mutating func expire(at now: ContinuousClock.Instant, _ sink: ChannelSink) {
    if let deadline, deadline <= now { tell(sink) }
  }

  /// Tells what is left.
  mutating func finish(_ sink: ChannelSink) {
    if !held.isEmpty { tell(sink) }
  }

  private mutating func tell(_ sink: ChannelSink) {
    sink(.diagnostic(Diagnostic(source: .stderr, bytes: held.drain())))
  }
}
