public import LosslessJSON

/// Everything that can be said of how messages are framed and of HTTP replies around them.
///
/// The raw values are the ids that findings carry.
public enum WireRule: String, CaseIterable, Sendable {
  // Content-Length headers.
  case lengthMissing = "frame.length-missing"
  case lengthRepeated = "frame.length-repeated"
  case lengthConflict = "frame.length-conflict"
  case lengthNegative = "frame.length-negative"
  case lengthNotANumber = "frame.length-not-a-number"
  case lengthTooLong = "frame.length-too-long"
  case lengthTooShort = "frame.length-too-short"
  case lengthInCharacters = "frame.length-in-characters"
  case lengthInUTF16 = "frame.length-in-utf16"
  case headerLineFeed = "frame.line-feed"
  case headerUnknown = "frame.header-unknown"
  case headerMisspelt = "frame.header-misspelt"
  case headerMalformed = "frame.header-malformed"
  case headerCharset = "frame.charset"

  // Text that is no message.
  case strayText = "frame.stray-text"
  case stackTrace = "frame.stack-trace"
  case logInside = "frame.log-inside"

  // Messages that are not one to a frame.
  case severalValues = "frame.several-values"
  case multiLine = "frame.multi-line"
  case noLineEnd = "frame.no-line-end"
  case cutShort = "frame.cut-short"
  case stalled = "frame.stalled"
  case swallowed = "frame.unclosed"

  // Another framing, protocol or encoding than expected.
  case carriageReturn = "frame.carriage-return"
  case nulSeparated = "frame.nul-separated"
  case headersMet = "frame.headers-met"
  case netstringMet = "frame.netstring-met"
  case linesMet = "frame.no-header"
  case httpMet = "frame.http-met"
  case tlsMet = "frame.tls-met"
  case byteOrderMark = "frame.byte-order-mark"
  case utf16 = "frame.utf-16"

  // Netstrings.
  case netstringLength = "frame.netstring-length"
  case netstringZero = "frame.netstring-zero"
  case netstringComma = "frame.netstring-comma"

  // HTTP: what came is no reply.
  case html = "http.html"
  case plainText = "http.plain-text"
  case xml = "http.xml"
  case xmlRPC = "http.xml-rpc"
  case binary = "http.binary"
  case emptyBody = "http.empty-body"
  case noContent = "http.no-content"
  case noReply = "http.no-reply"
  case notHTTP = "http.not-http"
  case tlsExpected = "http.tls-expected"
  case plainExpected = "http.plain-expected"

  // HTTP: the status says why.
  case redirect = "http.redirect"
  case badRequest = "http.bad-request"
  case unauthorized = "http.unauthorized"
  case forbidden = "http.forbidden"
  case notFound = "http.not-found"
  case methodNotAllowed = "http.method-not-allowed"
  case notAcceptable = "http.not-acceptable"
  case proxyAuthentication = "http.proxy-authentication"
  case tooLarge = "http.too-large"
  case mediaType = "http.unsupported-media-type"
  case upgradeRequired = "http.upgrade-required"
  case tooManyRequests = "http.too-many-requests"
  case clientError = "http.client-error"
  case badGateway = "http.bad-gateway"
  case unavailable = "http.unavailable"
  case gatewayTimeout = "http.gateway-timeout"
  case serverError = "http.server-error"
  case errorStatus = "http.error-status"
  case oddStatus = "http.odd-status"

  // HTTP: the reply is there, but its wrapping is off.
  case contentType = "http.content-type"
  case charset = "http.charset"
  case bodyCutShort = "http.body-cut-short"
  case surplus = "http.surplus"
  case decompression = "http.decompression"
  case eventStream = "http.event-stream"
  case notEventStream = "http.not-event-stream"
  case noLength = "http.no-length"
  case oldVersion = "http.version-1.0"
  case headerRepeated = "http.header-repeated"
  case lineFeed = "http.line-feed"

  /// Whether the rule is about HTTP; otherwise it is about a stream's framing.
  public var isHTTP: Bool { rawValue.hasPrefix("http.") }

  /// How bad it is for a client that takes the bytes at their word.
  public var severity: Finding.Severity {
    switch self {
    case .headerUnknown, .noLength, .oldVersion, .errorStatus, .eventStream: .note
    case .lengthRepeated, .headerLineFeed, .headerCharset, .strayText, .noLineEnd, .stalled,
      .byteOrderMark, .netstringZero, .contentType, .charset, .surplus, .headerRepeated,
      .lineFeed, .oddStatus:
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
