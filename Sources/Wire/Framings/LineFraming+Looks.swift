extension LineFraming {
  /// Whether a line can be JSON: an object, or an array whose first item looks like a JSON value.
  ///
  /// The item counts because log lines like `[INFO] ready` and `[2024-01-31 10:00] ready` begin
  /// with a bracket too.
  static func beginsMessage(_ line: [UInt8], at first: Int) -> Bool {
    if line[first] == Byte.openBrace { return true }
    guard line[first] == Byte.openBracket else { return false }
    guard let item = line[(first + 1)...].firstIndex(where: { !Byte.isBlank($0) }) else {
      return true
    }
    switch line[item] {
    case Byte.openBrace, Byte.openBracket, Byte.closeBracket, Byte.quote: return true
    default: return JSONWord.isScalar(JSONWord.run(in: line[item...]))
    }
  }

  /// Whether a line begins `12:{`.
  static func isNetstring(_ line: [UInt8]) -> Bool {
    guard let first = line.first, Byte.isDigit(first) else { return false }
    let digits = line.prefix { Byte.isDigit($0) }
    return digits.count < 10 && line.count > digits.count + 1 && line[digits.count] == Byte.colon
      && Byte.isBracket(line[digits.count + 1])
  }

  /// Whether a line so far is `12` or `12:`, so that it can still begin `12:{`.
  static func mayBecomeNetstring(_ line: [UInt8]) -> Bool {
    let digits = line.prefix { Byte.isDigit($0) }
    guard !digits.isEmpty, digits.count < 10 else { return false }
    return line.count == digits.count
      || line.count == digits.count + 1 && line[digits.count] == Byte.colon
  }

  /// Whether a line is `Content-Length: N`, or close to it.
  static func isHeader(_ line: [UInt8]) -> Bool {
    guard let field = HeaderBlock.field(line[...]), HeaderBlock.Name(field.name).isLength else {
      return false
    }
    return !field.value.isEmpty && field.value.allSatisfy(Byte.isDigit)
  }

  /// Whether text after a message on its line is the beginning of a log line, and not a part of
  /// broken JSON.
  static func opensLog(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first(where: { !Byte.isBlank($0) }) else { return false }
    return Byte.isLetter(first) || Byte.isDigit(first) || first == 0x1B
  }
}
