import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A look-up of a host's addresses on a thread of its own, since it can't be interrupted.
final class HostLookup: Sendable {
  private let found = Mutex<[SocketAddress]?>(nil)

  /// The addresses once they are known; empty if the host has none.
  var result: [SocketAddress]? { found.withLock { $0 } }

  /// Starts looking and calls back when `result` is there.
  ///
  /// Addresses in numbers are there at once.
  init(
    _ host: String, _ port: UInt16, _ done: @escaping @Sendable () -> Void
  ) throws(WireError) {
    let known = Self.addresses(host, port, AI_NUMERICHOST)
    if !known.isEmpty {
      found.withLock { $0 = known }
      return
    }
    try WireThread.start { [self] in
      let addresses = Self.addresses(host, port, 0)
      found.withLock { $0 = addresses }
      done()
    }
  }

  private static func addresses(_ host: String, _ port: UInt16, _ flags: Int32) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_flags = flags | AI_NUMERICSERV
    #if canImport(Darwin)
      hints.ai_socktype = SOCK_STREAM
    #else
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    return sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }
      .compactMap { $0.map { SocketAddress($0.pointee) } }
  }
}
