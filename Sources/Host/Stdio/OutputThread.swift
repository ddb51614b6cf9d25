import JSONRPC
import Synchronization
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes what is put into its queue on a thread of its own, whole and in order.
final class OutputThread: Sendable {
  private struct Queue {
    var items: [Peer.Output] = []
    var isEnding = false
    /// Nothing is written any more: the reader is gone or the connection was hung up.
    var isDead = false
  }

  private let output: Int32
  private let framing: any Framing
  private let queue = Mutex(Queue())
  private let wake = WakePipe()
  private let flow: FlowControl
  private let emit: @Sendable (StdioEvent) -> Void

  init(
    output: Int32, framing: any Framing, flow: FlowControl,
    emit: @escaping @Sendable (StdioEvent) -> Void
  ) {
    self.output = output
    self.framing = framing
    self.flow = flow
    self.emit = emit
  }

  /// Puts something into the queue; never blocks. Answers wait for a slow reader without limit, as
  /// reading waits too; what methods send unasked makes an end of it at some point.
  func put(_ item: Peer.Output, isAnswer: Bool = true) {
    if !isAnswer, flow.isOverflowing {
      emit(.ending(.outputFailed(ENOBUFS)))
      return
    }
    let isFirst = queue.withLock { queue -> Bool? in
      if queue.isDead || queue.isEnding { return nil }
      queue.items.append(item)
      return queue.items.count == 1
    }
    guard let isFirst else { return }
    flow.queued(item.count)
    if isFirst { wake.wake() }
  }

  /// Lets the thread end once everything is written.
  func finish() {
    queue.withLock { $0.isEnding = true }
    wake.wake()
  }

  /// The thread's body.
  func run() {
    while let items = next() {
      if write(items) { continue }
      queue.withLock { queue in
        queue.isDead = true
        queue.items = []
      }
    }
    emit(.drained)
  }

  /// Waits for something to write; nil when all is done.
  private func next() -> [Peer.Output]? {
    while true {
      let (items, isEnding) = queue.withLock { queue in
        defer { queue.items = [] }
        return (queue.items, queue.isEnding)
      }
      if !items.isEmpty { return items }
      if isEnding { return nil }
      var wait = pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)
      _ = poll(&wait, 1, -1)
      _ = wake.drain()
    }
  }

  /// Writes all, small ones together. False if no more can be written.
  private func write(_ items: [Peer.Output]) -> Bool {
    var together: [UInt8] = []
    for item in items {
      switch item {
      case .message(let bytes):
        together += StreamAnswering.frame(bytes, framing)
      case .raw(let bytes): together += bytes
      case .hangUp:
        if write(together) { emit(.ending(.hungUp)) }
        return false
      }
      if together.count >= 65_536 {
        guard write(together) else { return false }
        together.removeAll(keepingCapacity: true)
      }
    }
    guard write(together) else { return false }
    flow.written(items.reduce(0) { $0 + $1.count })
    return true
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { rest in
        #if canImport(Glibc)
          Glibc.write(output, rest.baseAddress, rest.count)
        #else
          Darwin.write(output, rest.baseAddress, rest.count)
        #endif
      }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        // Whoever started us left the descriptor non-blocking.
        var wait = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      } else if errno != EINTR {
        emit(.ending(.outputFailed(errno)))
        return false
      }
    }
    return true
  }
}

extension Peer.Output {
  fileprivate var count: Int {
    switch self {
    case .message(let bytes), .raw(let bytes): bytes.count
    case .hangUp: 0
    }
  }
}
