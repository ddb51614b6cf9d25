extension Target {
  /// Reads a target as it is typed; what is none is answered with what may have been meant.
  public init(parsing text: String) throws(WireError) {
    let text = Self.trimmed(text)
    guard !text.isEmpty else {
      throw .badTarget(
        "no target is given: expected a URL, unix:PATH, tcp:HOST:PORT or stdio:COMMAND")
    }
    guard !text.unicodeScalars.contains(where: { $0.value == 0 }) else {
      throw .badTarget("a target can't contain a zero byte")
    }
    let colon = text.firstIndex(of: ":") ?? text.endIndex
    let rest = String(text[colon...].dropFirst())
    switch text[..<colon].lowercased() {
    case "http" where colon < text.endIndex && !Self.isPort(rest),
      "https" where colon < text.endIndex && !Self.isPort(rest):
      self = try .http(Self.url(text, rest))
    case "unix": self = try .unix(path: Self.path(rest))
    case "tcp": (self) = try Self.tcp(rest)
    case "stdio": self = try .child(Self.command(rest))
    case let scheme: throw Self.guess(text, scheme: scheme, rest: rest)
    }
  }

  private static func url(_ text: String, _ rest: String) throws(WireError) -> String {
    let scheme = text.prefix(text.count - rest.count - 1).lowercased()
    guard rest.hasPrefix("//") else {
      let host = rest.drop { $0 == "/" }
      throw .badTarget("a URL has two slashes after its scheme: did you mean \(scheme)://\(host)")
    }
    let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    guard isPlain else { throw .badTarget("a URL can't contain blanks; write a blank as %20") }
    let authority = rest.dropFirst(2).prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    try checkAuthority(host)
    return text
  }

  /// Checks `HOST`, `HOST:PORT` or `[IPV6]:PORT`; the rest of a URL is libcurl's to judge.
  private static func checkAuthority(_ text: Substring) throws(WireError) {
    let host: Substring
    let port: Substring
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else {
        throw .badTarget("the bracket before the URL's IPv6 address is never closed")
      }
      host = text[...end].dropFirst().dropLast()
      port = text[text.index(after: end)...]
    } else {
      host = text.prefix { $0 != ":" }
      port = text[host.endIndex...]
    }
    guard !host.isEmpty else { throw .badTarget("the URL names no host") }
    guard port.isEmpty || port == ":" || (port.first == ":" && isPort(port.dropFirst())) else {
      throw .badTarget("the URL's port is not a number from 1 to 65535: \(port.dropFirst())")
    }
  }

  private static func path(_ rest: String) throws(WireError) -> String {
    // unix:///run/x.sock is how URLs spell it.
    let path = rest.hasPrefix("///") ? String(rest.dropFirst(2)) : rest
    guard !path.isEmpty else { throw .badTarget("unix: needs the path of a socket: unix:PATH") }
    return path
  }

  private static func tcp(_ rest: String) throws(WireError) -> Target {
    let text = rest.hasPrefix("//") ? rest.dropFirst(2) : rest[...]
    guard let colon = text.lastIndex(of: ":"), text.last != "]" else {
      throw .badTarget("tcp: needs a host and a port: tcp:HOST:PORT")
    }
    var host = text[..<colon]
    let port = text[text.index(after: colon)...]
    if host.first == "[", host.last == "]" {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw .badTarget("an IPv6 address stands in brackets: tcp:[\(host)]:\(port)")
    }
    guard !host.isEmpty else { throw .badTarget("tcp: needs a host: tcp:localhost:\(port)") }
    guard isPort(port), let number = UInt16(port) else {
      throw .badTarget("the port is not a number from 1 to 65535: \(port)")
    }
    return .tcp(host: String(host), port: number)
  }

  private static func command(_ rest: String) throws(WireError) -> [String] {
    let words = try ShellWords.split(rest)
    guard let program = words.first else {
      throw .badTarget("stdio: needs a command: stdio:COMMAND ARGUMENTS")
    }
    guard !program.isEmpty else { throw .badTarget("the command's name is empty") }
    return words
  }

  static func isPort(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { Byte.isDigit($0) } && UInt16(text).map { $0 > 0 } ?? false
  }

  private static func trimmed(_ text: String) -> String {
    // What is space beyond ASCII stands in tables that nothing else of a short call looks at.
    let graphic: ClosedRange<UInt8> = 0x21...0x7E
    if let first = text.utf8.first, let last = text.utf8.last, graphic.contains(first),
      graphic.contains(last)
    {
      return text
    }
    var part = text[...]
    while let first = part.first, first.isWhitespace { part.removeFirst() }
    while let last = part.last, last.isWhitespace, !part.dropLast().hasSuffix("\\") {
      part.removeLast()
    }
    return String(part)
  }
}
