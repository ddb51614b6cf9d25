import Synchronization

@testable import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A loopback server whose replies are exact bytes, written by a script of the test's.
///
/// The script runs once for each connection, on a thread of its own.
final class ScriptedServer: Sendable {
  typealias Script = @Sendable (Conversation) -> Void

  private struct State {
    var connections: [Int32: Conversation] = [:]
    var accepted = 0
    var requests: [ScriptedRequest] = []
    var isStopped = false
  }

  let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())

  /// Listens on a free port of the loopback, or on a Unix socket.
  init(unix path: String? = nil, _ script: @escaping Script) {
    listener = path.map(Self.listenUnix) ?? Self.listenLoopback()
    port = path == nil ? Self.port(of: listener) : 0
    let listener = listener
    try? WireThread.start { [weak self] in
      // The thread that accepts also closes: its number must not be another's before it stops.
      defer { close(listener) }
      while true {
        let descriptor = acceptConnection(listener)
        guard descriptor >= 0 else { return }
        guard let self, self.serve(descriptor, script) else {
          close(descriptor)
          return
        }
      }
    }
  }

  deinit { stop() }

  /// The server's URL.
  var url: String { "http://127.0.0.1:\(port)/rpc" }

  /// How many connections were made.
  var accepted: Int { state.withLock { $0.accepted } }

  /// Every request so far.
  var requests: [ScriptedRequest] { state.withLock { $0.requests } }

  /// Ends the listening and every connection.
  func stop() {
    let isFirst = state.withLock { state in
      defer { state.isStopped = true }
      for descriptor in state.connections.keys { shutdown(descriptor, Int32(SHUT_RDWR)) }
      return !state.isStopped
    }
    guard isFirst else { return }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve(_ descriptor: Int32, _ script: @escaping Script) -> Bool {
    let conversation = Conversation(descriptor) { [weak self] request in
      self?.state.withLock { $0.requests.append(request) }
    }
    let isServed = state.withLock { state in
      guard !state.isStopped else { return false }
      state.accepted += 1
      state.connections[descriptor] = conversation
      return true
    }
    guard isServed else { return false }
    try? WireThread.start { [weak self] in
      script(conversation)
      self?.state.withLock { $0.connections[descriptor] = nil }
      close(descriptor)
    }
    return true
  }

  static func listenLoopback(backlog: Int32 = 128) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    precondition(result == 0 && listen(descriptor, backlog) == 0, "no loopback port")
    return descriptor
  }

  /// Begins to connect to a loopback port, without waiting for it.
  static func connectLoopback(_ port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return descriptor
  }

  private static func listenUnix(_ path: String) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    precondition(result == 0 && listen(descriptor, 128) == 0, "no Unix socket at \(path)")
    return descriptor
  }

  static func port(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}
