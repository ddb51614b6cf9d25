/// Finds numbers that change when they are read as doubles.
enum NumberAudit {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Adds what a long number loses.
  @inline(__always)
  static func run(_ base: UnsafePointer<UInt8>, _ node: Node, _ faults: inout FaultList) {
    guard let rule = loss(base + node.offset, node.payload) else { return }
    faults.add(
      rule, node.offset..<(node.offset + node.payload),
      subject: Characters.name(base + node.offset, node.payload))
  }

  /// The rule that a long number falls under as a double, or nil if it keeps its value.
  static func loss(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> JSONRule? {
    if length > 15, length <= 24 {
      switch firstLook(bytes, length) {
      case .kept: return nil
      case .lost(let rule): return rule
      case .unclear: break
      }
    }
    return closeLook(bytes, length)
  }

  private enum Verdict {
    case kept, unclear
    case lost(JSONRule)
  }

  /// What can be said at once of sixteen to twenty-four characters, as doubles are printed.
  private static func firstLook(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Verdict {
    let start = UnsafeRawPointer(bytes)
    let (first, second) = (load(start), load(start + 8))
    let last = load(start + (length - 8))
    if hasExponent(first | second | last) { return .unclear }
    if !(hasPoint(first) || hasPoint(second) || hasPoint(last)) {
      return length > 19 ? .unclear : isExactInteger(bytes, length) ? .kept : .lost(.integerInexact)
    }
    let sign = bytes[0] == 0x2D ? 1 : 0
    let head = start + sign
    var digits = length - 1 - sign
    if digits <= 17 { return .kept }
    if head.load(as: UInt8.self) == 0x30 {
      // After "0." the zeros are not significant.
      let zeros = (load(head + 2) ^ (ones &* 0x30)).trailingZeroBitCount / 8
      if zeros == 8 { return .unclear }
      digits -= 1 + zeros
      if digits <= 17 { return .kept }
    }
    return lastLook(bytes, length, digits: digits)
  }

  /// What the last digits say of a fraction that has more than a double needs: it is exact only if
  /// the last one is a 5, and three of them a multiple of 125.
  @inline(__always)
  private static func lastLook(
    _ bytes: UnsafePointer<UInt8>, _ length: Int, digits: Int
  ) -> Verdict {
    var last = length - 1
    if bytes[last] == 0x30 {
      // A zero there is not significant.
      if digits - 1 <= 17 { return .kept }
      last -= 1
    }
    let (one, ten, hundred) = (bytes[last], bytes[last - 1], bytes[last - 2])
    if one == 0x30 || one == 0x2E { return .unclear }
    if one != 0x35 { return .lost(.numberDigits) }
    if ten == 0x2E || hundred == 0x2E { return .unclear }
    let value = UInt32(hundred & 15) * 100 + UInt32(ten & 15) * 10 + 5
    return value % 125 == 0 ? .unclear : .lost(.numberDigits)
  }

  @inline(__always)
  private static func load(_ place: UnsafeRawPointer) -> UInt64 {
    UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
  }

  /// Whether one of eight bytes is `e` or `E`: of a number's characters the only ones with bit 6.
  @inline(__always)
  private static func hasExponent(_ word: UInt64) -> Bool { word & (ones &* 0x40) != 0 }

  @inline(__always)
  private static func hasPoint(_ word: UInt64) -> Bool {
    let point = word ^ (ones &* 0x2E)
    return (point &- ones) & ~point & highs != 0
  }

  /// Whether an integer of up to nineteen digits is a double's value.
  private static func isExactInteger(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let skipped = bytes[0] == 0x2D ? 1 : 0
    let digits = length - skipped
    guard digits <= 19 else { return false }
    let start = UnsafeRawPointer(bytes + skipped)
    guard digits >= 16 else { return true }
    var value = eightDigits(load(start)) * 100_000_000 + eightDigits(load(start + 8))
    for place in 16..<digits {
      value = value * 10 + UInt64(bytes[skipped + place] - 0x30)
    }
    return 64 - value.leadingZeroBitCount - value.trailingZeroBitCount <= 53
  }

  /// Eight digits at once: pairs, then fours, then all.
  @inline(__always)
  private static func eightDigits(_ word: UInt64) -> UInt64 {
    let digits = word &- ones &* 0x30
    let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
  }

  /// The rule that a number falls under, from all of its digits.
  private static func closeLook(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> JSONRule? {
    let number = DecimalNumber(bytes, length)
    let digits = number.digits
    if digits == 0 { return nil }
    if number.isInteger, digits + number.zeros <= 15 { return nil }
    // As 0.ddd × 10^magnitude.
    let magnitude = number.magnitude
    if magnitude > 309 { return .numberOverflow }
    if magnitude < -323 { return .numberUnderflow }
    if magnitude > 307 || magnitude < -306 {
      let double = number.double(bytes, length)
      if double.isInfinite { return .numberOverflow }
      if double == 0 { return .numberUnderflow }
    }
    if number.isInteger {
      return number.isExact(bytes, length) ? nil : .integerInexact
    }
    return digits <= 17 || number.isExact(bytes, length) ? nil : .numberDigits
  }
}

/// The parts of a number as it is spelt.
struct DecimalNumber {
  /// Significant digits, without zeros before and after.
  private(set) var digits = 0
  /// Zeros after the last significant digit and before the point or the end.
  private(set) var zeros = 0
  /// The number is 0.ddd × 10^magnitude.
  private(set) var magnitude = 0
  /// Whether it has neither a point nor an exponent.
  private(set) var isInteger = true
  private var end = 0
  private var lastDigit: UInt8 = 0

  init(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    var at = bytes[0] == 0x2D ? 1 : 0
    var seen = 0
    var trailing = 0
    var point: Int?
    while at < length {
      let byte = bytes[at]
      if byte == 0x2E {
        point = seen
        isInteger = false
      } else if Characters.isDigit(byte) {
        if seen > 0 || byte != 0x30 {
          seen += 1
          trailing = byte == 0x30 ? trailing + 1 : 0
          if byte != 0x30 { lastDigit = byte }
        } else if point != nil {
          magnitude -= 1
        }
      } else {
        break
      }
      at += 1
    }
    end = at
    digits = seen - trailing
    zeros = trailing
    magnitude += (point ?? seen)
    if at < length {
      isInteger = false
      magnitude += Self.exponent(bytes + at + 1, length - at - 1)
    }
  }

  /// An exponent, held within what can matter.
  private static func exponent(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var at = 0
    var value = 0
    if bytes[0] == 0x2D || bytes[0] == 0x2B { at = 1 }
    while at < length {
      value = min(value * 10 + Int(bytes[at] - 0x30), 1 << 40)
      at += 1
    }
    return bytes[0] == 0x2D ? -value : value
  }

  func double(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Double {
    let text = UnsafeBufferPointer(start: bytes, count: length)
    return Double(String(decoding: text, as: UTF8.self)) ?? 0
  }

  /// Whether the nearest double has exactly this value.
  func isExact(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    if isInteger, digits + zeros <= 19 {
      var value: UInt64 = 0
      for at in (bytes[0] == 0x2D ? 1 : 0)..<length {
        value = value * 10 + UInt64(bytes[at] - 0x30)
      }
      return 64 - value.leadingZeroBitCount - value.trailingZeroBitCount <= 53
    }
    // A fraction is a sum of powers of two only if it ends in 5; more digits no double has.
    let exponent = magnitude - digits
    if digits > 770 || exponent < 0 && !isMultipleOfFives(bytes, -exponent) { return false }
    var decimal = LargeInteger()
    var left = digits
    for at in 0..<end where Characters.isDigit(bytes[at]) {
      if decimal.isZero && bytes[at] == 0x30 { continue }
      if left == 0 { break }
      decimal.multiply(by: 10, adding: UInt32(bytes[at] - 0x30))
      left -= 1
    }
    return decimal.equals(double(bytes, length).magnitude, tenToThe: exponent)
  }

  /// Whether the significant digits may be a multiple of 5^power, from the last eighteen of them:
  /// a cheap way to tell that a fraction is no sum of powers of two.
  private func isMultipleOfFives(_ bytes: UnsafePointer<UInt8>, _ power: Int) -> Bool {
    if lastDigit != 0x35 { return false }
    var value: UInt64 = 0
    var (unit, fives): (UInt64, UInt64) = (1, 1)
    var left = min(power, digits, 18)
    var at = end
    while left > 0 {
      at -= 1
      // Neither the point nor the zeros after the last digit.
      guard Characters.isDigit(bytes[at]), value > 0 || bytes[at] != 0x30 else { continue }
      value += UInt64(bytes[at] - 0x30) * unit
      unit *= 10
      fives *= 5
      left -= 1
    }
    return value % fives == 0
  }
}

/// A natural number of any size, as far as comparing needs it.
private struct LargeInteger {
  private var limbs: [UInt32] = []

  var isZero: Bool { limbs.isEmpty }

  mutating func multiply(by factor: UInt32, adding addend: UInt32 = 0) {
    var carry = UInt64(addend)
    for index in limbs.indices {
      carry += UInt64(limbs[index]) * UInt64(factor)
      limbs[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  private mutating func multiply(_ times: Int, by factor: UInt32) {
    for _ in 0..<max(0, times) { multiply(by: factor) }
  }

  /// Whether this times a power of ten is a double's value.
  func equals(_ double: Double, tenToThe exponent: Int) -> Bool {
    var left = self
    var right = LargeInteger()
    let bits = double.significandBitPattern | (double.isNormal ? 1 << 52 : 0)
    right.limbs = [UInt32(truncatingIfNeeded: bits), UInt32(bits >> 32)]
    let power = (double.isNormal ? Int(double.exponentBitPattern) : 1) - 1075
    left.multiply(exponent, by: 10)
    right.multiply(-exponent, by: 10)
    // Powers of two, sixteen at once.
    left.multiply(-power / 16, by: 1 << 16)
    right.multiply(power / 16, by: 1 << 16)
    left.multiply(-power % 16, by: 2)
    right.multiply(power % 16, by: 2)
    return left.trimmed == right.trimmed
  }

  private var trimmed: [UInt32] {
    var limbs = limbs
    while limbs.last == 0 { limbs.removeLast() }
    return limbs
  }
}
