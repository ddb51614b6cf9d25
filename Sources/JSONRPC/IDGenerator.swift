import LosslessJSON

/// Makes ids for requests.
public struct IDGenerator: Sendable {
  /// The ids to make.
  public enum Style: Sendable, Hashable {
    /// Integers: 1, 2, 3 …
    case decimal(start: Int = 1)
    /// Strings of lower-case hexadecimal digits: "1", … "9", "a" …
    case hexadecimal(start: Int = 1)
    /// Strings of that many characters, drawn from those; by default eight digits and letters.
    case random(length: Int = 8, characters: String = "0123456789abcdefghijklmnopqrstuvwxyz")
    /// Random UUIDs (RFC 9562 version 4) in lower case.
    case uuid
  }

  private let style: Style
  private var counter: Int
  private var source: any RandomNumberGenerator & Sendable

  /// A generator at its start. `source` is where random ids come from.
  public init(
    _ style: Style = .decimal(),
    source: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
  ) {
    self.style = style
    self.source = source
    switch style {
    case .decimal(let start), .hexadecimal(let start): counter = start
    case .random, .uuid: counter = 0
    }
  }

  /// Makes the next id. Random ones may repeat; the session skips those in flight.
  public mutating func next() -> RequestID {
    switch style {
    case .decimal: return RequestID(count())
    case .hexadecimal: return RequestID(String(count(), radix: 16))
    case .random(let length, let characters):
      let choices = Array(characters)
      guard !choices.isEmpty else { return RequestID("") }
      let drawn = (0..<max(length, 1)).map { _ in choices[random(below: choices.count)] }
      return RequestID(String(drawn))
    case .uuid: return RequestID(uuid())
    }
  }

  private mutating func count() -> Int {
    defer { counter &+= 1 }
    return counter
  }

  private mutating func random(below bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &source)
  }

  private mutating func uuid() -> String {
    var bytes = (0..<16).map { _ in UInt8(truncatingIfNeeded: random(below: 256)) }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return [hex[0..<4], hex[4..<6], hex[6..<8], hex[8..<10], hex[10..<16]]
      .map { $0.joined() }.joined(separator: "-")
  }
}
