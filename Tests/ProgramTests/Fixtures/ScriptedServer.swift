import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server whose answers a test chooses byte by byte; it ends with the object.
final class ScriptedServer: Sendable {
  /// Answers one request (its head and body) on a connection; false ends the connection.
  typealias Answer = @Sendable (_ request: String, _ connection: ScriptedConnection) -> Bool

  let port: UInt16
  private let listener: Int32
  private let open = Mutex<Set<Int32>>([])
  private let seen = Mutex<[String]>([])

  init(_ answer: @escaping Answer) throws {
    listener = try Loopback.listen(backlog: 16)
    port = Loopback.port(of: listener)
    let listener = listener
    DispatchQueue(label: "scripted server").async { [weak self] in
      defer { close(listener) }
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        guard let self else {
          close(descriptor)
          return
        }
        serve(descriptor, answer)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    open.withLock { open in for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) } }
  }

  var url: String { "http://127.0.0.1:\(port)/rpc" }

  /// Every request so far.
  var requests: [String] { seen.withLock { $0 } }

  private func serve(_ descriptor: Int32, _ answer: @escaping Answer) {
    open.withLock { _ = $0.insert(descriptor) }
    DispatchQueue(label: "scripted connection").async { [weak self] in
      let connection = ScriptedConnection(descriptor: descriptor)
      while let request = connection.request() {
        self?.seen.withLock { $0.append(request) }
        guard answer(request, connection) else { break }
      }
      self?.open.withLock { _ = $0.remove(descriptor) }
      close(descriptor)
    }
  }

  /// A server that answers every request with this HTTP body.
  static func http(
    status: String = "200 OK", type: String = "application/json", body: String
  ) throws -> ScriptedServer {
    try ScriptedServer { _, connection in
      connection.respond(status: status, type: type, body: body)
      return true
    }
  }

  /// A server that reads and says nothing.
  static func silent() throws -> ScriptedServer {
    try ScriptedServer { _, _ in true }
  }
}

/// One connection to a scripted server, used by one thread.
struct ScriptedConnection {
  let descriptor: Int32

  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Platform.noSignal)
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func respond(status: String, type: String, body: String) {
    write(
      "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        + body)
  }

  /// Reads an HTTP request with a Content-Length, or a line where it is not HTTP.
  fileprivate func request() -> String? {
    var bytes: [UInt8] = []
    var end: Int?
    while end == nil || bytes.count < end! {
      var byte: UInt8 = 0
      guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
      bytes.append(byte)
      // The beginning of a TLS handshake: whatever is answered, it is not TLS.
      if bytes == [0x16] { return "TLS" }
      if end == nil { end = Self.end(of: bytes) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func end(of bytes: [UInt8]) -> Int? {
    let text = { String(decoding: bytes, as: UTF8.self) }
    if bytes.first == UInt8(ascii: "{") { return bytes.last == 0x0A ? bytes.count : nil }
    guard bytes.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] else { return nil }
    for line in text().split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:")
    {
      return bytes.count + (Int(line.split(separator: " ").last ?? "") ?? 0)
    }
    return bytes.count
  }
}
