extension Finding {
  /// What strict reading stopped at, as a finding of the same rule that `JSONDiagnosis` has for it.
  ///
  /// Strict reading sees one byte; with the text at hand, `JSONDiagnosis` says more.
  public init(_ error: JSONReadError) {
    self.init(Fault(error), error.openedAt)
    // The rule's own sentence names what strict reading has not looked at.
    write(error.lead, error.openedAt, "")
  }
}

extension Fault {
  /// What strict reading stopped at.
  init(_ error: JSONReadError) {
    let offset = error.position.offset
    self.init(rule: .unexpected, range: offset..<(offset + 1))
    take(error.problem, offset)
    since = error.openedAt?.offset
  }

  private mutating func take(_ problem: JSONReadError.Problem, _ offset: Int) {
    switch problem {
    case .empty:
      rule = offset == 0 ? .empty : .blank
      range = 0..<offset
    case .unexpectedEnd(let what):
      rule = .truncated
      range = offset..<offset
      variant = Self.variant(what)
    case .unexpected(let found, let expected): take(found, expected, offset)
    case .trailingText(let found): takeTrailing(found)
    case .badLiteral(let word): take(word)
    case .badNumber(let fault): take(fault)
    case .badEscape: (rule, subject) = (.badEscape, "the backslash")
    case .controlCharacter(let byte):
      rule = byte == 0 ? .nul : .controlCharacter
      variant = byte == 0x0A || byte == 0x0D ? .newline : byte == 9 ? .tab : .plain
      subject = Characters.hex(byte)
    case .invalidUTF8: rule = .invalidUTF8
    case .tooDeep(let limit): (rule, subject) = (.tooDeep, String(limit))
    case .tooLarge(let limit): (rule, subject) = (.tooLarge, "\(limit) bytes")
    case .tooManyValues(let limit): (rule, subject) = (.tooLarge, "\(limit) values")
    }
  }

  private static func variant(_ what: JSONReadError.Unfinished) -> Variant {
    switch what {
    case .string: .string
    case .number: .number
    case .literal: .literal
    case .container: .plain
    }
  }

  private static func name(_ byte: UInt8) -> String {
    withUnsafePointer(to: byte) { byte < 0x80 ? Characters.name($0, 1) : Characters.hex(byte) }
  }

  private mutating func take(
    _ found: UInt8, _ expected: JSONReadError.Expected, _ offset: Int
  ) {
    subject = Self.name(found)
    if offset == 0, takeFirst(found) { return }
    if takeAnywhere(found) { return }
    switch expected {
    case .value: takeForValue(found)
    case .valueOrEnd: takeForFirst(found)
    case .key, .keyOrEnd: takeForKey(found, isFirst: expected == .keyOrEnd)
    case .colon: takeForColon(found)
    case .commaOrBracket, .commaOrBrace: takeForComma(found, inObject: expected == .commaOrBrace)
    }
  }

  /// The first byte of the text: a mark, another encoding, or no JSON at all.
  private mutating func takeFirst(_ found: UInt8) -> Bool {
    switch found {
    case 0xEF: rule = .bom
    case 0xFE: (rule, variant) = (.utf16, .bigEndian)
    case 0xFF: (rule, variant) = (.utf16, .littleEndian)
    case 0x3C: (rule, variant) = (.notJSON, .markup)
    case 0x29: rule = .xssiPrefix
    case 0x5D, 0x7D: rule = .surplusBracket
    default: return false
    }
    if rule == .utf16 { subject = "" }
    return true
  }

  private mutating func takeAnywhere(_ found: UInt8) -> Bool {
    switch found {
    case 0x00: (rule, variant) = (.nul, .outside)
    case 0x2F, 0x23: rule = .comment
    case 0x0B, 0x0C: rule = .oddBlank
    case 0x01...0x1F:
      (rule, variant) = (found == 0x1B ? .terminalEscape : .controlCharacter, .outside)
    default: return false
    }
    return true
  }

