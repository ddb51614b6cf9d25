import CCurl

/// What is known of a transfer that libcurl gave up, and which error that is.
struct CurlFailure {
  var code: CURLcode
  var message: String
  /// The system's last error on the connection; zero if there was none.
  var errno: Int32
  /// Whether the reply's head had come.
  var hadHead: Bool
  /// Whether the connection stood, with TLS where that is asked for.
  var wasReady: Bool
  /// The limit of the whole exchange.
  var timeout: Duration?

  /// The error of this failure on a channel of that setup.
  func error(_ setup: HTTPSetup) -> WireError {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      .unknownHost(Self.text(after: ": ", in: message) ?? setup.address.host)
    case CURLE_COULDNT_CONNECT: .connectFailed(peer: peer(setup), errno: errno)
    case CURLE_OPERATION_TIMEDOUT: timedOut(setup)
    case CURLE_URL_MALFORMAT: .badTarget(message)
    case CURLE_BAD_CONTENT_ENCODING: .badEncoding(message: message)
    case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE: file(setup)
    case _ where isTLS: .tls(code: Int32(code.rawValue), message: message)
    case _ where hadHead && breaksBody: .truncatedBody(message: message)
    default: .curl(code: Int32(code.rawValue), message: message)
    }
  }

  private func timedOut(_ setup: HTTPSetup) -> WireError {
    guard !wasReady else { return .timedOut(after: timeout ?? .zero) }
    let limits = [setup.options.connectTimeout, timeout ?? .zero].filter { $0 > .zero }
    return .connectTimedOut(peer: peer(setup), after: limits.min() ?? .zero)
  }

  /// libcurl reports a file it can't use; which one its code leaves open in part.
  private func file(_ setup: HTTPSetup) -> WireError {
    let tls = setup.options.tls
    let path = code == CURLE_SSL_CACERT_BADFILE ? tls.authorityFile : tls.certificate
    guard let path else { return .tls(code: Int32(code.rawValue), message: message) }
    return .badFile(path: path, message: message)
  }

  /// The URL's host, or the proxy that libcurl named in its message.
  private func peer(_ setup: HTTPSetup) -> String {
    if let path = setup.options.unixSocket { return "unix:\(path)" }
    let words = message.split(separator: " ")
    guard words.count > 6, words.starts(with: ["Failed", "to", "connect", "to"]),
      words[5] == "port"
    else { return setup.address.peer }
    let host = words[4].contains(":") ? "[\(words[4])]" : words[4]
    return "\(host):\(words[6])"
  }

  private var isTLS: Bool {
    switch code {
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CIPHER,
      CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_USE_SSL_FAILED, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_CLIENTCERT:
      true
    // In TLS 1.3 a server refuses the client's certificate only after the handshake.
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR: !hadHead && message.contains("alert")
    default: false
    }
  }

  private var breaksBody: Bool {
    switch code {
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2,
      CURLE_HTTP2_STREAM, CURLE_GOT_NOTHING:
      true
    default: false
    }
  }

  private static func text(after mark: String, in message: String) -> String? {
    guard message.hasPrefix("Could not resolve "), let end = message.range(mark) else {
      return nil
    }
    return String(message[end...])
  }
}

extension String {
  /// The place after the first occurrence of a mark.
  fileprivate func range(_ mark: String) -> Index? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(mark) { return rest.dropFirst(mark.count).startIndex }
      rest = rest.dropFirst()
    }
    return nil
  }
}
