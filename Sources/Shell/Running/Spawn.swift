#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Starts programs that are no servers: commands behind `|`, and those that describe themselves.
enum Spawn {
  #if canImport(Glibc)
    typealias Actions = posix_spawn_file_actions_t
    typealias Attributes = posix_spawnattr_t
  #else
    typealias Actions = posix_spawn_file_actions_t?
    typealias Attributes = posix_spawnattr_t?
  #endif

  /// Starts a command, found along `PATH`; gives its process, or the `errno` in the place of 0.
  ///
  /// `files` says what its descriptors are, `settings` what it does not inherit.
  static func start(
    _ words: [String], files: (inout Actions) -> Void, settings: (inout Attributes) -> Void
  ) -> (child: pid_t, code: Int32) {
    #if canImport(Glibc)
      var (actions, attributes) = (Actions(), Attributes())
    #else
      var (actions, attributes): (Actions, Attributes) = (nil, nil)
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    files(&actions)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    settings(&attributes)
    let copies: [UnsafeMutablePointer<CChar>?] = words.map { $0.withCString { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, words[0], &actions, &attributes, copies + [nil], environment())
    return (child, code)
  }

  /// The environment as C has it. Nothing in the program changes it.
  private static func environment() -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    environ
  }
}
