/// How an `HTTPChannel` speaks with its server.
public struct HTTPOptions: Sendable, Equatable {
  /// Headers of every send, in order; each replaces the default of its name, or removes it if its
  /// value is empty.
  public var headers: [HeaderField] = []
  /// The `User-Agent` header; empty sends none.
  public var userAgent = "rpcscope/0.1.0"
  /// The user for authentication, in place of one inside the URL.
  public var user: String?
  /// The password for authentication, in place of one inside the URL.
  public var password: String?
  /// How the user is proven to the server.
  public var authentication = HTTPAuthentication.basic
  /// Whether users and passwords are looked up in a `.netrc` file.
  public var netrc = Netrc.off
  /// The proxy's URL; nil follows `http_proxy` and its like, empty uses none.
  public var proxy: String?
  /// Hosts reached without the proxy, with commas; nil follows `no_proxy`.
  public var noProxy: String?
  /// A Unix socket's path to connect to in place of the URL's host.
  public var unixSocket: String?
  /// The version of HTTP to speak.
  public var version = HTTPVersion.automatic
  /// Certificates and trust.
  public var tls = TLSOptions()
  /// Whether redirects are followed; otherwise they are replies like any other.
  public var followsRedirects = false
  /// How many redirects are followed for one send.
  public var maxRedirects = 10
  /// Whether compressed replies are asked for and decoded.
  public var compressed = true
  /// How long connecting may take, with the name's look-up and the TLS handshake; `.zero` is
  /// without limit.
  public var connectTimeout: Duration = .seconds(30)
  /// How long a whole exchange may take; nil or `.zero` is without limit.
  public var timeout: Duration?
  /// The largest body, or single event of an event stream, in bytes after decoding.
  public var bodyLimit = 128 << 20
  /// The most bytes of headers in one reply.
  public var headerLimit = 256 << 10
  /// The most bytes kept in a send's wire record, in each direction; zero makes none.
  public var recordLimit = 1 << 20
  /// The most connections open at once; sends beyond wait.
  public var maxConnections = 128

  /// The defaults: no credentials, no redirects, environment's proxy, trusted TLS only.
  public init() {}

  /// Where users and passwords may be looked up.
  public enum Netrc: Sendable, Equatable {
    /// Nowhere.
    case off
    /// In `~/.netrc`, if it is there and knows the host.
    case optional
    /// In that file.
    case file(String)
  }
}

/// How a user is proven to a server.
public enum HTTPAuthentication: Sendable, Equatable {
  /// User and password with each request.
  case basic
  /// User and password in answer to the server's challenge.
  case digest
  /// SPNEGO, with the ticket of the session (Kerberos).
  case negotiate
  /// The safest way that the server offers, at the price of a round trip.
  case any
  /// A token, in an `Authorization: Bearer` header.
  case bearer(String)
}

/// A version of HTTP to speak.
public enum HTTPVersion: String, Sendable, Equatable, CaseIterable {
  /// HTTP/2 over TLS if the server agrees (ALPN), else HTTP/1.1.
  case automatic
  /// HTTP/1.0.
  case http10 = "1.0"
  /// HTTP/1.1.
  case http11 = "1.1"
  /// HTTP/2, by upgrade where there is no TLS.
  case http2 = "2"
  /// HTTP/2 from the first byte, also without TLS.
  case http2PriorKnowledge = "2-prior-knowledge"
}

/// Certificates and trust for HTTPS.
public struct TLSOptions: Sendable, Equatable {
  /// The client's certificate, a PEM file.
  public var certificate: String?
  /// The key of the client's certificate, a PEM file, if it isn't in the certificate's file.
  public var key: String?
  /// The password of the key.
  public var keyPassword: String?
  /// A PEM file of certificates to trust in place of the system's.
  public var authorityFile: String?
  /// A directory of certificates to trust, named by hash as `openssl rehash` does.
  public var authorityDirectory: String?
  /// Whether any certificate is accepted.
  public var insecure = false

  /// The system's trust and no client certificate.
  public init() {}
}
