/// A rule of the reading of a text as JSON: `json.…` for the grammar, `text.…` for the encoding.
///
/// The raw value is the id that findings carry.
public enum JSONRule: String, CaseIterable, Sendable {
  // The text as a whole.
  case empty = "json.empty"
  case blank = "json.blank"
  case notJSON = "json.not-json"
  case leadingText = "json.leading-text"
  case trailingText = "json.trailing-text"
  case severalValues = "json.several-values"
  case xssiPrefix = "json.xssi-prefix"
  case jsonp = "json.jsonp"
  case truncated = "json.truncated"
  case tooDeep = "json.too-deep"
  case tooLarge = "json.too-large"
  case more = "json.more"

  // Between the values.
  case trailingComma = "json.trailing-comma"
  case missingComma = "json.missing-comma"
  case doubledComma = "json.doubled-comma"
  case leadingComma = "json.leading-comma"
  case missingColon = "json.missing-colon"
  case doubledColon = "json.doubled-colon"
  case wrongSeparator = "json.wrong-separator"
  case missingKey = "json.missing-key"
  case missingValue = "json.missing-value"
  case mismatchedBracket = "json.mismatched-bracket"
  case surplusBracket = "json.surplus-bracket"
  case comment = "json.comment"
  case oddBlank = "json.odd-blank"
  case terminalEscape = "json.terminal-escape"
  case unexpected = "json.unexpected"

  // Keys.
  case unquotedKey = "json.unquoted-key"
  case keyNotString = "json.key-not-string"
  case duplicateKey = "json.duplicate-key"

  // Words and what other languages print.
  case unquotedString = "json.unquoted-string"
  case misspeltLiteral = "json.misspelt-literal"
  case pythonLiteral = "json.python-literal"
  case pythonString = "json.python-string"
  case pythonTuple = "json.python-tuple"
  case objectDump = "json.object-dump"
  case undefined = "json.undefined"
  case nan = "json.nan"
  case infinity = "json.infinity"
  case call = "json.call"
  case function = "json.function"
  case ellipsis = "json.ellipsis"

  // Strings.
  case singleQuotes = "json.single-quotes"
  case templateQuotes = "json.template-quotes"
  case typographicQuotes = "json.typographic-quotes"
  case unescapedQuote = "json.unescaped-quote"
  case missingQuote = "json.missing-quote"
  case controlCharacter = "json.control-character"
  case nul = "json.nul"
  case badEscape = "json.bad-escape"
  case loneSurrogate = "json.lone-surrogate"
  case escapedNUL = "json.escaped-nul"

  // Numbers.
  case number = "json.number"
  case leadingZero = "json.leading-zero"
  case leadingPlus = "json.leading-plus"
  case bareDot = "json.bare-dot"
  case hexNumber = "json.hex-number"
  case digitSeparator = "json.digit-separator"
  case numberOverflow = "json.number-overflow"
  case numberUnderflow = "json.number-underflow"
  case integerInexact = "json.integer-inexact"
  case numberDigits = "json.number-digits"

  // The encoding.
  case bom = "text.bom"
  case utf16 = "text.utf16"
  case utf32 = "text.utf32"
  case invalidUTF8 = "text.invalid-utf8"
  case invalidUnit = "text.invalid-unit"

  /// How bad a breach of the rule is.
  ///
  /// What strict reading refuses is an error, and nothing else is one.
  public var severity: Finding.Severity {
    switch self {
    case .duplicateKey, .loneSurrogate, .numberOverflow, .numberUnderflow, .integerInexact:
      .warning
    case .escapedNUL, .numberDigits, .more: .note
    default: .error
    }
  }

  /// The section of the specification that the rule stands in.
  public var section: String {
    switch self {
    case .more: ""
    case .empty, .blank, .notJSON, .leadingText, .trailingText, .severalValues, .xssiPrefix,
      .jsonp, .truncated, .surplusBracket, .mismatchedBracket, .comment, .oddBlank,
      .terminalEscape, .unexpected:
      "RFC 8259 section 2"
    case .unquotedString, .misspeltLiteral, .pythonLiteral, .undefined, .call, .function,
      .ellipsis, .objectDump:
      "RFC 8259 section 3"
    case .missingColon, .doubledColon, .missingKey, .missingValue, .unquotedKey, .keyNotString,
      .duplicateKey:
      "RFC 8259 section 4"
    case .trailingComma, .missingComma, .doubledComma, .leadingComma, .wrongSeparator,
      .pythonTuple:
      "RFC 8259 section 5"
    case .nan, .infinity, .number, .leadingZero, .leadingPlus, .bareDot, .hexNumber,
      .digitSeparator, .numberOverflow, .numberUnderflow, .integerInexact, .numberDigits:
      "RFC 8259 section 6"
    case .singleQuotes, .templateQuotes, .typographicQuotes, .unescapedQuote, .missingQuote,
      .controlCharacter, .nul, .badEscape, .pythonString, .escapedNUL:
      "RFC 8259 section 7"
    case .bom, .utf16, .utf32, .invalidUTF8, .invalidUnit: "RFC 8259 section 8.1"
    case .loneSurrogate: "RFC 8259 section 8.2"
    case .tooDeep, .tooLarge: "RFC 8259 section 9"
    }
  }
}
