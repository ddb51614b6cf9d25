#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// System calls on file descriptors, with interruptions repeated and results as values.
enum Descriptor {
  enum Reading { case bytes(Int), end, wouldBlock, failed(Int32) }
  enum Writing { case all, wouldBlock, failed(Int32) }

  static func read(_ fd: Int32, into buffer: inout [UInt8]) -> Reading {
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(fd, $0) }
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      let code = errno
      if code == EINTR { continue }
      return code == EAGAIN || code == EWOULDBLOCK ? .wouldBlock : .failed(code)
    }
  }

  /// Writes from `offset` on, and moves it, until all is written or the descriptor is full.
  static func write(_ fd: Int32, _ bytes: [UInt8], _ offset: inout Int) -> Writing {
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(fd, $0, offset) }
      if count >= 0 {
        offset += count
      } else if errno != EINTR {
        let code = errno
        return code == EAGAIN || code == EWOULDBLOCK ? .wouldBlock : .failed(code)
      }
    }
    return .all
  }

  /// A pipe that children do not inherit, with descriptors above those of standard input and output.
  ///
  /// Spawning copies descriptors onto 0, 1 and 2; a pipe's end that sat there would be overwritten.
  static func pipe() throws(WireError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard systemPipe(&ends) == 0 else { throw .ioFailed(operation: "pipe", errno: errno) }
    for index in ends.indices {
      let moved = ends[index] < 3 ? fcntl(ends[index], F_DUPFD_CLOEXEC, 3) : ends[index]
      if moved != ends[index] { close(ends[index]) }
      ends[index] = moved
      _ = fcntl(moved, F_SETFD, FD_CLOEXEC)
    }
    guard ends[0] >= 0, ends[1] >= 0 else {
      let code = errno
      close(ends[0])
      close(ends[1])
      throw .ioFailed(operation: "pipe", errno: code)
    }
    return (ends[0], ends[1])
  }

  static func setNonBlocking(_ fd: Int32) {
    _ = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK)
  }

  static func close(_ fd: Int32) {
    if fd >= 0 { _ = systemClose(fd) }
  }

  /// Makes writing to a closed pipe an error instead of a signal that ends the program.
  ///
  /// A handler that the program has set stays. Children start with the default again.
  static func ignoreBrokenPipes() { _ = brokenPipesIgnored }

  private static let brokenPipesIgnored: Bool = {
    let previous = signal(SIGPIPE, SIG_IGN)
    if previous != nil { _ = signal(SIGPIPE, previous) }
    return true
  }()
}

private func systemRead(_ fd: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(fd, buffer.baseAddress, buffer.count)
}

private func systemWrite(_ fd: Int32, _ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
  write(fd, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
}

private func systemPipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }

private func systemClose(_ fd: Int32) -> Int32 { close(fd) }
