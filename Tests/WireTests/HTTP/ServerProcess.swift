#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that a test needs for a while: it ends with the object.
final class ServerProcess: Sendable {
  private let process: pid_t
  private let input: Int32
  private let output: Int32

  /// Starts a program found on the path, with pipes to its stdin and from its stdout.
  init(_ words: [String]) throws {
    var (toChild, fromChild): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw Unexpected() }
    for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ)
    close(toChild[0])
    close(fromChild[1])
    input = toChild[1]
    output = fromChild[0]
    self.process = failure == 0 ? process : 0
    guard failure == 0 else { throw Unexpected() }
  }

  deinit {
    close(input)
    close(output)
    if process > 0 {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
  }

  /// The next line of its stdout; nil at its end or after half a minute.
  func line() -> String? {
    var line: [UInt8] = []
    var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    while poll(&descriptor, 1, 30_000) == 1 {
      var byte: UInt8 = 0
      guard read(output, &byte, 1) == 1 else { return nil }
      if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }

  /// Whether a program is on the path.
  static func has(_ program: String) -> Bool {
    guard let path = getenv("PATH") else { return false }
    return String(cString: path).split(separator: ":").contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }

  /// Runs a program to its end.
  static func run(_ words: [String]) throws {
    let program = try ServerProcess(words)
    while program.line() != nil {}
  }
}
