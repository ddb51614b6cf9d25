/// What a host sends back for one message, and how: whole and at once, unless a fault has a say.
struct Delivery: Sendable {
  /// What Content-Length says.
  enum Length: Sendable {
    case exact
    case off(by: Int)
    case characters
  }

  /// Each is one message to be framed; over HTTP they make one body.
  var texts: [[UInt8]]
  /// How long to wait before.
  var pause: Duration?
  /// How long to wait before each byte.
  var drip: Duration?
  /// What Content-Length says.
  var length = Length.exact
  /// HTTP: what Content-Type says; empty for nothing.
  var contentType = "application/json"
  /// HTTP: more header fields.
  var headers: [(String, String)] = []
  /// HTTP: the status.
  var status = 200
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
    case .exact: body.count
    case .off(let count): max(0, body.count + count)
    case .characters: String(decoding: body, as: UTF8.self).unicodeScalars.count
    }
  }

  /// How much of so many bytes is sent.
  func sentCount(of count: Int) -> Int { isCut ? count * 3 / 4 : count }
}
