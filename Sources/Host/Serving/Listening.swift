import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Opens a listening socket on the threads that all hosts of a process share.
struct Listening {
  let address: ListenAddress
  let maxConnections: Int
  /// Sets a new connection up, on its event loop.
  let accept: @Sendable (any Channel) throws -> Void

  func start() async throws(HostError) -> any Channel {
    do {
      switch address {
      case .tcp(let host, let port):
        return try await bootstrap(isTCP: true).bind(host: host, port: port).get()
      case .unix(let path):
        if await isStale(path) { unlink(path) }
        let listener = try await bootstrap(isTCP: false).bind(unixDomainSocketPath: path).get()
        // Whoever may not read the folder's other files may not call either.
        chmod(path, 0o600)
        return listener
      }
    } catch let error as IOError {
      let reason = String(cString: strerror(error.errnoCode))
      throw HostError(code: error.errnoCode, description: "can't listen on \(address): \(reason)")
    } catch {
      throw HostError(code: 0, description: "can't listen on \(address): \(error)")
    }
  }

  private func bootstrap(isTCP: Bool) -> ServerBootstrap {
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1_024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        // Without descriptors accepting fails at once, again and again.
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            AcceptBackoffHandler(backoffProvider: { _ in .milliseconds(100) }))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { [accept] channel in
        channel.eventLoop.makeCompletedFuture { try accept(channel) }
      }
    return isTCP ? bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1) : bootstrap
  }

  /// Whether a socket's file is there, and nobody listens on it any more.
  private func isStale(_ path: String) async -> Bool {
    guard access(path, F_OK) == 0 else { return false }
    do {
      let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(unixDomainSocketPath: path).get()
      try? await client.close().get()
      return false
    } catch {
      return (error as? IOError)?.errnoCode == ECONNREFUSED
    }
  }
}

extension ListenAddress {
  /// The address with the port that a listener got.
  func bound(to listener: any Channel) -> ListenAddress {
    guard case .tcp(let host, let port) = self else { return self }
    return .tcp(host: host, port: listener.localAddress?.port ?? port)
  }
}

extension Channel {
  /// What to call the other end in a log: `127.0.0.1:50412`, or `unix` where it has no name.
  var peerName: String {
    guard let address = remoteAddress, let port = address.port else { return "unix" }
    let host = address.ipAddress ?? "?"
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
