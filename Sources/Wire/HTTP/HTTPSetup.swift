import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is the same for every send of a channel, put on each easy handle once.
struct HTTPSetup: Sendable {
  var address: HTTPAddress
  var options: HTTPOptions

  /// Refuses files that can't be read, before anything is sent.
  func checkFiles() throws(WireError) {
    var files = [
      options.tls.certificate, options.tls.key, options.tls.authorityFile,
      options.tls.authorityDirectory,
    ]
    if case .file(let path) = options.netrc { files.append(path) }
    for case let path? in files where access(path, R_OK) != 0 {
      throw .badFile(path: path, message: String(cString: strerror(errno)))
    }
  }

  /// Sets every option that sends share.
  func apply(to easy: EasyHandle, share: UnsafeMutableRawPointer?) throws(WireError) {
    try easy.set(CURLOPT_URL, address.url)
    try easy.set(CURLOPT_NOSIGNAL, true)
    try easy.set(CURLOPT_NOPROGRESS, true)
    try easy.set(CURLOPT_SHARE, UnsafeRawPointer(share))
    try easy.set(CURLOPT_COOKIEFILE, "")
    try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    try easy.set(CURLOPT_BUFFERSIZE, 65536)
    try easy.set(
      CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(options.connectTimeout) ?? Int(Int32.max))
    if options.compressed { try easy.set(CURLOPT_ACCEPT_ENCODING, "") }
    easy.prefer(CURLOPT_TCP_KEEPALIVE, 1)
    // HTTP/0.9, so that libcurl shows what came of a server that does not speak HTTP at all; such
    // a reply is refused when its first bytes come.
    easy.prefer(CURLoption(rawValue: 285), 1)
    // Lets a transfer be removed while its name is looked up, without waiting for the resolver.
    easy.prefer(CURLoption(rawValue: 322), 1)
    try limitProtocols(easy)
    try applyVersion(easy)
    try applyRoute(easy)
    try applyCredentials(easy)
    try applyTLS(easy)
    try applyRedirects(easy)
  }

  /// Milliseconds as libcurl takes them, at least one; nil for no limit.
  static func milliseconds(_ duration: Duration?) -> Int? {
    guard let duration, duration > .zero else { return nil }
    let (seconds, attoseconds) = duration.components
    guard seconds < 2_000_000 else { return nil }
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }

  private func limitProtocols(_ easy: EasyHandle) throws(WireError) {
    // CURLOPT_PROTOCOLS_STR and CURLOPT_REDIR_PROTOCOLS_STR came with 7.85.
    if ccurl_set_string(easy.pointer, CURLoption(rawValue: 10318), "http,https") == CURLE_OK {
      try easy.set(CURLoption(rawValue: 10319), "http,https")
    } else {
      try easy.set(CURLoption(rawValue: 181), ccurl_protocols_http)
      try easy.set(CURLoption(rawValue: 182), ccurl_protocols_http)
    }
  }

  private func applyVersion(_ easy: EasyHandle) throws(WireError) {
    let multiplexes: Bool
    switch options.version {
    case .automatic:
      easy.prefer(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
      multiplexes = address.isSecure
    case .http10: multiplexes = try version(easy, CURL_HTTP_VERSION_1_0, false)
    case .http11: multiplexes = try version(easy, CURL_HTTP_VERSION_1_1, false)
    case .http2: multiplexes = try version(easy, CURL_HTTP_VERSION_2_0, true)
    case .http2PriorKnowledge:
      multiplexes = try version(easy, CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE, true)
    }
    // Rather wait for a connection that may carry many streams than open one for each send.
    if multiplexes { easy.prefer(CURLOPT_PIPEWAIT, 1) }
  }

  private func version(
    _ easy: EasyHandle, _ version: Int, _ multiplexes: Bool
  ) throws(WireError) -> Bool {
    try easy.set(CURLOPT_HTTP_VERSION, version)
    return multiplexes
  }

  private func applyRoute(_ easy: EasyHandle) throws(WireError) {
    try easy.set(CURLOPT_UNIX_SOCKET_PATH, options.unixSocket)
    try easy.set(CURLOPT_PROXY, options.proxy ?? (options.unixSocket == nil ? nil : ""))
    try easy.set(CURLOPT_NOPROXY, options.noProxy)
  }

  private func applyCredentials(_ easy: EasyHandle) throws(WireError) {
    var user = options.user ?? address.user
    let password = options.password ?? (options.user == nil ? address.password : nil)
    switch options.authentication {
    case .basic: try easy.set(CURLOPT_HTTPAUTH, ccurl_auth_basic)
    case .digest: try easy.set(CURLOPT_HTTPAUTH, ccurl_auth_digest)
    case .negotiate:
      try easy.set(CURLOPT_HTTPAUTH, ccurl_auth_negotiate)
      user = user ?? ""
    case .any: try easy.set(CURLOPT_HTTPAUTH, ccurl_auth_any)
    case .bearer(let token):
      try easy.set(CURLOPT_HTTPAUTH, ccurl_auth_bearer)
      try easy.set(CURLOPT_XOAUTH2_BEARER, token)
    }
    try easy.set(CURLOPT_USERNAME, user)
    if user != nil { try easy.set(CURLOPT_PASSWORD, password ?? "") }
    switch options.netrc {
    case .off: break
    case .optional: try easy.set(CURLOPT_NETRC, ccurl_netrc_optional)
    case .file(let path):
      try easy.set(CURLOPT_NETRC, ccurl_netrc_optional)
      try easy.set(CURLOPT_NETRC_FILE, path)
    }
  }

  private func applyTLS(_ easy: EasyHandle) throws(WireError) {
    let tls = options.tls
    try easy.set(CURLOPT_SSLCERT, tls.certificate)
    try easy.set(CURLOPT_SSLKEY, tls.key)
    try easy.set(CURLOPT_KEYPASSWD, tls.keyPassword)
    try easy.set(CURLOPT_CAINFO, tls.authorityFile)
    try easy.set(CURLOPT_CAPATH, tls.authorityDirectory)
    if tls.insecure {
      try easy.set(CURLOPT_SSL_VERIFYPEER, false)
      try easy.set(CURLOPT_SSL_VERIFYHOST, false)
    }
  }

  private func applyRedirects(_ easy: EasyHandle) throws(WireError) {
    guard options.followsRedirects else { return }
    try easy.set(CURLOPT_FOLLOWLOCATION, true)
    try easy.set(CURLOPT_MAXREDIRS, max(0, options.maxRedirects))
    try easy.set(CURLOPT_POSTREDIR, ccurl_redirect_post_kept)
  }
}
