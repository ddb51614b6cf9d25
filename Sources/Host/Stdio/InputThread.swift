import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads messages from a descriptor on a thread of its own, and watches the wake pipe, into which
/// signals and the other parts of the host write.
struct InputThread {
  /// The byte with which the host ends the thread.
  static let stop: UInt8 = 0xFF

  let input: Int32
  let wake: WakePipe
  let flow: FlowControl
  let emit: @Sendable (StdioEvent) -> Void

  private var framing: any Framing
  private var isOpen = true

  init(
    input: Int32, framing: any Framing, wake: WakePipe, flow: FlowControl,
    emit: @escaping @Sendable (StdioEvent) -> Void
  ) {
    self.input = input
    self.framing = framing
    self.wake = wake
    self.flow = flow
    self.emit = emit
  }

  /// Runs until the stop byte comes. After the end of input it only watches the pipe.
  mutating func run() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let isReading = isOpen && !flow.shouldPause()
      var waits = [pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)]
      if isReading { waits.append(pollfd(fd: input, events: Int16(POLLIN), revents: 0)) }
      guard poll(&waits, nfds_t(waits.count), -1) >= 0 || errno == EINTR else { return }
      if waits[0].revents != 0, isStopped(by: wake.drain()) { return }
      if isReading, waits[1].revents != 0 { readOnce(&buffer) }
    }
  }

  private mutating func isStopped(by bytes: [UInt8]) -> Bool {
    for byte in bytes {
      if byte == Self.stop { return true }
      if byte != 0 {
        isOpen = false
        emit(.ending(.signal(Int32(byte))))
      }
    }
    return false
  }

  private mutating func readOnce(_ buffer: inout [UInt8]) {
    let count = read(input, &buffer, buffer.count)
    if count > 0 {
      hand(framing.feed(buffer[..<count]))
    } else if count == 0 || errno != EINTR && errno != EAGAIN {
      isOpen = false
      let outputs = framing.finish()
      hand(outputs)
      if framing.pending > 0, outputs.isEmpty { emit(.unfinished) }
      emit(.ending(.endOfInput))
    }
  }

  /// Hands messages out. What can't be one is for the service to refuse.
  private func hand(_ outputs: [FramingOutput]) {
    for output in outputs {
      switch output {
      case .message(let bytes, _), .stray(let bytes, _):
        // A remark about a message that is still coming has no bytes.
        if bytes.isEmpty { continue }
        flow.callStarted()
        emit(.message(bytes))
      case .oversize(let limit): emit(.oversize(limit))
      }
    }
  }
}
