#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SIGINT and SIGTERM as a stream, while it lives.
final class TerminationSignals: Sendable {
  /// The signals' numbers, in the order in which they came.
  let stream: AsyncStream<Int32>
  private let pipe = WakePipe()
  private let watch: SignalWatch?

  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.stream = stream
    watch = SignalWatch(pipe)
    startThread { [pipe] in
      while true {
        var wait = pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0)
        _ = poll(&wait, 1, -1)
        for byte in pipe.drain() {
          if byte == InputThread.stop { return continuation.finish() }
          continuation.yield(Int32(byte))
        }
      }
    }
  }

  /// Gives the signals back.
  func end() {
    watch?.end()
    pipe.wake(InputThread.stop)
  }
}
