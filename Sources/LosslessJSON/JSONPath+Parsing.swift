extension JSONPath {
  /// Reads a whole text as a path.
  public init(_ text: String) throws(SyntaxError) {
    let bytes = Array(text.utf8)
    let (path, end) = try Self.parsePrefix(bytes[...])
    guard end == bytes.count else {
      throw SyntaxError(offset: end, message: "expected '.name' or '[…]'")
    }
    self = path
  }

  /// Reads as many steps as the text begins with; returns them and the index behind.
  public static func parsePrefix(_ bytes: ArraySlice<UInt8>) throws(SyntaxError) -> (JSONPath, Int)
  {
    var steps: [Step] = []
    var at = bytes.startIndex
    while at < bytes.endIndex {
      if bytes[at] == 0x2E {
        let isWhole = steps.isEmpty && at + 1 == bytes.endIndex
        if isWhole { return (JSONPath([]), at + 1) }
        if let step = try memberStep(bytes, &at, base: bytes.startIndex) {
          steps.append(step)
        } else {
          break
        }
      } else if bytes[at] == 0x5B {
        steps.append(try bracketStep(bytes, &at, base: bytes.startIndex))
      } else {
        break
      }
    }
    return (JSONPath(steps), at)
  }

  /// Reads `.name` or `."name"`; nil (and nothing read) if the dot is followed by neither.
  private static func memberStep(
    _ bytes: ArraySlice<UInt8>, _ at: inout Int, base: Int
  ) throws(SyntaxError) -> Step? {
    let start = at + 1
    if start < bytes.endIndex, bytes[start] == 0x5B {
      at = start
      return try bracketStep(bytes, &at, base: base)
    }
    if start < bytes.endIndex, bytes[start] == 0x22 {
      at = start
      return .member(try quoted(bytes, &at, base: base))
    }
    let name = bytes[start...].prefix(while: isNameByte)
    if name.isEmpty { return nil }
    at = name.endIndex
    return .member(String(decoding: name, as: UTF8.self))
  }

  private static func bracketStep(
    _ bytes: ArraySlice<UInt8>, _ at: inout Int, base: Int
  ) throws(SyntaxError) -> Step {
    let open = at
    at += 1
    let step: Step
    if at < bytes.endIndex, bytes[at] == 0x22 {
      step = .member(try quoted(bytes, &at, base: base))
    } else {
      let digits = bytes[at...].prefix { $0 == 0x2D || ($0 >= 0x30 && $0 <= 0x39) }
      guard let place = Int(String(decoding: digits, as: UTF8.self)) else {
        throw SyntaxError(
          offset: at - base, message: "expected a number or a name in double quotes")
      }
      at = digits.endIndex
      step = .element(place)
    }
    guard at < bytes.endIndex, bytes[at] == 0x5D else {
      throw SyntaxError(offset: open - base, message: "this '[' is not closed")
    }
    at += 1
    return step
  }

  private static func quoted(
    _ bytes: ArraySlice<UInt8>, _ at: inout Int, base: Int
  ) throws(SyntaxError) -> String {
    let start = at
    at += 1
    while at < bytes.endIndex, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
    guard at < bytes.endIndex else {
      throw SyntaxError(offset: start - base, message: "this string is not closed")
    }
    at += 1
    do {
      return try JSON(reading: Array(bytes[start..<at])).string ?? ""
    } catch {
      throw SyntaxError(offset: start - base, message: error.message)
    }
  }
}
