#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a command of the system's shell, as `| command` does.
enum ShellCommand {
  struct Fault: Error {
    var code: Int32
  }

  /// Runs it with the bytes on standard input and waits; gives its exit status, 128 and the
  /// signal's number if a signal ended it. Blocks.
  static func run(_ command: String, input: [UInt8]) -> Result<Int32, Fault> {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return .failure(Fault(code: errno)) }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    let (child, code) = spawn(command, input: ends[0], closing: ends[1])
    close(ends[0])
    guard code == 0 else {
      close(ends[1])
      return .failure(Fault(code: code))
    }
    // A command that does not read to the end, such as `head`, is no failure.
    Screen.write(input, to: ends[1])
    close(ends[1])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return .success(signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
  }

  private static func spawn(
    _ command: String, input: Int32, closing other: Int32
  ) -> (pid_t, Int32) {
    let (child, code) = Spawn.start(["/bin/sh", "-c", command]) { actions in
      posix_spawn_file_actions_adddup2(&actions, input, 0)
      posix_spawn_file_actions_addclose(&actions, other)
      if input != 0 { posix_spawn_file_actions_addclose(&actions, input) }
    } settings: { attributes in
      // We ignore SIGPIPE; a command expects it to work.
      var defaults = sigset_t()
      sigemptyset(&defaults)
      for signal in [SIGPIPE, SIGINT, SIGQUIT, SIGTSTP] { sigaddset(&defaults, signal) }
      posix_spawnattr_setsigdefault(&attributes, &defaults)
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    }
    return (child, code)
  }
}
