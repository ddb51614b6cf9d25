/// The text of one line while it is put together: compact JSON, written byte by byte.
///
/// The caller keeps to the grammar. It is quicker than building values, which counts with every
/// exchange of a session.
struct LineText {
  private(set) var bytes: [UInt8] = []

  /// Adds text that is JSON as it stands.
  mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Adds text that is JSON as it stands.
  mutating func raw(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  /// Takes the last byte away, such as a comma too many.
  mutating func dropLast() { bytes.removeLast() }

  /// The last byte.
  var last: UInt8? { bytes.last }

  /// Adds an integer.
  mutating func int(_ number: Int) {
    if number >= 0, number < 10 { return bytes.append(0x30 + UInt8(number)) }
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Adds a number of microseconds as seconds with six decimals.
  mutating func seconds(micros: Int) {
    var rest = micros.magnitude
    if micros < 0 { bytes.append(0x2D) }
    int(Int(rest / 1_000_000))
    rest %= 1_000_000
    bytes.append(0x2E)
    var unit: UInt = 100_000
    while unit > 0 {
      bytes.append(0x30 + UInt8(rest / unit))
      rest %= unit
      unit /= 10
    }
  }

  /// Adds a duration as seconds, or null.
  mutating func seconds(_ duration: Duration?) {
    if let duration { seconds(micros: duration.micros) } else { raw("null") }
  }

  /// Adds a string.
  mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { _ = quote($0) }
  }

  /// Adds bytes that come back exactly: a string if they are UTF-8, else `{"base64":"…"}`.
  mutating func exact(_ data: [UInt8]) {
    let start = bytes.count
    if data.withUnsafeBufferPointer({ quote($0) }) { return }
    bytes.removeSubrange(start...)
    raw("{\"base64\":\"")
    Base64.encode(data, into: &bytes)
    raw("\"}")
  }

  /// Adds a string of those bytes; false, with half of it added, if they are no UTF-8.
  private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.reserveCapacity(bytes.count + text.count + text.count / 8 + 2)
    bytes.append(0x22)
    var at = 0
    while at < text.count {
      let plain = ByteScan.plainEnd(text, from: at)
      if plain > at {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[at..<plain]))
        at = plain
        continue
      }
      if text[at] < 0x80 {
        escape(text[at])
        at += 1
      } else {
        let length = ByteScan.sequenceLength(text, at: at)
        if length == 0 { return false }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[at..<(at + length)]))
        at += length
      }
    }
    bytes.append(0x22)
    return true
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(0x5C)
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x0A: bytes.append(0x6E)
    case 0x0D: bytes.append(0x72)
    case 0x09: bytes.append(0x74)
    default:
      raw("u00")
      bytes.append(Hex.digit(byte >> 4))
      bytes.append(Hex.digit(byte & 15))
    }
  }
}

extension Duration {
  /// Whole microseconds.
  var micros: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }

  /// The duration in seconds.
  var inSeconds: Double { Double(micros) / 1e6 }
}

/// Hexadecimal digits.
enum Hex {
  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { value(byte) != nil }

  /// A number as that many lower-case digits.
  static func text(_ number: UInt64, digits: Int) -> String {
    let all = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - all.count)) + all.suffix(digits)
  }
}
