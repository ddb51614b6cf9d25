import CCurl

extension WireError {
  /// Whether an HTTP channel failed because what answers there does not speak HTTP.
  public var isNotHTTP: Bool {
    guard case .curl(let code, let message) = self else { return false }
    return UInt32(bitPattern: code) == CURLE_WEIRD_SERVER_REPLY.rawValue
      || UInt32(bitPattern: code) == CURLE_UNSUPPORTED_PROTOCOL.rawValue
        && message.contains("HTTP/0.9")
  }
}
