import NIOHTTP1

/// Decides whom an HTTP host lets in, so that a web page can't reach a server on the loopback: not
/// by sending requests (its Origin is foreign), not by a name of its own that it makes resolve to
/// 127.0.0.1 (that name is in Host).
struct HTTPAccess: Sendable {
  /// The host that the server listens on, as the user gave it.
  let listens: String
  let allowedHosts: [String]
  let allowedOrigins: [String]

  init(address: ListenAddress, options: HTTPHostOptions) {
    if case .tcp(let host, _) = address { listens = host.lowercased() } else { listens = "" }
    allowedHosts = options.allowedHosts.map { $0.lowercased() }
    allowedOrigins = options.allowedOrigins.map { $0.lowercased() }
  }

  /// Why a request is refused, or nil.
  func refusal(_ head: HTTPRequestHead) -> HTTPReply? {
    let hosts = head.headers["host"]
    if hosts.count > 1 || hosts.isEmpty && head.version != .http1_0 {
      return .refusal(.badRequest, "a request has exactly one Host field")
    }
    if let host = hosts.first, !allows(host: host) {
      return .refusal(
        .forbidden, "this server does not answer to that Host; `serve --allow-host` lets it in")
    }
    if let origin = head.headers.first(name: "origin"), !allows(origin: origin, host: hosts.first) {
      return .refusal(
        .forbidden,
        "this server does not answer web pages of that Origin; `serve --allow-origin` lets them in")
    }
    return nil
  }

  /// The fields that let a page of an allowed origin read the answer.
  func headers(for head: HTTPRequestHead) -> [(String, String)] {
    guard let origin = head.headers.first(name: "origin") else { return [] }
    return [("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]
  }

  // MARK: - Host

  func allows(host field: String) -> Bool {
    // Nearly everybody.
    if field.hasPrefix("127.0.0.1:") || field.hasPrefix("localhost:") { return true }
    let host = Self.name(field.lowercased())
    if Self.isLoopback(host) || host == listens || allowedHosts.contains(host) { return true }
    // A page can't choose an address in numbers as the name of its own site.
    return ["0.0.0.0", "::", "*"].contains(listens) && Self.isAddress(host)
  }

  /// The host without its port and brackets.
  private static func name(_ field: String) -> String {
    if field.hasPrefix("[") { return String(field.dropFirst().prefix { $0 != "]" }) }
    return String(field.prefix { $0 != ":" })
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
      || host.hasPrefix("127.") && isAddress(host)
  }

  private static func isAddress(_ host: String) -> Bool {
    if host.contains(":") { return host.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  // MARK: - Origin

  func allows(origin: String, host: String?) -> Bool {
    let origin = origin.lowercased()
    if allowedOrigins.contains("*") || allowedOrigins.contains(origin) { return true }
    // Our own page.
    return host.map { origin == "http://\($0.lowercased())" } ?? false
  }
}
