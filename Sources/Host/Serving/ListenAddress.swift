/// Where a host listens.
public enum ListenAddress: Sendable, Hashable {
  /// A host, without brackets, and a port; 0 lets the system choose one.
  case tcp(host: String, port: Int)
  /// The path of a Unix socket.
  case unix(path: String)

  /// Reads `HOST:PORT`, `[::1]:PORT`, `:PORT` or `PORT`; the host is then the loopback. Nil if it is
  /// none.
  public init?(_ text: String) {
    let (host, digits): (Substring, Substring)
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]"), text[end...].hasPrefix("]:") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      digits = text[end...].dropFirst(2)
    } else if let colon = text.firstIndex(of: ":") {
      host = text[..<colon]
      digits = text[text.index(after: colon)...]
    } else {
      (host, digits) = ("", text[...])
    }
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = UInt16(digits) else {
      return nil
    }
    self = .tcp(host: host.isEmpty ? "127.0.0.1" : String(host), port: Int(port))
  }
}

extension ListenAddress: ExpressibleByStringLiteral {
  /// An address written in source, which is right or a mistake.
  public init(stringLiteral value: String) {
    guard let address = ListenAddress(value) else {
      preconditionFailure("\(value) is not HOST:PORT")
    }
    self = address
  }
}

extension ListenAddress: CustomStringConvertible {
  /// `HOST:PORT` or the path.
  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): path
    }
  }
}
