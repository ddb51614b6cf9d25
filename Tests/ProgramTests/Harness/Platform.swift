#if canImport(Glibc)
  import Glibc

  // Glibc's module leaves these out.
  @_silgen_name("posix_openpt") func openTerminalMaster(_ flags: Int32) -> Int32
  @_silgen_name("grantpt") func grantTerminal(_ descriptor: Int32) -> Int32
  @_silgen_name("unlockpt") func unlockTerminal(_ descriptor: Int32) -> Int32
  @_silgen_name("ptsname_r") private func nameOfTerminal(
    _ descriptor: Int32, _ buffer: UnsafeMutablePointer<CChar>, _ size: Int
  ) -> Int32
  @_silgen_name("pipe2") private func pipeWithFlags(
    _ ends: UnsafeMutablePointer<Int32>, _ flags: Int32
  ) -> Int32
  @_silgen_name("posix_spawn_file_actions_addclosefrom_np") private func addCloseFrom(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32
  ) -> Int32
#else
  import Darwin

  func openTerminalMaster(_ flags: Int32) -> Int32 { posix_openpt(flags & ~O_CLOEXEC) }
  func grantTerminal(_ descriptor: Int32) -> Int32 { grantpt(descriptor) }
  func unlockTerminal(_ descriptor: Int32) -> Int32 { unlockpt(descriptor) }
#endif

/// What this system does in its own way.
enum Platform {
  #if canImport(Glibc)
    typealias SpawnActions = posix_spawn_file_actions_t
    typealias SpawnAttributes = posix_spawnattr_t
    static let sessionFlag: Int32 = 0x80
    static func emptyActions() -> SpawnActions { SpawnActions() }
    static func emptyAttributes() -> SpawnAttributes { SpawnAttributes() }
  #else
    typealias SpawnActions = posix_spawn_file_actions_t?
    typealias SpawnAttributes = posix_spawnattr_t?
    static let sessionFlag: Int32 = POSIX_SPAWN_SETSID
    static func emptyActions() -> SpawnActions { nil }
    static func emptyAttributes() -> SpawnAttributes { nil }
  #endif

  /// A pipe whose ends no other test's child inherits.
  static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      guard pipeWithFlags(&ends, O_CLOEXEC) == 0 else { throw SystemFailure("pipe") }
    #else
      guard Darwin.pipe(&ends) == 0 else { throw SystemFailure("pipe") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #endif
    return (ends[0], ends[1])
  }

  /// The path of a terminal whose other end this is.
  static func terminalName(_ master: Int32) throws -> String {
    #if canImport(Glibc)
      var buffer = [CChar](repeating: 0, count: 128)
      guard nameOfTerminal(master, &buffer, buffer.count) == 0 else {
        throw SystemFailure("ptsname")
      }
      return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    #else
      guard let name = ptsname(master) else { throw SystemFailure("ptsname") }
      return String(cString: name)
    #endif
  }

  /// Keeps a child from inheriting what other tests have open.
  static func closeOthers(_ actions: inout SpawnActions) {
    #if canImport(Glibc)
      _ = addCloseFrom(&actions, 3)
    #endif
  }

  static var environment: [String: String] {
    var found: [String: String] = [:]
    #if canImport(Glibc)
      var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    #else
      var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = _NSGetEnviron().pointee
    #endif
    while let entry = next?.pointee {
      let parts = String(cString: entry).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
      next = next?.successor()
    }
    return found
  }
}

/// A system call of the harness's own that did not do what it must.
struct SystemFailure: Error, CustomStringConvertible {
  let description: String

  init(_ call: String) { description = "\(call): \(String(cString: strerror(errno)))" }
}

extension Platform {
  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// Reads all there is without waiting (from a descriptor that doesn't block); false at the end.
  static func readAvailable(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    while true {
      var count = 0
      withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
        count = read(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 { bytes.append(contentsOf: buffer.prefix(count)) }
      }
      if count == 0 { return false }
      if count < 0 { return errno == EAGAIN || errno == EINTR }
    }
  }

  /// The flag for writing to a socket whose peer may have gone.
  #if canImport(Glibc)
    static let noSignal = Int32(MSG_NOSIGNAL)
  #else
    static let noSignal: Int32 = 0
  #endif

  static func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }
}