  private mutating func takeForValue(_ found: UInt8) {
    switch found {
    case 0x5D: rule = .trailingComma
    case 0x7D: rule = .missingValue
    case 0x2C: rule = .doubledComma
    case 0x3A: rule = .doubledColon
    default: takeSpelling(found)
    }
  }

  private mutating func takeForFirst(_ found: UInt8) {
    switch found {
    case 0x2C: rule = .leadingComma
    case 0x7D: rule = .mismatchedBracket
    default: takeSpelling(found)
    }
  }

  private mutating func takeSpelling(_ found: UInt8) {
    switch found {
    case 0x27: rule = .singleQuotes
    case 0x60: rule = .templateQuotes
    case 0x2B: rule = .leadingPlus
    case 0x2E: rule = .bareDot
    case 0x28: rule = .pythonTuple
    case 0x5D, 0x7D, 0x29: rule = .surplusBracket
    default: if Characters.isWord(found) { rule = .unquotedString }
    }
  }

  private mutating func takeForKey(_ found: UInt8, isFirst: Bool) {
    switch found {
    case 0x7D: rule = .trailingComma
    case 0x5D: rule = .mismatchedBracket
    case 0x2C: (rule, variant) = (isFirst ? .leadingComma : .doubledComma, .object)
    case 0x3A, 0x7B, 0x5B: rule = .missingKey
    case 0x27: (rule, variant) = (.singleQuotes, .key)
    case 0x60: (rule, variant) = (.templateQuotes, .key)
    case 0x2B, 0x2D, 0x30...0x39: rule = .keyNotString
    default: if Characters.isWord(found) { rule = .unquotedKey } else { variant = .key }
    }
  }

  private mutating func takeForColon(_ found: UInt8) {
    switch found {
    case 0x3D, 0x3B, 0x2C: (rule, variant) = (.wrongSeparator, .insteadOfColon)
    default: rule = .missingColon
    }
  }

  private mutating func takeForComma(_ found: UInt8, inObject: Bool) {
    switch found {
    case 0x5D, 0x7D, 0x29: rule = .mismatchedBracket
    case 0x3B: rule = .wrongSeparator
    case 0x3A: (rule, variant) = inObject ? (.unexpected, .object) : (.wrongSeparator, .plain)
    case 0x58, 0x78: rule = .hexNumber
    case 0x5F: rule = .digitSeparator
    case 0x2E: rule = .number
    case 0x22, 0x27, 0x60, 0x5B, 0x7B, 0x2D: rule = .missingComma
    default:
      if Characters.isWord(found) {
        rule = .missingComma
      } else {
        variant = inObject ? .object : .array
      }
    }
  }

  private mutating func takeTrailing(_ found: UInt8) {
    subject = Self.name(found)
    rule = .trailingText
    switch found {
    case 0x5D, 0x7D, 0x29: rule = .surplusBracket
    case 0x2C: (rule, variant) = (.trailingComma, .atEnd)
    case 0x22, 0x5B, 0x7B, 0x2D, 0x30...0x39: (rule, variant) = (.severalValues, .records)
    default: _ = takeAnywhere(found)
    }
    if rule == .severalValues { subject = "a blank" }
  }

  private mutating func take(_ word: String) {
    subject = "'\(word)'"
    range = range.lowerBound..<(range.lowerBound + max(1, word.utf8.count))
    switch WordKind(ArraySlice(word.utf8)) {
    case .misspelt: rule = .misspeltLiteral
    case .python: rule = .pythonLiteral
    case .undefined: rule = .undefined
    case .nan: rule = .nan
    case .infinity: rule = .infinity
    case .function: rule = .function
    case .literal, .other: rule = .unquotedString
    }
  }

  private mutating func take(_ fault: JSONReadError.NumberFault) {
    switch fault {
    case .leadingZero: rule = .leadingZero
    case .noFraction: rule = .bareDot
    case .noDigits: (rule, variant) = (.number, .sign)
    case .noExponent: (rule, variant) = (.number, .exponent)
    }
  }
}
