/// The exact value of a number of JSON, however it is spelt: `1`, `1.0` and `10e-1` are one.
struct DecimalValue: Hashable {
  var isNegative = false
  /// The first 18 digits, without zeros at either end of all, as a number.
  private var small: UInt64 = 0
  /// The digits behind those.
  private var long: [UInt8] = []
  /// The power of ten of the last digit.
  var exponent = 0

  /// Reads a valid number.
  init(_ text: ArraySlice<UInt8>) {
    var shift = 0
    var isFraction = false
    var count = 0
    var zeros = 0
    var at = text.startIndex
    scan: while at < text.endIndex {
      let byte = text[at]
      switch byte {
      case 0x2D: isNegative = true
      case 0x2E: isFraction = true
      case 0x30...0x39:
        if isFraction { shift -= 1 }
        if byte == 0x30 {
          // Zeros count only where another digit follows.
          if count > 0 { zeros += 1 }
        } else {
          while zeros > 0 {
            append(0x30, &count)
            zeros -= 1
          }
          append(byte, &count)
        }
      default: break scan
      }
      at += 1
    }
    exponent = shift + zeros + Self.power(text[at...])
    // Minus zero is zero.
    if count == 0 { (isNegative, exponent) = (false, 0) }
  }

  private mutating func append(_ digit: UInt8, _ count: inout Int) {
    if count < 18 {
      small = small * 10 + UInt64(digit - 0x30)
    } else {
      long.append(digit)
    }
    count += 1
  }

  /// What stands behind the `e`; beyond the limit numbers are told apart by their digits only.
  private static func power(_ text: ArraySlice<UInt8>) -> Int {
    var value = 0
    var isNegative = false
    for byte in text {
      switch byte {
      case 0x2D: isNegative = true
      case 0x30...0x39: value = min(value * 10 + Int(byte - 0x30), 1 << 50)
      default: break
      }
    }
    return isNegative ? -value : value
  }
}
