#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The I/O of one stream channel: waits for its descriptors, reads, writes and tells the sink.
///
/// It lives on the channel's thread alone. When to stop is the channel's own business: it calls
/// `turn` over and over and looks at what came of it.
final class StreamLoop {
  /// How reading ended.
  enum InputEnd { case end, failed(Int32), tooLarge(Int) }

  /// How long a nap is in milliseconds: what telling the end of a send may be late by.
  private static let nap: Int32 = 2

  let outbox: Outbox
  let sink: ChannelSink
  private(set) var inputEnd: InputEnd? {
    didSet { hasEndedFirst = hasEndedFirst || closing == nil }
  }
  /// Whether the input ended before closing was asked for.
  private var hasEndedFirst = false
  private(set) var closing: Duration?
  private(set) var broken: Int32?

  private var reader: FrameReader
  private var lines = DiagnosticLines()
  private var input: Int32 = -1
  private var errors: Int32 = -1
  private var output: Int32 = -1
  private let wake: (read: Int32, write: Int32)
  private var buffer = [UInt8](repeating: 0, count: 128 << 10)
  /// Whether the last turn brought something, so that more is likely soon.
  private var isLively = false
  private var polls = [pollfd](repeating: pollfd(fd: -1, events: 0, revents: 0), count: 4)

  init(
    _ outbox: Outbox, _ framing: any Framing, _ unfinished: UnfinishedText,
    _ sink: @escaping ChannelSink
  ) throws(WireError) {
    self.outbox = outbox
    self.sink = sink
    reader = FrameReader(framing, unfinished)
    wake = try Descriptor.pipe()
    Descriptor.setNonBlocking(wake.read)
    Descriptor.setNonBlocking(wake.write)
    outbox.attach(wake: wake.write)
  }

  /// The bytes of an unfinished message.
  var unread: Int { reader.pending }

  var errorsEnded: Bool { errors < 0 }

  /// Takes the descriptors, all of them non-blocking, and begins to write.
  func start(input: Int32, output: Int32, errors: Int32 = -1) {
    self.input = input
    self.output = output
    self.errors = errors
    outbox.open(output)
  }

  /// Waits until something happens or the time comes, and handles it.
  ///
  /// Comes back at once when `closing` or `broken` is newly set.
  func turn(until deadline: ContinuousClock.Instant?) {
    let intake = outbox.prepareToRest(
      isLively ? .nap : .sleep, closingKnown: closing != nil, brokenKnown: broken != nil)
    tell(intake.done)
    if let closing = intake.closing { self.closing = closing }
    if let broken = intake.broken { self.broken = broken }
    guard intake.closing == nil, intake.broken == nil else { return }

    polls[0] = pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)
    polls[1] = pollfd(fd: inputEnd == nil ? input : -1, events: Int16(POLLIN), revents: 0)
    polls[2] = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
    let writing = intake.hasWaiting ? output : -1
    polls[3] = pollfd(fd: writing, events: Int16(POLLOUT), revents: 0)
    let ready = poll(&polls, 4, milliseconds(until: deadline, intake.rest))
    isLively = ready > 0 || intake.rest == .none
    if ready > 0 {
      if polls[0].revents != 0 { emptyWakePipe() }
      if polls[3].revents != 0 { outbox.flush() }
      if polls[1].revents != 0 { readInput() }
      if polls[2].revents != 0 { readErrors() }
    }
    expire()
  }

  /// Tells what waited too long for the bytes that should follow it.
  private func expire() {
    if lines.deadline != nil { lines.expire(at: .now, sink) }
    if reader.deadline != nil, let limit = reader.expire(at: .now, sink) {
      inputEnd = .tooLarge(limit)
    }
  }

  /// Waits like `turn`, but for a descriptor that is not yet the channel's; says whether it is ready.
  func wait(for fd: Int32, until deadline: ContinuousClock.Instant) -> Bool {
    let intake = outbox.prepareToRest(.sleep, closingKnown: false, brokenKnown: true)
    tell(intake.done)
    polls[0] = pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)
    polls[1] = pollfd(fd: fd, events: Int16(POLLOUT), revents: 0)
    let ready = poll(&polls, 2, milliseconds(until: deadline, intake.rest))
    if ready > 0, polls[0].revents != 0 { emptyWakePipe() }
    tell(outbox.awake())
    return ready > 0 && polls[1].revents != 0
  }

  /// Tells what is left of both inputs, and that every open send ended so, then the end.
  func finish(_ reason: CloseReason, sends error: WireError) {
    lines.finish(sink)
    tell(outbox.end(error))
    sink(.closed(reason))
    Descriptor.close(wake.read)
    Descriptor.close(wake.write)
  }

  /// Makes what can be made of the rest of the input, so that `unread` is what stays.
  func finishInput() {
    if case .tooLarge = inputEnd { return }
    // A peer may hang up because this side did.
    let isOwn = closing != nil && !hasEndedFirst
    if let limit = reader.finish(isOwn: isOwn, sink) { inputEnd = .tooLarge(limit) }
  }

  private func tell(_ done: [Outbox.Done]) {
    for each in done { sink(.finished(each.id, each.outcome)) }
  }

  /// How long to wait, as `poll` takes it.
  private func milliseconds(
    until deadline: ContinuousClock.Instant?, _ rest: Outbox.Rest
  ) -> Int32 {
    guard rest != .none else { return 0 }
    var longest: Int32 = rest == .nap ? Self.nap : -1
    for next in [deadline, lines.deadline, reader.deadline] {
      guard let next else { continue }
      let left = next - .now
      let wait = left > .zero ? Int32(clamping: Int64(left / .milliseconds(1)) + 1) : 0
      longest = longest < 0 ? wait : min(longest, wait)
    }
    return longest
  }

  private func emptyWakePipe() {
    _ = Descriptor.read(wake.read, into: &buffer)
    outbox.wakeHeard()
  }

  /// Reads what has come, but not forever: the other descriptors have their turn too.
  private func readInput() {
    for _ in 0..<16 {
      switch Descriptor.read(input, into: &buffer) {
      case .bytes(let count):
        let now = ContinuousClock.now
        tell(outbox.awake())
        if let limit = reader.feed(buffer[..<count], at: now, sink) {
          inputEnd = .tooLarge(limit)
          return
        }
        if count < buffer.count { return }
      case .wouldBlock:
        return
      case .end:
        inputEnd = .end
        return
      case .failed(let code):
        inputEnd = .failed(code)
        return
      }
    }
  }

  private func readErrors() {
    for _ in 0..<16 {
      guard errors >= 0 else { return }
      switch Descriptor.read(errors, into: &buffer) {
      case .bytes(let count):
        lines.feed(buffer[..<count], at: .now, sink)
        if count < buffer.count { return }
      case .wouldBlock:
        return
      case .end, .failed:
        errors = -1
      }
    }
  }
}
