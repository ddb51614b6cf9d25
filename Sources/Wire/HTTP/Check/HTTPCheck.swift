public import LosslessJSON

/// Says what is wrong or odd about an HTTP reply as HTTP: rules `http.…`.
///
/// The cause comes first. Findings about the body have ranges in the body; those about the head
/// carry the status line or the header line as evidence.
public enum HTTPCheck {
  /// The findings of an exchange that ended.
  public static func findings(of reply: HTTPReply) -> [Finding] {
    let (length, remarks) = split(length(reply))
    var found = length
    if found.isEmpty, let cause = transport(reply) ?? miscounted(reply) { found.append(cause) }
    guard reply.head != nil else { return found }
    if let cause = status(reply) {
      found.append(cause)
    } else if found.isEmpty, let kind = body(reply) {
      found.append(kind)
    }
    return found + remarks + wrapping(reply)
  }

  /// The errors, and the rest.
  private static func split(_ findings: [Finding]) -> ([Finding], [Finding]) {
    (findings.filter { $0.severity == .error }, findings.filter { $0.severity != .error })
  }

  /// The start of a body, up to its first line end, as a range.
  static func firstLine(_ body: [UInt8]) -> Range<Int> {
    let start = body.firstIndex { !Byte.isBlank($0) } ?? 0
    let end = body[start...].firstIndex { $0 == Byte.newline || $0 == Byte.carriageReturn }
    return start..<min(end ?? body.count, start + 200)
  }

  /// Whether a text has some words in it, whatever their case.
  static func mentions(_ text: String, _ words: [String]) -> Bool {
    let bytes = Array(text.lowercased().utf8)
    return words.contains { word in
      let wanted = Array(word.utf8)
      guard bytes.count >= wanted.count else { return false }
      return (0...(bytes.count - wanted.count)).contains {
        bytes[$0] == wanted[0] && bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
      }
    }
  }

  /// A body's beginning as text.
  static func text(_ body: [UInt8]) -> String { String(decoding: body.prefix(2048), as: UTF8.self) }
}
