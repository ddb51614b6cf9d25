import Synchronization

#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Darwin)
  @preconcurrency import Darwin
#endif

/// Starting a child with pipes for its standard streams.
struct ChildSpawn {
  let process: ChildProcess
  let input: Int32
  let output: Int32
  let errors: Int32

  /// Between making a pipe and marking it as ours alone, no other child may be started.
  private static let spawning = Mutex(())

  /// Signals that a shell may ignore or handle, and a child must meet as usual.
  private static let resetSignals = [
    SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGCHLD, SIGWINCH, SIGALRM,
    SIGUSR1, SIGUSR2, SIGCONT,
  ]

  /// Starts the program, found along `PATH`, with our ends of the pipes non-blocking.
  init(_ argv: [String], _ options: StreamOptions) throws(WireError) {
    guard let program = argv.first, !program.isEmpty else {
      throw .badTarget("no command is given")
    }
    if let directory = options.workingDirectory, access(directory, X_OK) != 0 {
      throw .badFile(path: directory, message: String(cString: strerror(errno)))
    }
    let spawned: Result<Self, WireError> = Self.spawning.withLock { _ in
      do throws(WireError) {
        return .success(try Self(spawning: program, argv, options))
      } catch {
        return .failure(error)
      }
    }
    self = try spawned.get()
    for fd in [input, output, errors] { Descriptor.setNonBlocking(fd) }
  }

  private init(
    spawning program: String, _ argv: [String], _ options: StreamOptions
  ) throws(WireError) {
    var open: [Int32] = []
    do throws(WireError) {
      for _ in 0..<3 {
        let pipe = try Descriptor.pipe()
        open += [pipe.read, pipe.write]
      }
      let pid = try Self.spawn(
        program, argv, options, standard: [open[0], open[3], open[5]])
      for fd in [open[0], open[3], open[5]] { Descriptor.close(fd) }
      process = ChildProcess(pid: pid)
      (input, output, errors) = (open[1], open[2], open[4])
    } catch {
      for fd in open { Descriptor.close(fd) }
      throw error
    }
  }

  private static func spawn(
    _ program: String, _ argv: [String], _ options: StreamOptions, standard: [Int32]
  ) throws(WireError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, fd) in standard.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, fd, Int32(number))
    }
    if let directory = options.workingDirectory {
      guard let change = changeDirectory, change(&actions, directory) == 0 else {
        throw .unsupported("this system can't start a child in another directory")
      }
    }
    setAttributes(&attributes)
    var pid: pid_t = 0
    let code = withCStrings(argv) { argv in
      withCStrings(environment(adding: options.environment)) { environment in
        posix_spawnp(&pid, program, &actions, &attributes, argv, environment)
      }
    }
    guard code == 0 else { throw .spawnFailed(program: program, errno: code) }
    return pid
  }

  #if canImport(Darwin)
    private typealias Attributes = posix_spawnattr_t?
    private typealias Actions = posix_spawn_file_actions_t?
  #else
    private typealias Attributes = posix_spawnattr_t
    private typealias Actions = posix_spawn_file_actions_t
  #endif

  private static func setAttributes(_ attributes: inout Attributes) {
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    for signal in resetSignals { sigaddset(&mask, signal) }
    posix_spawnattr_setsigdefault(&attributes, &mask)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags =
      Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF)
      | Int32(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  private typealias ChangeDirectory =
    @convention(c) (UnsafeMutablePointer<Actions>, UnsafePointer<CChar>) -> Int32

  /// Looked up by name, since the C library's module hides it as an extension.
  private static var changeDirectory: ChangeDirectory? {
    guard let found = dlsym(dlopen(nil, RTLD_NOW), "posix_spawn_file_actions_addchdir_np") else {
      return nil
    }
    return unsafeBitCast(found, to: ChangeDirectory.self)
  }

  /// Our environment with some variables set.
  private static func environment(adding added: [String: String]) -> [String] {
    var found: [String] = []
    var next = systemEnvironment()
    while let pointer = next?.pointee {
      let entry = String(cString: pointer)
      if added[String(entry.prefix { $0 != "=" })] == nil { found.append(entry) }
      next = next?.successor()
    }
    return found + added.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }
}

private func systemEnvironment() -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  #if canImport(Darwin)
    _NSGetEnviron().pointee
  #else
    environ
  #endif
}

/// Lends the strings as a null-terminated array of C strings.
private func withCStrings<R>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
) -> R {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
