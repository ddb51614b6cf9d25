/// What a body that is no JSON looks like.
enum BodyKind: Equatable {
  case html(title: String?)
  case xmlRPC
  case soap
  case xml
  case events
  case json
  case binary
  case text

  init(_ body: [UInt8]) {
    var start = body[...]
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    start = start.drop(while: Byte.isBlank)
    let head = String(decoding: start.prefix(4096), as: UTF8.self)
    let lower = head.lowercased()
    if let first = start.first, Byte.isBracket(first), !lower.hasPrefix("[error") {
      self = .json
    } else if Self.isHTML(lower) {
      self = .html(title: Self.title(head))
    } else if lower.hasPrefix("<") {
      self = Self.xml(lower)
    } else if ["data:", "event:", "id:", ": "].contains(where: lower.hasPrefix) {
      self = .events
    } else {
      self = Self.isBinary(start.prefix(512)) ? .binary : .text
    }
  }

  /// The body in words, with an article.
  var name: String {
    switch self {
    case .html(let title): "an HTML page" + (title.map { " titled \"\($0)\"" } ?? "")
    case .xmlRPC: "XML-RPC"
    case .soap: "a SOAP message"
    case .xml: "XML"
    case .events: "an event stream"
    case .json: "JSON that is no JSON-RPC reply"
    case .binary: "bytes that are no text"
    case .text: "plain text"
    }
  }

  private static func isHTML(_ lower: String) -> Bool {
    if ["<!doctype html", "<html", "<head", "<body", "<title", "<h1", "<center", "<pre"]
      .contains(where: lower.hasPrefix)
    {
      return true
    }
    return lower.hasPrefix("<") && lower.contains("<html")
  }

  private static func xml(_ lower: String) -> BodyKind {
    if lower.contains("<methodresponse") || lower.contains("<methodcall") { return .xmlRPC }
    return lower.contains("envelope") && lower.contains("soap") ? .soap : .xml
  }

  /// The title, or else the first heading, with its blanks as single ones.
  private static func title(_ text: String) -> String? {
    element("title", text) ?? element("h1", text)
  }

  private static func element(_ name: String, _ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard let open = find("<" + name, bytes, 0),
      let start = bytes[open...].firstIndex(of: UInt8(ascii: ">")),
      let end = find("</", bytes, start)
    else { return nil }
    let words = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : String(words.joined(separator: " ").prefix(120))
  }

  private static func find(_ mark: String, _ bytes: [UInt8], _ start: Int) -> Int? {
    let mark = Array(mark.utf8)
    guard bytes.count - start >= mark.count else { return nil }
    return (start...(bytes.count - mark.count)).first { at in
      zip(bytes[at...], mark).allSatisfy { $0 == $1 || ($0 | 0x20 == $1 && Byte.isLetter($1)) }
    }
  }

  private static func isBinary(_ head: ArraySlice<UInt8>) -> Bool {
    let odd = head.count { $0 < 0x20 && !Byte.isBlank($0) && $0 != 0x1B || $0 == 0x7F }
    if odd * 10 > head.count { return true }
    // A cut inside a character is no sign of anything.
    return String(validating: head.dropLast(min(3, head.count)), as: UTF8.self) == nil
  }
}
