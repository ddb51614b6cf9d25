#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A child process that ends with the object, together with everything it started.
final class Child {
  /// What the child's standard streams are.
  enum Streams {
    case descriptors(Int32, Int32, Int32)
    /// A terminal, which becomes the child's own.
    case terminal(path: String)
  }

  let pid: pid_t
  private(set) var exit: ExitStatus?

  /// Starts a program, found along the path, in a group of its own.
  init(
    _ words: [String], environment: [String: String], directory: String, streams: Streams
  ) throws {
    var actions = Platform.emptyActions()
    var attributes = Platform.emptyAttributes()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    switch streams {
    case .descriptors(let input, let output, let errors):
      for (number, descriptor) in [input, output, errors].enumerated() {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
      }
    case .terminal(let path):
      // A session's leader that opens a terminal has it as its own from then on.
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    Platform.closeOthers(&actions)
    Self.prepare(&attributes, streams)
    // The shell only changes the folder: it becomes the program.
    let argv = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory] + words
    var pid: pid_t = 0
    let code = withCStrings(argv) { argv in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&pid, "/bin/sh", &actions, &attributes, argv, environment)
      }
    }
    guard code == 0 else {
      errno = code
      throw SystemFailure("posix_spawn")
    }
    self.pid = pid
  }

  deinit { stop() }

  /// Ends the child and its group at once.
  func stop() {
    guard exit == nil else { return }
    kill(-pid, SIGKILL)
    kill(pid, SIGKILL)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    exit = ExitStatus(status)
  }

  /// How the child ended, once it has.
  func poll() -> ExitStatus? {
    guard exit == nil else { return exit }
    var status: Int32 = 0
    if waitpid(pid, &status, WNOHANG) == pid {
      exit = ExitStatus(status)
      // What the child left behind in its group has nothing more to do.
      kill(-pid, SIGKILL)
    }
    return exit
  }

  private static func prepare(_ attributes: inout Platform.SpawnAttributes, _ streams: Streams) {
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCHLD] {
      sigaddset(&signals, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    switch streams {
    case .descriptors:
      posix_spawnattr_setpgroup(&attributes, 0)
      flags |= Int32(POSIX_SPAWN_SETPGROUP)
    case .terminal:
      flags |= Platform.sessionFlag
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }
}

/// How a process ended.
enum ExitStatus: Equatable {
  case exited(Int32)
  case signalled(Int32)

  init(_ status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}

/// Lends the strings as a null-terminated array of C strings.
private func withCStrings<R>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
) -> R {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
