import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Holds a server's thread until the test lets it go on; opens by itself after a deadline.
final class Gate: Sendable {
  private let stage = Mutex(0)

  /// Lets threads pass that wait for this stage or an earlier one.
  func open(_ wanted: Int = 1) {
    stage.withLock { $0 = max($0, wanted) }
  }

  /// Waits for the stage.
  func await(_ wanted: Int = 1) {
    let deadline = ContinuousClock.now + .seconds(60)
    while stage.withLock({ $0 }) < wanted, ContinuousClock.now < deadline { usleep(500) }
  }
}
