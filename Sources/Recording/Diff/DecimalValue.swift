/// The exact value of a number of JSON, however it is spelt: `1`, `1.0` and `10e-1` are one.
struct DecimalValue: Hashable {
  var isNegative = false
  /// Without zeros at either end; empty for zero.
  var digits: [UInt8] = []
  /// The power of ten of the last digit.
  var exponent = 0

  /// Reads a valid number.
  init(_ text: some Sequence<UInt8>) {
    var shift = 0
    var isFraction = false
    var power: (value: Int, isNegative: Bool)?
    for byte in text {
      switch byte {
      case 0x2D: if power == nil { isNegative = true } else { power?.isNegative = true }
      case 0x2E: isFraction = true
      case 0x65, 0x45: power = (0, false)
      case 0x30...0x39:
        if let value = power?.value {
          // Beyond this, numbers are told apart by their digits only.
          power?.value = min(value * 10 + Int(byte - 0x30), 1 << 50)
        } else {
          if isFraction { shift -= 1 }
          if !(digits.isEmpty && byte == 0x30) { digits.append(byte) }
        }
      default: break
      }
    }
    while digits.last == 0x30 {
      digits.removeLast()
      shift += 1
    }
    exponent = shift + (power.map { $0.isNegative ? -$0.value : $0.value } ?? 0)
    // Minus zero is zero.
    if digits.isEmpty { (isNegative, exponent) = (false, 0) }
  }
}
