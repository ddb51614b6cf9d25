public import LosslessJSON

/// Everything that can be said of how messages are framed and of HTTP replies around them.
///
/// The raw values are the ids that findings carry.
public enum WireRule: String, CaseIterable, Sendable {
  // Content-Length headers.
  /// A header block without `Content-Length`.
  case lengthMissing = "frame.length-missing"
  /// The same `Content-Length` more than once.
  case lengthRepeated = "frame.length-repeated"
  /// Several `Content-Length` lines that differ.
  case lengthConflict = "frame.length-conflict"
  /// A negative `Content-Length`.
  case lengthNegative = "frame.length-negative"
  /// A `Content-Length` that is no count.
  case lengthNotANumber = "frame.length-not-a-number"
  /// More bytes announced than the message has.
  case lengthTooLong = "frame.length-too-long"
  /// Fewer bytes announced than the message has.
  case lengthTooShort = "frame.length-too-short"
  /// A length counted in Unicode scalars.
  case lengthInCharacters = "frame.length-in-characters"
  /// A length counted in UTF-16 units.
  case lengthInUTF16 = "frame.length-in-utf16"
  /// Header lines of a stream that end in LF alone.
  case headerLineFeed = "frame.line-feed"
  /// A header that the framing does not define.
  case headerUnknown = "frame.header-unknown"
  /// A header that can only mean `Content-Length`.
  case headerMisspelt = "frame.header-misspelt"
  /// Header lines broken off by a line that is none.
  case headerMalformed = "frame.header-malformed"
  /// A charset other than UTF-8 in a header block.
  case headerCharset = "frame.charset"

  // Text that is no message.
  /// Text between messages.
  case strayText = "frame.stray-text"
  /// A stack trace or a runtime's error between messages.
  case stackTrace = "frame.stack-trace"
  /// A log line in the middle of a message.
  case logInside = "frame.log-inside"

  // Messages that are not one to a frame.
  /// Several messages in one frame.
  case severalValues = "frame.several-values"
  /// One message over several lines.
  case multiLine = "frame.multi-line"
  /// A message that no line end follows.
  case noLineEnd = "frame.no-line-end"
  /// A message that the stream's end cut off.
  case cutShort = "frame.cut-short"
  /// A message that stopped in its middle.
  case stalled = "frame.stalled"
  /// A message that the next one begins inside of.
  case swallowed = "frame.unclosed"

  // Another framing, protocol or encoding than expected.
  /// Lines that end in CR alone.
  case carriageReturn = "frame.carriage-return"
  /// Messages with NUL bytes between them.
  case nulSeparated = "frame.nul-separated"
  /// Headers where other framing is expected.
  case headersMet = "frame.headers-met"
  /// Netstrings where other framing is expected.
  case netstringMet = "frame.netstring-met"
  /// A message without the header or length it should have.
  case linesMet = "frame.no-header"
  /// An HTTP server on a plain stream.
  case httpMet = "frame.http-met"
  /// A TLS server on a plain stream.
  case tlsMet = "frame.tls-met"
  /// A UTF-8 byte order mark before a message.
  case byteOrderMark = "frame.byte-order-mark"
  /// A stream in UTF-16.
  case utf16 = "frame.utf-16"

  // Netstrings.
  /// A netstring whose length is wrong.
  case netstringLength = "frame.netstring-length"
  /// A netstring's length with a leading zero.
  case netstringZero = "frame.netstring-zero"
  /// A netstring without its comma.
  case netstringComma = "frame.netstring-comma"

  // HTTP: what came is no reply.
  /// An HTML page.
  case html = "http.html"
  /// Plain text.
  case plainText = "http.plain-text"
  /// XML.
  case xml = "http.xml"
  /// XML-RPC or SOAP.
  case xmlRPC = "http.xml-rpc"
  /// A body that is no text.
  case binary = "http.binary"
  /// An empty body though a reply is due.
  case emptyBody = "http.empty-body"
  /// 204 or 205 though a reply is due.
  case noContent = "http.no-content"
  /// A connection closed without any reply.
  case noReply = "http.no-reply"
  /// A peer that does not speak HTTP.
  case notHTTP = "http.not-http"
  /// A TLS server spoken to in plain.
  case tlsExpected = "http.tls-expected"
  /// A plain server spoken to in TLS.
  case plainExpected = "http.plain-expected"

