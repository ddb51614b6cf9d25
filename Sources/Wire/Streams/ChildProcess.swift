import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A child in a process group of its own, waited for by a thread of its own.
///
/// The child stays a zombie until `reap`, so that its process id can't come to mean another process
/// while signals are still sent to it.
final class ChildProcess: Sendable {
  /// How the child ended.
  enum Ending: Equatable { case exited(Int32), signalled(Int32) }

  private enum Phase { case running, exited, abandoned, reaped }

  let pid: pid_t
  private let phase = Mutex(Phase.running)

  init(pid: pid_t) { self.pid = pid }

  /// Starts the thread that waits; it calls back once, when the child has ended.
  func watch(_ ended: @escaping @Sendable () -> Void) throws(WireError) {
    try WireThread.start { [self] in
      var info = siginfo_t()
      while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) == -1, errno == EINTR {}
      let isAbandoned = phase.withLock { phase in
        defer { phase = phase == .abandoned ? .reaped : .exited }
        return phase == .abandoned
      }
      if isAbandoned { _ = Self.wait(pid) } else { ended() }
    }
  }

  var hasEnded: Bool { phase.withLock { $0 == .exited } }

  /// Sends a signal to the child's process group, which exists until it is reaped.
  func signalGroup(_ signal: Int32) {
    phase.withLock { phase in
      if phase != .reaped { _ = kill(-pid, signal) }
    }
  }

  /// Takes the ended child's status and lets its process id go.
  ///
  /// Of a child that has not ended nil is given, and the waiting thread reaps it whenever it does.
  func reap() -> Ending? {
    let isEnded = phase.withLock { phase in
      defer { phase = phase == .exited ? .reaped : .abandoned }
      return phase == .exited
    }
    return isEnded ? Self.ending(Self.wait(pid)) : nil
  }

  /// Ends and reaps a child that no thread could be made for.
  func discard() {
    kill(-pid, SIGKILL)
    _ = Self.wait(pid)
  }

  private static func wait(_ pid: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1, errno == EINTR {}
    return status
  }

  private static func ending(_ status: Int32) -> Ending {
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}
