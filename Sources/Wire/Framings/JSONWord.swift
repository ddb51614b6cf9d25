/// Runs of letters, digits and signs that may be JSON's numbers and literals.
enum JSONWord {
  /// Whether a byte can stand in a number or a literal.
  @inline(__always)
  static func holds(_ byte: UInt8) -> Bool {
    Byte.isDigit(byte) || Byte.isLetter(byte) || byte == Byte.minus || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
  }

  /// The run at the start of the bytes.
  static func run(in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> { bytes.prefix(while: holds) }

  /// Whether the run is `true`, `false`, `null` or a number as JSON writes it.
  static func isScalar(_ run: ArraySlice<UInt8>) -> Bool {
    guard let first = run.first else { return false }
    switch first {
    case UInt8(ascii: "t"): return run.elementsEqual("true".utf8)
    case UInt8(ascii: "f"): return run.elementsEqual("false".utf8)
    case UInt8(ascii: "n"): return run.elementsEqual("null".utf8)
    default: return isNumber(run)
    }
  }

  private static func isNumber(_ run: ArraySlice<UInt8>) -> Bool {
    var rest = run
    if rest.first == Byte.minus { rest.removeFirst() }
    let whole = digits(&rest)
    guard let firstDigit = whole.first, whole.count == 1 || firstDigit != 0x30 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard !digits(&rest).isEmpty else { return false }
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == Byte.minus {
        rest.removeFirst()
      }
      guard !digits(&rest).isEmpty else { return false }
    }
    return rest.isEmpty
  }

  private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = rest.prefix(while: Byte.isDigit)
    rest = rest[digits.endIndex...]
    return digits
  }
}