  // HTTP: the status says why.
  /// A redirect, and where to.
  case redirect = "http.redirect"
  /// 400.
  case badRequest = "http.bad-request"
  /// 401, with its challenge.
  case unauthorized = "http.unauthorized"
  /// 403.
  case forbidden = "http.forbidden"
  /// 404 or 410.
  case notFound = "http.not-found"
  /// 405, with what is allowed.
  case methodNotAllowed = "http.method-not-allowed"
  /// 406.
  case notAcceptable = "http.not-acceptable"
  /// 407, with its challenge.
  case proxyAuthentication = "http.proxy-authentication"
  /// 413.
  case tooLarge = "http.too-large"
  /// 415.
  case mediaType = "http.unsupported-media-type"
  /// 426, or a server of WebSocket only.
  case upgradeRequired = "http.upgrade-required"
  /// 429, with its delay.
  case tooManyRequests = "http.too-many-requests"
  /// Another 4xx.
  case clientError = "http.client-error"
  /// 502.
  case badGateway = "http.bad-gateway"
  /// 503, with its delay.
  case unavailable = "http.unavailable"
  /// 504.
  case gatewayTimeout = "http.gateway-timeout"
  /// 500 or another 5xx.
  case serverError = "http.server-error"
  /// A JSON-RPC reply in another status than 2xx.
  case errorStatus = "http.error-status"
  /// A status that is none of HTTP's.
  case oddStatus = "http.odd-status"

  // HTTP: the head does not say where the body ends.
  /// A `Content-Length` of HTTP that is no count.
  case httpLengthInvalid = "http.length-invalid"
  /// Several `Content-Length` of HTTP that differ.
  case httpLengthConflict = "http.length-conflict"
  /// A `Content-Length` of HTTP that counts characters or UTF-16 units.
  case httpLengthInCharacters = "http.length-in-characters"
  /// A line of an HTTP head that is no header.
  case httpHeaderMalformed = "http.header-malformed"
  /// A header of HTTP that can only mean `Content-Length`.
  case httpHeaderMisspelt = "http.header-misspelt"

  // HTTP: the reply is there, but its wrapping is off.
  /// A `Content-Type` that does not say JSON.
  case contentType = "http.content-type"
  /// A charset other than UTF-8.
  case charset = "http.charset"
  /// A body with fewer bytes than announced.
  case bodyCutShort = "http.body-cut-short"
  /// Bytes after the end of the body.
  case surplus = "http.surplus"
  /// A content coding that can't be undone.
  case decompression = "http.decompression"
  /// An event stream where JSON is usual.
  case eventStream = "http.event-stream"
  /// An event stream named otherwise, or JSON named so.
  case notEventStream = "http.not-event-stream"
  /// A body that ends with the connection.
  case noLength = "http.no-length"
  /// HTTP/1.0.
  case oldVersion = "http.version-1.0"
  /// A header that may come but once.
  case headerRepeated = "http.header-repeated"
  /// Header lines of HTTP that end in LF alone.
  case lineFeed = "http.line-feed"

  /// Whether the rule is about HTTP; otherwise it is about a stream's framing.
  public var isHTTP: Bool { rawValue.hasPrefix("http.") }

  /// How bad it is for a client that takes the bytes at their word.
  public var severity: Finding.Severity {
    switch self {
    case .headerUnknown, .noLength, .oldVersion, .errorStatus, .eventStream: .note
    case .lengthRepeated, .headerLineFeed, .headerCharset, .strayText, .noLineEnd, .stalled,
      .byteOrderMark, .netstringZero, .contentType, .charset, .surplus, .headerRepeated,
      .lineFeed, .oddStatus, .httpHeaderMisspelt:
      .warning
    default: .error
    }
  }

  /// The most bytes of evidence that a finding keeps.
  static let evidenceLimit = 4 << 10

  /// As much of a text as evidence keeps, for several findings to share.
  static func shown(_ text: [UInt8]) -> [UInt8] {
    text.count > evidenceLimit ? Array(text.prefix(evidenceLimit)) : text
  }

  /// A finding of this rule.
  ///
  /// Evidence is cut to a few kilobytes; a range that begins beyond them is dropped.
  func finding(
    _ message: String, range: Range<Int>? = nil, evidence: [UInt8]? = nil, hint: String = "",
    section: String = ""
  ) -> Finding {
    var (range, evidence) = (range, evidence)
    evidence = evidence.map(Self.shown)
    if let place = range, let count = evidence?.count {
      range =
        place.lowerBound <= count ? place.lowerBound..<min(count, place.upperBound) : nil
    }
    return Finding(
      rawValue, severity, range: range, evidence: evidence, message: message, hint: hint,
      section: section)
  }
}
