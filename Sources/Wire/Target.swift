/// A server as the user names it: a URL, a socket or a command.
public enum Target: Sendable, Equatable {
  /// An `http:` or `https:` URL as typed, credentials included.
  case http(String)
  /// A Unix socket's path.
  case unix(path: String)
  /// A TCP host, without brackets, and its port.
  case tcp(host: String, port: UInt16)
  /// A program and its arguments.
  case child([String])
}

extension Target: CustomStringConvertible {
  /// The target as it is typed, but without the credentials of a URL.
  ///
  /// Fit for prompts, messages and names of files.
  public var description: String {
    switch self {
    case .http(let url): Self.withoutCredentials(url)
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): "tcp:\(Self.bracketed(host)):\(port)"
    case .child(let argv): "stdio:\(ShellWords.joined(argv))"
    }
  }

  /// Like `description`, shorter where nothing is lost: a command stands without `stdio:`.
  public var displayName: String {
    if case .child(let argv) = self { return ShellWords.joined(argv) }
    return description
  }

  /// Whether `makeStreamChannel` serves the target; HTTP has a channel of its own.
  public var isStream: Bool {
    if case .http = self { false } else { true }
  }

  static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

  /// Cuts `user:password@` out of a URL.
  private static func withoutCredentials(_ url: String) -> String {
    guard let part = credentials(in: url) else { return url }
    return String(url[..<part.lowerBound] + url[part.upperBound...])
  }

  /// Where `user:password@` stands in a URL.
  private static func credentials(in url: String) -> Range<String.Index>? {
    guard let slashes = firstRange(of: "//", in: url) else { return nil }
    let start = slashes.upperBound
    let end = url[start...].firstIndex { "/?#".contains($0) } ?? url.endIndex
    guard let at = url[start..<end].lastIndex(of: "@") else { return nil }
    return start..<url.index(after: at)
  }

  private static func firstRange(of part: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(part) {
        return start..<text.index(start, offsetBy: part.count)
      }
      start = text.index(after: start)
    }
    return nil
  }
}
