import Wire

/// What a host sends back for one message, and how: whole and at once, unless a fault has a say.
struct Delivery: Sendable {
  /// What Content-Length says.
  enum Length: Sendable {
    case exact
    case off(by: Int)
    case characters
    case units
    /// The right number, with zeros before it.
    case zeros
  }

  /// Each is one message to be framed; over HTTP they make one body.
  var texts: [[UInt8]]
  /// How long to wait before.
  var pause: Duration?
  /// How long to wait before each byte.
  var drip: Duration?
  /// What Content-Length says.
  var length = Length.exact
  /// The lines that stand in the place of Content-Length, made from the right number.
  var lengthLines: (@Sendable (Int) -> [String])?
  /// Further fields of the head.
  var fields: [(String, String)] = []
  /// What ends a line of the head.
  var lineEnd = "\r\n"
  /// The charset that Content-Type names.
  var charset: String?
  /// How a message is framed on a stream, if not as the stream is.
  var frame: (@Sendable ([UInt8], any Framing) -> [UInt8])?
  /// Sent in the place of everything, after which the connection ends.
  var raw: [UInt8]?
  /// Follows everything.
  var surplus: [UInt8] = []
  /// HTTP: what Content-Type says; empty for nothing.
  var contentType = "application/json"
  /// HTTP: more header fields.
  var headers: [(String, String)] = []
  /// HTTP: the status.
  var status = 200
  /// HTTP: the version that the status line names.
  var version = "HTTP/1.1"
  /// Only the first part of it is sent before the connection ends.
  var isCut = false
  /// The connection ends after it.
  var closes = false
  /// Nothing is sent, and the connection stays open.
  var isSilent = false
  /// The faults that made it what it is.
  var faults: [Fault] = []

  init(_ texts: [[UInt8]]) { self.texts = texts }

  /// The number that a Content-Length has.
  func statedLength(of body: [UInt8]) -> Int {
    switch length {
    case .exact, .zeros: body.count
    case .off(let count): max(0, body.count + count)
    case .characters: String(decoding: body, as: UTF8.self).unicodeScalars.count
    case .units: String(decoding: body, as: UTF8.self).utf16.count
    }
  }

  /// How much of so many bytes is sent.
  func sentCount(of count: Int) -> Int { isCut ? count * 3 / 4 : count }
}

extension Delivery {
  /// A message on a stream of that framing.
  func framed(_ text: [UInt8], _ framing: any Framing) -> [UInt8] {
    if let frame { return frame(text, framing) }
    switch framing.name {
    case FramingName.headers.rawValue: return head(of: text) + text
    case FramingName.netstring.rawValue: return Array("\(number(of: text)):".utf8) + text + [0x2C]
    default: return framing.wrap(text)
    }
  }

  /// The block before a message.
  private func head(of text: [UInt8]) -> [UInt8] {
    var lines = fields.map { "\($0.0): \($0.1)" } + lengthLines(of: text)
    if charset != nil || lines.isEmpty {
      lines.append("Content-Type: application/vscode-jsonrpc; charset=\(charset ?? "utf-8")")
    }
    return Array(lines.map { $0 + lineEnd }.joined().utf8) + Array(lineEnd.utf8)
  }

  private func lengthLines(of text: [UInt8]) -> [String] {
    lengthLines?(text.count) ?? ["Content-Length: \(number(of: text))"]
  }

  private func number(of text: [UInt8]) -> String {
    if case .zeros = length { return "00\(text.count)" }
    return String(statedLength(of: text))
  }

  // MARK: - HTTP

  /// The body of an HTTP reply.
  var body: [UInt8] {
    texts.count == 1 ? texts[0] : Array(texts.joined(separator: [0x0A]))
  }

  /// Content-Type, and what else stands beside it.
  var headFields: [(String, String)] {
    let type = contentType + (charset.map { "; charset=\($0)" } ?? "")
    return (contentType.isEmpty ? [] : [("Content-Type", type)]) + headers + fields
  }

  /// Whether its head can't be written but by hand.
  var needsOwnHead: Bool {
    if case .zeros = length { return true }
    return lengthLines != nil || lineEnd != "\r\n" || version != "HTTP/1.1" || !surplus.isEmpty
  }

  /// The whole HTTP reply, after which the connection ends.
  func response(reason: String) -> [UInt8] {
    let body = body
    var lines = ["\(version) \(status) \(reason)"] + headFields.map { "\($0.0): \($0.1)" }
    lines += lengthLines(of: body) + ["Connection: close", ""]
    return Array(lines.map { $0 + lineEnd }.joined().utf8) + body + surplus
  }
}
