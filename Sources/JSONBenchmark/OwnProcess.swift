#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// This program, started again.
enum OwnProcess {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Runs it with those arguments to its end; its output goes where ours goes.
  static func run(_ arguments: [String]) throws { try run(arguments, output: nil) }

  /// Runs it with those arguments to its end; what it wrote, up to a few lines.
  static func output(_ arguments: [String]) throws -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(description: "no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    do {
      // A few lines fit in a pipe that nobody reads yet.
      defer { close(ends[1]) }
      try run(arguments, output: ends[1])
    }
    var text = [UInt8](repeating: 0, count: 4096)
    let count = read(ends[0], &text, text.count)
    return String(decoding: text.prefix(max(count, 0)), as: UTF8.self)
  }

  private static func run(_ arguments: [String], output: Int32?) throws {
    let program = CommandLine.arguments[0]
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
    var child = pid_t()
    let code = posix_spawnp(&child, program, &actions, nil, words, environ)
    guard code == 0 else { throw Failure(description: String(cString: strerror(code))) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      throw Failure(description: "\(arguments.joined(separator: " ")): wait status \(status)")
    }
  }
}
