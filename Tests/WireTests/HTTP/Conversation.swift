import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A request as a scripted server read it.
struct ScriptedRequest: Sendable, Equatable {
  var line = ""
  var headers: [String] = []
  var body: [UInt8] = []

  /// The values of the headers of that name.
  func values(_ name: String) -> [String] {
    headers.compactMap { line in
      guard line.lowercased().hasPrefix(name.lowercased() + ":") else { return nil }
      return String(line.dropFirst(name.count + 1).drop { $0 == " " })
    }
  }
}

/// One connection of a scripted server, used on the connection's thread.
final class Conversation: Sendable {
  let descriptor: Int32
  private let note: @Sendable (ScriptedRequest) -> Void
  private let unread = Mutex<[UInt8]>([])

  init(_ descriptor: Int32, _ note: @escaping @Sendable (ScriptedRequest) -> Void) {
    self.descriptor = descriptor
    self.note = note
  }

  /// Reads the next request's head; nil once the client closed.
  func head() -> ScriptedRequest? {
    var request = ScriptedRequest()
    while let line = line() {
      if line.isEmpty { return request }
      if request.line.isEmpty { request.line = line } else { request.headers.append(line) }
    }
    return nil
  }

  /// Reads the next whole request; nil once the client closed.
  @discardableResult
  func request() -> ScriptedRequest? {
    guard var request = head() else { return nil }
    request.body = bytes(request.values("Content-Length").first.flatMap { Int($0) } ?? 0)
    note(request)
    return request
  }

  /// Reads that many bytes, fewer at the end.
  func bytes(_ count: Int) -> [UInt8] {
    while unread.withLock({ $0.count }) < count, fill() {}
    return unread.withLock { unread in
      let taken = Array(unread.prefix(count))
      unread.removeFirst(taken.count)
      return taken
    }
  }

  /// Waits until the client closes.
  func awaitClose() { while fill() {} }

  /// Writes bytes; false once the client closed.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Writes text with `\n` as CR LF.
  @discardableResult
  func write(_ text: String) -> Bool {
    write(Array(text.utf8).flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
  }

  /// Writes a whole reply with a `Content-Length`.
  func reply(_ status: String = "200 OK", _ headers: [String] = [], _ body: String = "") {
    let lines = headers.map { $0 + "\n" }.joined()
    write("HTTP/1.1 \(status)\n\(lines)Content-Length: \(body.utf8.count)\n\n")
    write(Array(body.utf8))
  }

  private func line() -> String? {
    while true {
      let line: [UInt8]? = unread.withLock { unread in
        guard let end = unread.firstIndex(of: 0x0A) else { return nil }
        defer { unread.removeFirst(end + 1) }
        return Array(unread[..<end])
      }
      if let line {
        return String(decoding: line.last == 0x0D ? line.dropLast() : line[...], as: UTF8.self)
      }
      guard fill() else { return nil }
    }
  }

  private func fill() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    unread.withLock { $0 += buffer[..<count] }
    return true
  }
}
