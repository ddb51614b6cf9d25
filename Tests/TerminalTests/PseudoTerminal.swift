import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Glibc's module leaves these out.
@_silgen_name("posix_openpt") private func openMaster(_ flags: Int32) -> Int32
@_silgen_name("grantpt") private func grant(_ descriptor: Int32) -> Int32
@_silgen_name("unlockpt") private func unlock(_ descriptor: Int32) -> Int32
@_silgen_name("ptsname") private func nameOfSlave(_ descriptor: Int32) -> UnsafePointer<CChar>?

/// Pairs of descriptors: the person's end and the program's.
enum PseudoTerminal {
  /// `ptsname` answers in a buffer that all threads share.
  private static let lock = Mutex(())

  static func open() throws -> (keyboard: Int32, terminal: Int32) {
    try lock.withLock { _ in
      let keyboard = openMaster(O_RDWR | O_NOCTTY)
      try #require(keyboard >= 0 && grant(keyboard) == 0 && unlock(keyboard) == 0)
      let name = try #require(nameOfSlave(keyboard))
      let terminal = Foreign.open(name)
      try #require(terminal >= 0)
      return (keyboard, terminal)
    }
  }

  static func close(_ descriptor: Int32) { Foreign.close(descriptor) }
}

private enum Foreign {
  static func open(_ path: UnsafePointer<CChar>) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, O_RDWR | O_NOCTTY)
    #else
      Darwin.open(path, O_RDWR | O_NOCTTY)
    #endif
  }

  static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }
}
