import CCurl

extension WireError {
  /// A reply that begins without a status line, as libcurl would say it.
  static var notHTTP: WireError {
    .curl(
      code: Int32(bitPattern: CURLE_UNSUPPORTED_PROTOCOL.rawValue),
      message: "Received HTTP/0.9 when not allowed")
  }

  /// Whether an HTTP channel failed because what answers there does not speak HTTP.
  public var isNotHTTP: Bool {
    guard case .curl(let code, let message) = self, !isMalformedHead else { return false }
    return UInt32(bitPattern: code) == CURLE_WEIRD_SERVER_REPLY.rawValue
      || UInt32(bitPattern: code) == CURLE_UNSUPPORTED_PROTOCOL.rawValue
        && message.contains("HTTP/0.9")
  }

  /// Whether an HTTP channel failed because of a line in the head of a reply.
  public var isMalformedHead: Bool {
    guard case .curl(let code, let message) = self else { return false }
    // The same code is given where no HTTP came at all.
    return UInt32(bitPattern: code) == CURLE_WEIRD_SERVER_REPLY.rawValue
      && ["Content-Length", "eader without colon", "ul byte in header"]
        .contains { message.contains($0) }
  }
}
