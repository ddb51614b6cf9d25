/// What is wrong with a token that begins like a number, and the number that was meant.
struct NumberMender {
  /// The rule it breaks, or nil if it is a number.
  private(set) var rule: JSONRule?
  private(set) var variant = Fault.Variant.plain
  /// The number that was meant; nil if that cannot be told.
  private(set) var mended: [UInt8]?

  private var rest: ArraySlice<UInt8>
  private var number: [UInt8] = []
  private var hasDigits = false

  init(_ token: ArraySlice<UInt8>) {
    rest = token
    readSign()
    if readBase() { return }
    readDigits()
    if rest.isEmpty {
      mended = number
      return
    }
    readRest(token)
  }

  private mutating func tell(_ rule: JSONRule, _ variant: Fault.Variant = .plain) {
    guard self.rule == nil else { return }
    self.rule = rule
    self.variant = variant
  }

  private mutating func readSign() {
    if rest.first == 0x2B {
      tell(.leadingPlus)
      rest = rest.dropFirst()
    } else if rest.first == 0x2D {
      number.append(0x2D)
      rest = rest.dropFirst()
    }
  }

  /// `0x2A`, `0o17`, `0b11`, and the words.
  private mutating func readBase() -> Bool {
    if rest.isEmpty {
      rule = .number
      variant = .sign
      return true
    }
    let word = WordKind(rest)
    if word == .nan || word == .infinity {
      rule = word == .nan ? .nan : .infinity
      return true
    }
    guard rest.count > 2, rest.first == 0x30, let letter = rest.dropFirst().first else {
      return false
    }
    let radix =
      letter | 0x20 == 0x78 ? 16 : letter | 0x20 == 0x6F ? 8 : letter | 0x20 == 0x62 ? 2 : 0
    let digits = String(decoding: rest.dropFirst(2), as: UTF8.self)
    guard radix > 0, digits.utf8.first != 0x2B, digits.utf8.first != 0x2D else { return false }
    guard digits.utf8.count < 64 || radix != 16 else { return false }
    guard let value = UInt64(digits, radix: radix) else {
      guard digits.utf8.allSatisfy({ Characters.hexValue($0) != nil }), radix == 16 else {
        return false
      }
      rule = .hexNumber
      return true
    }
    tell(.hexNumber)
    mended = number + Array(String(value).utf8)
    return true
  }

  private mutating func readDigits() {
    let whole = takeDigits()
    if whole.count > 1, whole.first == 0x30 { tell(.leadingZero) }
    let significant = whole.drop { $0 == 0x30 }
    number += significant.isEmpty ? [0x30] : Array(significant)
    let hasDot = rest.first == 0x2E
    if hasDot { rest = rest.dropFirst() }
    let fraction = hasDot ? takeDigits() : []
    hasDigits = !whole.isEmpty || !fraction.isEmpty
    if !hasDigits {
      tell(.number)
      mended = nil
      return
    }
    if hasDot, whole.isEmpty || fraction.isEmpty { tell(.bareDot) }
    if whole.isEmpty && !hasDot { tell(.number) }
    if hasDot { number += [0x2E] + (fraction.isEmpty ? [0x30] : fraction) }
    readExponent()
  }

  private mutating func takeDigits() -> [UInt8] {
    var digits: [UInt8] = []
    var place = rest.startIndex
    while place < rest.endIndex {
      if Characters.isDigit(rest[place]) {
        digits.append(rest[place])
      } else if rest[place] == 0x5F, !digits.isEmpty, place + 1 < rest.endIndex,
        Characters.isDigit(rest[place + 1])
      {
        tell(.digitSeparator)
      } else {
        break
      }
      place += 1
    }
    rest = rest[place...]
    return digits
  }

  private mutating func readExponent() {
    guard let letter = rest.first, letter | 0x20 == 0x65 else { return }
    var after = rest.dropFirst()
    var exponent = [letter]
    if let sign = after.first, sign == 0x2B || sign == 0x2D {
      exponent.append(sign)
      after = after.dropFirst()
    }
    if after.isEmpty {
      tell(.number, .exponent)
      rest = after
      return
    }
    let digits = after.prefix { Characters.isDigit($0) }
    guard !digits.isEmpty else { return }
    number += exponent + digits
    rest = after.dropFirst(digits.count)
  }

  /// Something follows the number.
  private mutating func readRest(_ token: ArraySlice<UInt8>) {
    let letters = rest.count <= 3 && rest.allSatisfy { Characters.isLetter($0) }
    if letters, hasDigits, rest.first.map({ $0 | 0x20 }) != 0x65 {
      rule = rule ?? .number
      variant = rule == .number ? .suffix : variant
      mended = number
      return
    }
    let signs = Self.innerSigns(token)
    let isDate = rest.first == 0x2D && signs == 2 && !token.contains(0x2B)
    rule = isDate ? .unquotedString : .number
    variant = !isDate && signs > 0 ? .expression : .plain
    mended = nil
  }

  /// Signs between digits, where they mean a calculation or a date.
  private static func innerSigns(_ token: ArraySlice<UInt8>) -> Int {
    var signs = 0
    for place in token.indices.dropFirst().dropLast() {
      let isSign = token[place] == 0x2D || token[place] == 0x2B
      if isSign, Characters.isDigit(token[place - 1]), Characters.isDigit(token[place + 1]) {
        signs += 1
      }
    }
    return signs
  }
}
