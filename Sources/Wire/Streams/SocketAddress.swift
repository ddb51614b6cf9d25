#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A socket's address, as the bytes that the system calls take.
struct SocketAddress: Sendable, Equatable {
  let family: Int32
  private let bytes: [UInt8]

  /// A copy of what `getaddrinfo` found.
  init(_ info: addrinfo) {
    family = info.ai_family
    bytes = Array(UnsafeRawBufferPointer(start: info.ai_addr, count: Int(info.ai_addrlen)))
  }

  /// A Unix socket's path; the system's structure has room for about a hundred bytes.
  init(path: String) throws(WireError) {
    var address = sockaddr_un()
    let room = MemoryLayout.size(ofValue: address.sun_path)
    let text = Array(path.utf8)
    guard !text.isEmpty, !text.contains(0), text.count < room else {
      throw .badTarget(
        "the path of a Unix socket has 1 to \(room - 1) bytes, this one has \(text.count)")
    }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text) }
    family = AF_UNIX
    bytes = withUnsafeBytes(of: address) { Array($0) }
  }

  /// `HOST:PORT` in numbers, an IPv6 host in brackets.
  var numeric: String {
    var host = [CChar](repeating: 0, count: 256)
    var port = [CChar](repeating: 0, count: 16)
    let code = withPointer {
      getnameinfo(
        $0, $1, &host, socklen_t(host.count), &port, socklen_t(port.count),
        NI_NUMERICHOST | NI_NUMERICSERV)
    }
    guard code == 0 else { return "" }
    let (name, number) = (Self.text(host), Self.text(port))
    return family == AF_INET6 ? "[\(name)]:\(number)" : "\(name):\(number)"
  }

  /// Lends the address to a system call.
  func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    // The copy is aligned as the structures want it, which an array of bytes need not be.
    var storage = sockaddr_storage()
    return withUnsafeMutableBytes(of: &storage) { raw in
      raw.copyBytes(from: bytes.prefix(raw.count))
      return raw.withMemoryRebound(to: sockaddr.self) { bound in
        bound.baseAddress.map { body($0, socklen_t(bytes.count)) }
      }
    }.unsafelyUnwrapped
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
