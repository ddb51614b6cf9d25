import JSONRPC
import LosslessJSON
import Wire

/// Tells what a text is that somebody pasted, or kept in a file.
enum InputSniffer {
  /// The form that the text most likely has.
  static func form(of bytes: [UInt8]) -> InputForm {
    let text = bytes[...].dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    let start = text.firstIndex { !isBlank($0) } ?? text.endIndex
    if begins(text[start...], "HTTP/") { return .http }
    let lines = Lines(text)
    if lines.marked > 0, lines.marked >= lines.bare.count { return .log }
    if lines.hasLength { return .headers }
    if let json = try? JSON(reading: bytes) { return isJSONRPC(json) ? .reply : .json }
    if let form = several(lines.bare) { return form }
    if lines.hasPrefixed { return .lines }
    if let form = values(bytes) { return form }
    return mentionsJSONRPC(text) ? .reply : .json
  }

  /// Whether a value is meant as JSON-RPC: an object with one of its members, an array of
  /// such, or a string that holds the text of one.
  static func isJSONRPC(_ json: JSON) -> Bool {
    switch json.kind {
    case .object: ["jsonrpc", "result", "error", "method"].contains { json[$0] != nil }
    case .array: json.elements.prefix(8).contains { $0.kind == .object && isJSONRPC($0) }
    case .string: holdsJSONRPC(json)
    default: false
    }
  }

  private static func holdsJSONRPC(_ json: JSON) -> Bool {
    guard let text = json.string, let first = text.utf8.first(where: { !isBlank($0) }),
      first == 0x7B || first == 0x5B, let inner = try? JSON(reading: text)
    else { return false }
    return isJSONRPC(inner)
  }

  // MARK: - Lines

  /// The lines of a text, as far as they tell of its form.
  private struct Lines {
    /// How many begin with `-->` or `<--`.
    var marked = 0
    /// Whether one of them is a `Content-Length` header.
    var hasLength = false
    /// Those that begin with a bracket, without indentation.
    var bare: [ArraySlice<UInt8>] = []
    /// Whether a line is a message behind other text, as a log has it.
    var hasPrefixed = false

    init(_ text: ArraySlice<UInt8>) {
      for line in text.split(separator: 0x0A) {
        if begins(line, "-->") || begins(line, "<--") { marked += 1 }
        if !hasLength, begins(line, "content-length:") { hasLength = true }
        let first = line.first
        // `[INFO] {…}` begins with a bracket, too.
        if first != 0x7B, bare.count < 200, Self.isPrefixed(line) {
          hasPrefixed = true
        } else if first == 0x7B || first == 0x5B {
          bare.append(line)
        }
      }
      // Otherwise it is a value over several lines, one of which is odd.
      if bare.contains(where: { (try? JSON(reading: Array($0))) == nil }) { hasPrefixed = false }
    }

    private static func isPrefixed(_ line: ArraySlice<UInt8>) -> Bool {
      guard line.count < 1 << 16, let open = line.firstIndex(of: 0x7B), open > line.startIndex,
        !isScript(line[..<open]), let json = try? JSON(reading: Array(line[open...]))
      else { return false }
      return isJSONRPC(json) && (json["jsonrpc"] != nil || json["id"] != nil)
    }

    /// Whether text before a value is no log but a part of how it was sent: `for(;;);`, `data:`.
    private static func isScript(_ prefix: ArraySlice<UInt8>) -> Bool {
      prefix.first.map(isBlank) ?? true || prefix.contains(0x3B) || prefix.last == 0x28
        || begins(prefix, "data:")
    }
  }

  /// The form if most of the lines are messages by themselves.
  private static func several(_ lines: [ArraySlice<UInt8>]) -> InputForm? {
    guard lines.count > 1 else { return nil }
    let values = lines.prefix(200).map { try? JSON(reading: Array($0)) }
    let count = values.count { $0 != nil }
    guard count > 0, count * 2 >= values.count else { return nil }
    if lines.count == 2, let first = values[0], isRequest(first), !isRequest(values[1]) {
      return .pair
    }
    return .lines
  }

  // MARK: - Values

  /// The form if the text is whole values one after the other.
  private static func values(_ bytes: [UInt8]) -> InputForm? {
    var framing = ValueFraming()
    var messages: [[UInt8]] = []
    var strays = 0
    for output in framing.feed(bytes[...]) + framing.finish() {
      switch output {
      case .message(let bytes, _): messages.append(bytes)
      case .stray: strays += 1
      case .oversize: return nil
      }
    }
    let isRest = framing.pending > 0
    let pieces = messages.count + (isRest ? 1 : 0)
    guard pieces > 1, strays == 0 else { return nil }
    let first = try? JSON(reading: messages[0])
    guard let first, first.isContainer else { return nil }
    if pieces == 2, isRequest(first) { return .pair }
    return isJSONRPC(first) ? .values : nil
  }

  static func isRequest(_ json: JSON?) -> Bool {
    guard let json else { return false }
    switch Message(json) {
    case .request, .notification: return true
    case .batch(let elements):
      return elements.contains { if case .request = $0 { true } else { false } }
    default: return false
    }
  }

  // MARK: - Bytes

  private static func mentionsJSONRPC(_ text: ArraySlice<UInt8>) -> Bool {
    let start = String(decoding: text.prefix(4096), as: UTF8.self)
    return ["jsonrpc", "\"result\"", "\"error\"", "'result'", "'error'"].contains(
      where: start.contains)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// Whether bytes begin with a text, compared without case.
  private static func begins(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    guard bytes.count >= text.utf8.count else { return false }
    return zip(bytes, text.utf8).allSatisfy { byte, wanted in
      byte == wanted || ((0x41...0x5A).contains(byte) && byte | 0x20 == wanted)
    }
  }
}
