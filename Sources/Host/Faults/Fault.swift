/// A way in which a server's reply can be wrong, one for each that is met in the wild.
public enum Fault: String, Sendable, CaseIterable {
  // Time and connection.
  case delay, slow, drop, close, cut
  // The frame around the text.
  case lengthLong = "length-long"
  case lengthShort = "length-short"
  case lengthCharacters = "length-characters"
  case contentType = "content-type"
  case status
  // The text as a whole.
  case empty, html, twice
  case logLine = "log-line"
  case twoValues = "two-values"
  case bom
  case latin1 = "latin-1"
  case truncated
  // The grammar.
  case trailingComma = "trailing-comma"
  case missingComma = "missing-comma"
  case unquotedKey = "unquoted-key"
  case singleQuotes = "single-quotes"
  case nan
  case leadingZero = "leading-zero"
  case pythonLiteral = "python-literal"
  case comment
  case loneSurrogate = "lone-surrogate"
  case controlCharacter = "control-character"
  case duplicateKey = "duplicate-key"
  // The members of a reply.
  case noVersion = "no-version"
  case wrongVersion = "wrong-version"
  case idType = "id-type"
  case nullID = "null-id"
  case noID = "no-id"
  case wrongID = "wrong-id"
  case both, neither
  case errorWithoutCode = "error-without-code"
  case errorCodeString = "error-code-string"
  case errorString = "error-string"
  case extraMember = "extra-member"
  case batch, notification

  /// What is wrong with the reply, in a few words.
  public var summary: String {
    switch self {
    case .delay: "the reply comes late: `delay:2s` (1 s if not said)"
    case .slow: "the reply comes byte by byte: `slow:5ms` (20 ms if not said)"
    case .drop: "no reply at all"
    case .close: "the connection ends instead of the reply"
    case .cut: "the connection ends in the middle of the reply"
    case .lengthLong: "Content-Length says 10 bytes more than there are"
    case .lengthShort: "Content-Length says 10 bytes less than there are"
    case .lengthCharacters: "Content-Length counts characters; shows beyond ASCII only"
    case .contentType: "HTTP: the reply is text/plain"
    case .status: "HTTP: the reply has status 500"
    case .empty: "an empty text instead of the reply"
    case .html: "a page instead of JSON"
    case .twice: "the same reply two times"
    case .logLine: "a line of log before the JSON"
    case .twoValues: "two values where one belongs"
    case .bom: "a byte order mark before the text"
    case .latin1: "a byte that is not UTF-8"
    case .truncated: "a text that stops in the middle"
    case .trailingComma: "a comma before a closing brace"
    case .missingComma: "no comma between two members"
    case .unquotedKey: "a key without quotes"
    case .singleQuotes: "a string in single quotes"
    case .nan: "NaN for a number"
    case .leadingZero: "a number that begins with 0"
    case .pythonLiteral: "True instead of true"
    case .comment: "a comment"
    case .loneSurrogate: "half of a surrogate pair"
    case .controlCharacter: "a raw tab in a string"
    case .duplicateKey: "a key that stands twice"
    case .noVersion: "no \"jsonrpc\""
    case .wrongVersion: "the version as a number"
    case .idType: "the id as a string where it was a number, or the reverse"
    case .nullID: "null for the id"
    case .noID: "no id"
    case .wrongID: "an id that nobody sent"
    case .both: "both a result and an error"
    case .neither: "neither a result nor an error"
    case .errorWithoutCode: "an error without a code"
    case .errorCodeString: "an error whose code is a string"
    case .errorString: "a string for the error"
    case .extraMember: "a member that does not belong there"
    case .batch: "an array where a single reply belongs"
    case .notification: "a notification where the reply belongs"
    }
  }

  /// How long it takes unless said otherwise; nil if that means nothing to it.
  var defaultDuration: Duration? {
    switch self {
    case .delay: .seconds(1)
    case .slow: .milliseconds(20)
    default: nil
    }
  }

  /// Whether it changes the text of one reply, rather than what is sent as a whole.
  var isOfText: Bool {
    switch self {
    case .delay, .slow, .drop, .close, .cut, .lengthLong, .lengthShort, .lengthCharacters,
      .contentType, .status, .empty, .html, .twice, .logLine, .twoValues, .bom:
      false
    default: true
    }
  }
}
