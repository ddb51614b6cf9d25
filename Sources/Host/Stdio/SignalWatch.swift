import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The pipe into which the signal handler writes; -1 while nobody watches.
private let signalPipe = Atomic<Int32>(-1)

/// Turns SIGTERM and SIGINT into bytes of a pipe while it lives. One at a time in a process.
final class SignalWatch: Sendable {
  static let signals = [SIGTERM, SIGINT]

  private let pipe: WakePipe

  /// Nil if something else in the process watches already.
  init?(_ pipe: WakePipe) {
    self.pipe = pipe
    let isFree = signalPipe.compareExchange(
      expected: -1, desired: pipe.writeEnd, ordering: .sequentiallyConsistent
    ).exchanged
    guard isFree else { return nil }
    for number in Self.signals {
      signal(number) { number in
        // Only what is allowed in a signal handler: one atomic load and one write.
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(signalPipe.load(ordering: .sequentiallyConsistent), &byte, 1)
        errno = saved
      }
    }
  }

  /// Gives the signals back.
  func end() {
    for number in Self.signals { signal(number, SIG_DFL) }
    signalPipe.store(-1, ordering: .sequentiallyConsistent)
  }
}
