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
    guard case .curl(let code, let message) = self else { return false }
    return UInt32(bitPattern: code) == CURLE_WEIRD_SERVER_REPLY.rawValue
      || UInt32(bitPattern: code) == CURLE_UNSUPPORTED_PROTOCOL.rawValue
        && message.contains("HTTP/0.9")
  }
}
