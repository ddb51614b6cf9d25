import Catalog
import LosslessJSON
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Descriptions that a program gives for an option of its command line rather than for a call.
enum ProgramDescription {
  /// Programs that are known to, with their options.
  private static let options = ["deltachat-rpc-server": ["--openrpc"]]
  private static let largest = 16 << 20
  private static let patience: Int32 = 5000

  /// The command that describes a target; nil if none is known.
  static func command(for target: Target) -> [String]? {
    guard case .child(let words) = target, let program = words.first else { return nil }
    let name = program.split(separator: "/").last.map(String.init) ?? program
    return options[name].map { [program] + $0 }
  }

  /// What the command tells; nil if that is no description. Blocks for some seconds at most.
  static func read(_ command: [String]) -> MethodCatalog? {
    guard let bytes = output(of: command), let json = try? JSON(reading: bytes) else { return nil }
    return try? DescriptionReader.read(json, source: command.joined(separator: " "))
  }

  /// The standard output of a program that reads nothing; nil if it fails or takes too long.
  private static func output(of command: [String]) -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let child = spawn(command, output: ends[1])
    close(ends[1])
    guard let child else { return nil }
    let bytes = readAll(ends[0])
    if bytes == nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? bytes : nil
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8]? {
    let deadline = ContinuousClock.now + .milliseconds(Int(patience))
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while ContinuousClock.now < deadline, bytes.count <= largest {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 200) > 0 else { continue }
      let count = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { return nil }
      if count > 0 { bytes += chunk[..<count] }
    }
    return nil
  }

  private static func spawn(_ command: [String], output: Int32) -> pid_t? {
    let (child, code) = Spawn.start(command) { actions in
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    } settings: { attributes in
      // Ctrl-C at our prompt is not meant for it.
      posix_spawnattr_setpgroup(&attributes, 0)
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    }
    return code == 0 ? child : nil
  }
}
