public import LosslessJSON

/// Kinds of values that are different every time without anything being different.
public enum VaryingValue: String, Sendable, Hashable, CaseIterable {
  /// A date or time: ISO 8601, an HTTP date, or seconds, milliseconds … since 1970.
  case time
  /// A UUID.
  case uuid
  /// Hexadecimal digits or Base64 such as a hash, an address or a token, of the same length.
  case hash
  /// A whole number that went up.
  case counter
  /// Anything, as long as it is of the same kind of JSON.
  case any

  /// What kind both values are of; nil if they rather differ in earnest.
  public static func shared(_ old: JSON, _ new: JSON) -> VaryingValue? {
    if let one = old.string, let two = new.string {
      let one = Array(one.utf8)
      let two = Array(two.utf8)
      if isUUID(one), isUUID(two) { return .uuid }
      if isTime(one), isTime(two) { return .time }
      if isHash(one), isHash(two), abs(one.count - two.count) <= 2 { return .hash }
      if let one = hexNumber(one), let two = hexNumber(two), two > one { return .counter }
      return VaryingText.shared(one, two)
    }
    guard let one = old.double, let two = new.double else { return nil }
    if isEpoch(one), isEpoch(two) { return .time }
    guard let one = old.int, let two = new.int else { return nil }
    return two > one && one >= 0 ? .counter : nil
  }

  /// Whether both values are of this kind.
  public func covers(_ old: JSON, _ new: JSON) -> Bool {
    switch self {
    // A time may be the same second, a counter may have stood still.
    case .any: old.kind == new.kind
    case .counter: old == new || Self.shared(old, new) == .counter || Self.areCounts(old, new)
    default: old == new || Self.shared(old, new) == self
    }
  }

  private static func areCounts(_ old: JSON, _ new: JSON) -> Bool {
    guard let one = old.int, let two = new.int else { return false }
    return one >= 0 && two >= 0
  }

  private static func isUUID(_ text: [UInt8]) -> Bool {
    text.count == 36
      && text.enumerated().allSatisfy { place, byte in
        [8, 13, 18, 23].contains(place) ? byte == 0x2D : Hex.isDigit(byte)
      }
  }

  private static func isTime(_ text: [UInt8]) -> Bool {
    guard text.count >= 10, text.count <= 40 else { return false }
    let string = String(decoding: text, as: UTF8.self)
    if CivilTime.parse(string) != nil { return true }
    // `Sat, 21 Nov 2026 14:00:52 GMT`
    return text.count == 29 && string.hasSuffix(" GMT") && text[3] == 0x2C
  }

  /// Whether a number is a moment from 2001 to 2100, in seconds, milli-, micro- or nanoseconds.
  private static func isEpoch(_ number: Double) -> Bool {
    [1.0, 1e3, 1e6, 1e9].contains { (1e9...4.1e9).contains(number / $0) }
  }

  private static func isHash(_ text: [UInt8]) -> Bool {
    let digits = text.starts(with: [0x30, 0x78]) ? text.dropFirst(2) : text[...]
    if digits.count >= 16, digits.allSatisfy(Hex.isDigit) { return true }
    guard text.count >= 20, !text.contains(0x20) else { return false }
    let isPlain = text.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x3D, 0x2D, 0x5F: true
      default: false
      }
    }
    return isPlain && text.contains { (0x30...0x39).contains($0) }
      && text.contains { (0x41...0x5A).contains($0) }
      && text.contains { (0x61...0x7A).contains($0) }
  }

  /// `0x1a2b`, as Ethereum counts.
  private static func hexNumber(_ text: [UInt8]) -> UInt64? {
    guard text.starts(with: [0x30, 0x78]), text.count > 2, text.count <= 17 else { return nil }
    return UInt64(String(decoding: text.dropFirst(2), as: UTF8.self), radix: 16)
  }
}
