import Host

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A client that writes and reads bytes, and knows nothing of what they mean.
final class RawClient {
  struct TimedOut: Error { let soFar: String }

  static let deadline = Duration.seconds(30)

  private let descriptor: Int32
  private(set) var buffer: [UInt8] = []
  private(set) var isAtEnd = false

  init(_ address: ListenAddress) throws {
    switch address {
    case .tcp(_, let port):
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      name.sin_port = UInt16(port).bigEndian
      name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      descriptor = Self.newSocket(AF_INET)
      try Self.check(withUnsafePointer(to: &name) { Self.connect(descriptor, $0) })
    case .unix(let path):
      var name = sockaddr_un()
      name.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
      descriptor = Self.newSocket(AF_UNIX)
      try Self.check(withUnsafePointer(to: &name) { Self.connect(descriptor, $0) })
    }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  /// Ends our half; the other may still be read.
  func closeHalf() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Makes the end of this client a reset, which the other end notices at once.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  /// Writes all, as fast as it is taken. Stops when the other end takes no more at all.
  func send(_ bytes: [UInt8]) async throws {
    var rest = bytes[...]
    let start = ContinuousClock.now
    while !rest.isEmpty {
      let count = writeSome(rest)
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EAGAIN {
        return
      } else if ContinuousClock.now - start > Self.deadline {
        throw TimedOut(soFar: "\(bytes.count - rest.count) bytes were taken")
      } else {
        try await Task.sleep(for: .milliseconds(2))
      }
    }
  }

  /// Writes what is taken at once.
  func writeSome(_ bytes: ArraySlice<UInt8>) -> Int {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    return bytes.withUnsafeBytes { Self.sendBytes(descriptor, $0, flags) }
  }

  /// Waits until the bytes that came satisfy `isEnough`, then gives as many as it says.
  func bytes(_ isEnough: ([UInt8]) -> Int?) async throws -> [UInt8] {
    let start = ContinuousClock.now
    while true {
      if let count = isEnough(buffer) {
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
      }
      if isAtEnd || ContinuousClock.now - start > Self.deadline {
        throw TimedOut(soFar: String(decoding: buffer, as: UTF8.self))
      }
      if !readSome() { try await Task.sleep(for: .milliseconds(2)) }
    }
  }

  func line() async throws -> String {
    let line = try await bytes { $0.firstIndex(of: 0x0A).map { $0 + 1 } }
    return String(decoding: line.dropLast(), as: UTF8.self)
  }

  /// Waits for the end of the connection; gives what came before it.
  func end() async throws -> String {
    let start = ContinuousClock.now
    while !isAtEnd {
      if ContinuousClock.now - start > Self.deadline {
        throw TimedOut(soFar: String(decoding: buffer, as: UTF8.self))
      }
      if !readSome() { try await Task.sleep(for: .milliseconds(2)) }
    }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// Reads what is there; false if there is nothing.
  @discardableResult
  func readSome() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 { buffer += chunk[..<count] }
    // A connection that was cut is at its end too.
    if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { isAtEnd = true }
    return count > 0
  }

  // MARK: - System calls

  struct SystemFailure: Error { let code: Int32 }

  private static func check(_ status: Int32) throws {
    if status != 0 { throw SystemFailure(code: errno) }
  }

  private static func connect<Name>(_ descriptor: Int32, _ name: UnsafePointer<Name>) -> Int32 {
    name.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
      #if canImport(Glibc)
        Glibc.connect(descriptor, name, socklen_t(MemoryLayout<Name>.size))
      #else
        Darwin.connect(descriptor, name, socklen_t(MemoryLayout<Name>.size))
      #endif
    }
  }

  private static func sendBytes(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, _ flags: Int32
  ) -> Int {
    #if canImport(Glibc)
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #else
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #endif
  }

  private static func newSocket(_ family: Int32) -> Int32 {
    #if canImport(Glibc)
      return socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #else
      let descriptor = socket(family, SOCK_STREAM, 0)
      var isOn: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, 4)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      return descriptor
    #endif
  }
}
