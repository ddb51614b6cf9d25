#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Connecting to the first address that answers, within a time, without blocking a close.
struct SocketConnect {
  typealias Instant = ContinuousClock.Instant

  /// What came of it; nil instead of it says that the channel was closed meanwhile.
  struct Connected {
    var descriptor: Int32
    var peer: String
  }

  /// How often a Unix socket whose server is busy is tried again.
  private static let retry = Duration.milliseconds(20)

  private let loop: StreamLoop
  private let peer: String
  private let timeout: Duration
  private let deadline: Instant

  init(_ loop: StreamLoop, _ target: Target, _ timeout: Duration) {
    self.loop = loop
    peer = target.description
    self.timeout = timeout
    deadline = .now + timeout
  }

  func connect(_ target: Target) throws(WireError) -> Connected? {
    switch target {
    case .unix(let path):
      let address = try SocketAddress(path: path)
      return try connect(address, path, until: deadline).map {
        Connected(descriptor: $0, peer: path)
      }
    case .tcp(let host, let port):
      return try connect(host, port)
    case .http, .child:
      throw .unsupported("not a socket")
    }
  }

  private func connect(_ host: String, _ port: UInt16) throws(WireError) -> Connected? {
    let lookup = try HostLookup(host, port) { [outbox = loop.outbox] in outbox.wake() }
    while lookup.result == nil {
      if loop.outbox.isClosing { return nil }
      guard .now < deadline else { throw .connectTimedOut(peer: peer, after: timeout) }
      _ = loop.wait(for: -1, until: deadline)
    }
    let addresses = lookup.result ?? []
    var failure = WireError.unknownHost(host)
    for (index, address) in addresses.enumerated() {
      let name = address.numeric
      // No address may use up the time of those after it.
      let now = Instant.now
      let share = now + (deadline - now) / (addresses.count - index)
      do throws(WireError) {
        guard let fd = try connect(address, name, until: share) else { return nil }
        return Connected(descriptor: fd, peer: name)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  /// Connects to one address; nil if the channel was closed meanwhile.
  private func connect(
    _ address: SocketAddress, _ name: String, until end: Instant
  ) throws(WireError) -> Int32? {
    let fd = Self.makeSocket(address.family)
    guard fd >= 0 else { throw .ioFailed(operation: "socket", errno: errno) }
    do throws(WireError) {
      if try reach(address, name, fd, until: end) { return fd }
    } catch {
      Descriptor.close(fd)
      throw error
    }
    Descriptor.close(fd)
    return nil
  }

  private func reach(
    _ address: SocketAddress, _ name: String, _ fd: Int32, until end: Instant
  ) throws(WireError) -> Bool {
    while !loop.outbox.isClosing {
      let code = address.withPointer { systemConnect(fd, $0, $1) == 0 ? 0 : errno }
      switch code {
      case 0, EISCONN: return true
      case EINPROGRESS, EINTR, EALREADY:
        return try settle(fd, name, until: end)
      case EAGAIN where address.family == AF_UNIX:
        // The queue of connections not yet accepted is full; nothing tells when it is not.
        _ = loop.wait(for: -1, until: min(end, .now + Self.retry))
        guard .now < end else { throw .connectTimedOut(peer: name, after: timeout) }
      default: throw .connectFailed(peer: name, errno: code)
      }
    }
    return false
  }

  /// Waits for a connection in progress.
  private func settle(
    _ fd: Int32, _ name: String, until end: Instant
  ) throws(WireError) -> Bool {
    while !loop.outbox.isClosing {
      if loop.wait(for: fd, until: end) {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size)
        guard code == 0 else { throw .connectFailed(peer: name, errno: code) }
        return true
      }
      guard .now < end else { throw .connectTimedOut(peer: name, after: timeout) }
    }
    return false
  }

  private static func makeSocket(_ family: Int32) -> Int32 {
    #if canImport(Darwin)
      let fd = socket(family, SOCK_STREAM, 0)
    #else
      let fd = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #endif
    guard fd >= 0 else { return fd }
    _ = fcntl(fd, F_SETFD, FD_CLOEXEC)
    Descriptor.setNonBlocking(fd)
    if family != AF_UNIX {
      var on: Int32 = 1
      setsockopt(
        fd, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
    return fd
  }
}

private func systemConnect(
  _ fd: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
) -> Int32 {
  connect(fd, address, size)
}
