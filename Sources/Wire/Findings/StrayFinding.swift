import LosslessJSON

/// What text between messages looks like.
enum StrayFinding {
  /// The findings of a line or run of text that is no message.
  static func of(_ text: [UInt8], in framing: FramingName) -> [Finding] {
    let head = text.prefix(512)
    let first = head.drop(while: Byte.isBlank).prefix { $0 != Byte.newline }
    if isHTTP(first) { return [http(Array(first))] }
    if isTLS(head) { return [tls(Array(head.prefix(16)))] }
    if framing != .headers, let field = HeaderBlock.field(first), isLength(field) {
      return [FrameText.headersMet(Array(first))]
    }
    if framing != .netstring, isNetstring(first) { return [FrameText.netstringMet(Array(first))] }
    if head.allSatisfy({ $0 == 0 }) { return [FrameText.nulSeparated(Array(head))] }
    if isStackTrace(head) { return [stackTrace(Array(first))] }
    return [misplaced(text, framing) ?? stray(Array(first), framing)]
  }

  /// A log line that stands between the lines of one message.
  static func inside(_ text: [UInt8]) -> Finding {
    WireRule.logInside.finding(
      "text that is no JSON stands in the middle of a message", range: 0..<text.count,
      evidence: text, hint: logHint)
  }

  /// A log line that cut a message in two, and was taken out of it.
  static func cutOut(_ whole: [UInt8], _ range: Range<Int>) -> Finding {
    WireRule.logInside.finding(
      "a log line was written into the middle of this message; it is read without it",
      range: range, evidence: whole, hint: logHint)
  }

  private static let logHint =
    "two writers share the server's standard output: logs belong on stderr"

  private static func stray(_ text: [UInt8], _ framing: FramingName) -> Finding {
    WireRule.strayText.finding(
      "this is text, no message", range: 0..<text.count, evidence: text,
      hint: framing == .lines || framing == .headers
        ? "the server should log to stderr, since a client reads its standard output"
        : "nothing but messages may stand in the stream")
  }

  private static func stackTrace(_ text: [UInt8]) -> Finding {
    WireRule.stackTrace.finding(
      "the server failed: this is a stack trace or an error of its runtime, no message",
      range: 0..<text.count, evidence: text,
      hint: "the last line of the trace usually names the cause")
  }

  private static func http(_ line: [UInt8]) -> Finding {
    WireRule.httpMet.finding(
      "an HTTP server answers here", range: 0..<line.count, evidence: line,
      hint: "connect to http://HOST:PORT/ instead")
  }

  private static func tls(_ bytes: [UInt8]) -> Finding {
    WireRule.tlsMet.finding(
      "a TLS server answers here: this is a TLS record, no message", range: 0..<bytes.count,
      evidence: bytes, hint: "connect with https://, or to the server's plain port")
  }

  // MARK: - Recognising

  private static func isHTTP(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: Array("HTTP/".utf8)) && line.count >= 12
      && line.dropFirst(5).first.map(Byte.isDigit) == true
  }

  /// An alert or a handshake record of TLS.
  private static func isTLS(_ head: ArraySlice<UInt8>) -> Bool {
    let head = Array(head.prefix(3))
    return head.count == 3 && (head[0] == 0x15 || head[0] == 0x16) && head[1] == 3 && head[2] < 5
  }

  private static func isLength(
    _ field: (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)
  ) -> Bool {
    HeaderBlock.Name(field.name).isLength && field.value.first.map(Byte.isDigit) == true
  }

  /// `12:` or `,12:`, perhaps with the JSON after it.
  static func isNetstring(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop { $0 == Byte.comma }
    let digits = rest.prefix(while: Byte.isDigit)
    guard !digits.isEmpty, digits.count <= 9, let colon = rest.dropFirst(digits.count).first,
      colon == Byte.colon
    else { return false }
    guard let after = rest.dropFirst(digits.count + 1).first else { return true }
    return Byte.isBracket(after)
  }

  private static let traces: [String] = [
    "Traceback (most recent call last)", "Exception in thread", "Unhandled exception",
    "Uncaught ", "UnhandledPromiseRejection", "panic: ", "goroutine ", "Fatal error: ",
    "Segmentation fault", "PHP Fatal error", "thread '", "fatal error: ", "terminate called",
  ]

  private static func isStackTrace(_ head: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: head, as: UTF8.self)
    if traces.contains(where: text.hasPrefix) { return true }
    if text.hasPrefix("  File \""), text.contains(", line ") { return true }
    let trimmed = text.drop { $0 == " " || $0 == "\t" }
    guard trimmed.startIndex > text.startIndex, trimmed.hasPrefix("at ") else {
      return endsInErrorName(text)
    }
    return trimmed.contains("(") || trimmed.contains(":")
  }

  /// `ValueError: …`, `java.lang.NullPointerException: …`.
  private static func endsInErrorName(_ text: String) -> Bool {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" || $0 == "$" }
    guard name.endIndex < text.endIndex, text[name.endIndex] == ":" else { return false }
    return (name.hasSuffix("Error") || name.hasSuffix("Exception")) && name.count > 5
  }
}
