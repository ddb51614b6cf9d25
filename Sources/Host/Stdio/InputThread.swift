#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads lines from a descriptor on a thread of its own, and watches the wake pipe, into which
/// signals and the other parts of the host write.
struct InputThread {
  /// The byte with which the host ends the thread.
  static let stop: UInt8 = 0xFF

  let input: Int32
  let maxLine: Int
  let wake: WakePipe
  let flow: FlowControl
  let emit: @Sendable (StdioEvent) -> Void

  private var line: [UInt8] = []
  private var isSkipping = false
  private var isOpen = true

  init(
    input: Int32, maxLine: Int, wake: WakePipe, flow: FlowControl,
    emit: @escaping @Sendable (StdioEvent) -> Void
  ) {
    self.input = input
    self.maxLine = maxLine
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
      take(buffer[..<count])
    } else if count == 0 || errno != EINTR && errno != EAGAIN {
      isOpen = false
      if !isSkipping { finishLine() }
      emit(.ending(.endOfInput))
    }
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let end = rest.firstIndex(of: 0x0A) {
      append(rest[..<end])
      if !isSkipping { finishLine() }
      isSkipping = false
      rest = rest[(end + 1)...]
    }
    append(rest)
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    if isSkipping { return }
    guard line.count + bytes.count <= maxLine else {
      line = []
      isSkipping = true
      emit(.oversize)
      return
    }
    line.append(contentsOf: bytes)
  }

  /// Hands a line out. Blank ones separate nothing and are passed over.
  private mutating func finishLine() {
    defer { line.removeAll(keepingCapacity: line.capacity < 1 << 20) }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    flow.callStarted()
    emit(.message(line))
  }
}
