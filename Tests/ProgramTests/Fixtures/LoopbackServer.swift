#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A real server on a free port of the loopback; it ends with the object, or with the test run.
final class LoopbackServer {
  let port: UInt16
  let home: Home
  private let child: Child
  private let lifeline: Int32

  /// The shell between us and the server ends it once our end of the pipe has gone, in whatever
  /// way the test run ended.
  private static let guardScript = "\"$@\" </dev/null & read -r _; kill -KILL $!; wait"

  private init(_ words: [String], port: UInt16, home: Home) throws {
    (self.port, self.home) = (port, home)
    let pipe = try Platform.pipe()
    defer { close(pipe.read) }
    let log = open(
      "\(home.path)/server.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode_t(0o600))
    guard log >= 0 else { throw SystemFailure("open server.log") }
    defer { close(log) }
    lifeline = pipe.write
    child = try Child(
      ["/bin/sh", "-c", Self.guardScript, "server"] + words, environment: home.environment,
      directory: home.path, streams: .descriptors(pipe.read, log, log))
  }

  deinit {
    close(lifeline)
    // The guard waits for the server, so that nobody is left behind.
    for _ in 0..<500 where child.poll() == nil { usleep(1000) }
    child.stop()
  }

  /// Starts a server and waits until it accepts connections.
  ///
  /// Another program may take the port that was free a moment ago: then there is another try.
  static func start(_ words: (UInt16, Home) throws -> [String]) async throws -> LoopbackServer {
    var log = ""
    for _ in 0..<3 {
      let (port, home) = (try Loopback.freePort(), try Home())
      let server = try LoopbackServer(try words(port, home), port: port, home: home)
      let isReady = try await eventually { () -> Bool? in
        Loopback.accepts(port) ? true : server.child.poll().map { _ in false }
      }
      if isReady == true { return server }
      log = home.read("server.log") ?? ""
    }
    throw TooLate(description: "the server did not start:\n\(log)")
  }

  /// What the server wrote to its standard output and error.
  var log: String { home.read("server.log") ?? "" }
}

/// Ports of the loopback.
enum Loopback {
  /// A port that was free just now.
  static func freePort() throws -> UInt16 {
    let descriptor = try listen(backlog: 1)
    defer { close(descriptor) }
    return port(of: descriptor)
  }

  static func accepts(_ port: UInt16) -> Bool {
    let descriptor = newSocket()
    defer { close(descriptor) }
    return withAddress(port) { connect(descriptor, $0, $1) } == 0
  }

  static func listen(backlog: Int32) throws -> Int32 {
    let descriptor = newSocket()
    guard withAddress(0, { bind(descriptor, $0, $1) }) == 0, Self.listen(descriptor, backlog) == 0
    else {
      close(descriptor)
      throw SystemFailure("bind")
    }
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

  private static func newSocket() -> Int32 {
    #if canImport(Glibc)
      return socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      return descriptor
    #endif
  }

  private static func listen(_ descriptor: Int32, _ backlog: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.listen(descriptor, backlog)
    #else
      Darwin.listen(descriptor, backlog)
    #endif
  }

  private static func withAddress(
    _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
