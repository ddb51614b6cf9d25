import Synchronization
import Testing

@testable import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A server on the loopback whose manners a test decides: it runs a script for one connection.
final class RudeServer: Sendable {
  /// One accepted connection, with blocking calls, on the server's thread.
  struct Connection {
    let descriptor: Int32

    func write(_ text: String) {
      let bytes = Array(text.utf8)
      _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// Reads until there is nothing more or that many bytes came.
    func read(_ count: Int = Int.max) -> String {
      var found: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while found.count < count {
        let size = recv(descriptor, &buffer, buffer.count, 0)
        if size <= 0 { break }
        found += buffer[..<size]
      }
      return String(decoding: found, as: UTF8.self)
    }

    /// Makes the close a reset instead of an orderly end.
    func resetOnClose() {
      var value = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }
  }

  /// The port, or 0 on a Unix socket.
  let port: UInt16
  private let listener: Int32
  private let done = Mutex(false)

  /// Listens on a free port of the loopback, or at a path; without a script it never accepts.
  init(
    path: String? = nil, backlog: Int32 = 16, _ script: (@Sendable (Connection) -> Void)?
  ) throws {
    if let path {
      (listener, port) = (Self.listenUnix(path, backlog), 0)
    } else {
      (listener, port) = Self.listenTCP(backlog)
      try #require(port != 0)
    }
    if let script { try run(script) }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// Whether the script has come to its end.
  var isDone: Bool { done.withLock { $0 } }

  private func run(_ script: @escaping @Sendable (Connection) -> Void) throws {
    try WireThread.start { [listener, self] in
      let accepted = acceptConnection(listener)
      guard accepted >= 0 else { return }
      script(Connection(descriptor: accepted))
      close(accepted)
      done.withLock { $0 = true }
    }
  }

  /// A listening TCP socket on the loopback, and its port.
  private static func listenTCP(_ backlog: Int32) -> (Int32, UInt16) {
    let fd = socket(AF_INET, stream, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutableBytes(of: &address) { raw in
      raw.withMemoryRebound(to: sockaddr.self) { bound in
        _ = bind(fd, bound.baseAddress, size)
        listen(fd, backlog)
        getsockname(fd, bound.baseAddress, &size)
      }
      return raw.load(as: sockaddr_in.self).sin_port.bigEndian
    }
    return (fd, port)
  }

  /// A listening Unix socket.
  private static func listenUnix(_ path: String, _ backlog: Int32) -> Int32 {
    unlink(path)
    let fd = socket(AF_UNIX, stream, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    withUnsafeBytes(of: address) { raw in
      raw.withMemoryRebound(to: sockaddr.self) { bound in
        _ = bind(fd, bound.baseAddress, socklen_t(raw.count))
        listen(fd, backlog)
      }
    }
    return fd
  }

  #if canImport(Darwin)
    private static let stream = SOCK_STREAM
  #else
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #endif
}
