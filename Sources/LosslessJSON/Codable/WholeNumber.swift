/// Whole numbers that are spelt with a fraction or an exponent: `1.0`, `25e2`, `-0.0`.
enum WholeNumber {
  /// The plain digits of a JSON number that is whole, or nil if it has a fraction. Exact: nothing
  /// passes through a double. More digits than any integer type has come out as such a long text.
  static func digits(_ text: String) -> String? {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == 0x2D
    if isNegative { bytes = bytes.dropFirst() }
    let mantissa = bytes.prefix { $0 | 0x20 != 0x65 }
    let whole = mantissa.prefix { $0 != 0x2E }
    let fraction = mantissa.dropFirst(whole.count + 1)
    var digits = Array(whole + fraction)
    if digits.allSatisfy({ $0 == 0x30 }) { return "0" }
    let exponentText = String(decoding: bytes.dropFirst(mantissa.count + 1), as: UTF8.self)
    let isSmall = exponentText.first == "-"
    // An exponent that no Int holds is far beyond every integer type, in one direction or the other.
    let exponent = exponentText.isEmpty ? 0 : Int(exponentText) ?? (isSmall ? -100_000 : 100_000)
    let shift = max(min(exponent, 100_000), -100_000) - fraction.count
    if shift < 0 {
      let dropped = digits.suffix(-shift)
      guard -shift < digits.count, dropped.allSatisfy({ $0 == 0x30 }) else { return nil }
      digits.removeLast(-shift)
    } else {
      digits += Array(repeating: 0x30, count: min(shift, 400))
    }
    return (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }
}
