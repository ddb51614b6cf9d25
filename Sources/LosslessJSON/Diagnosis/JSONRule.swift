/// A rule of the reading of a text as JSON: `json.…` for the grammar, `text.…` for the encoding.
///
/// The raw value is the id that findings carry.
public enum JSONRule: String, CaseIterable, Sendable {
  // The text as a whole.
  /// Nothing at all.
  case empty = "json.empty"
  /// Only blanks.
  case blank = "json.blank"
  /// A page, a log, a stack trace or other text that was never JSON.
  case notJSON = "json.not-json"
  /// Other text on lines before the value.
  case leadingText = "json.leading-text"
  /// Text after the value.
  case trailingText = "json.trailing-text"
  /// A second value after the first.
  case severalValues = "json.several-values"
  /// What keeps browsers from running the text as a script, such as `)]}',`.
  case xssiPrefix = "json.xssi-prefix"
  /// A call around the value.
  case jsonp = "json.jsonp"
  /// The text ends inside of something.
  case truncated = "json.truncated"
  /// More containers are open than the limit allows.
  case tooDeep = "json.too-deep"
  /// Over a limit of size.
  case tooLarge = "json.too-large"
  /// Findings that are not listed.
  case more = "json.more"

  // Between the values.
  /// A comma before a closing bracket or after the value.
  case trailingComma = "json.trailing-comma"
  /// No comma between two values or members.
  case missingComma = "json.missing-comma"
  /// A comma after a comma.
  case doubledComma = "json.doubled-comma"
  /// A comma before the first value or member.
  case leadingComma = "json.leading-comma"
  /// No colon after a key.
  case missingColon = "json.missing-colon"
  /// A colon after a colon.
  case doubledColon = "json.doubled-colon"
  /// `;`, `=` or the like instead of a comma or colon.
  case wrongSeparator = "json.wrong-separator"
  /// No key before a colon or value.
  case missingKey = "json.missing-key"
  /// No value after a colon.
  case missingValue = "json.missing-value"
  /// A bracket that closes a container of the other kind.
  case mismatchedBracket = "json.mismatched-bracket"
  /// A closing bracket while nothing is open.
  case surplusBracket = "json.surplus-bracket"
  /// `//`, `/*` or `#`.
  case comment = "json.comment"
  /// A blank or invisible character that is none of JSON's four.
  case oddBlank = "json.odd-blank"
  /// An escape sequence for colours between values.
  case terminalEscape = "json.terminal-escape"
  /// Anything else that stands where it may not.
  case unexpected = "json.unexpected"

  // Keys.
  /// A key without quotes.
  case unquotedKey = "json.unquoted-key"
  /// A number or literal as a key.
  case keyNotString = "json.key-not-string"
  /// A key that the object has already.
  case duplicateKey = "json.duplicate-key"

  // Words and what other languages print.
  /// Text without quotes.
  case unquotedString = "json.unquoted-string"
  /// `TRUE`, `Null`, `nul` and the like.
  case misspeltLiteral = "json.misspelt-literal"
  /// `True`, `False`, `None`.
  case pythonLiteral = "json.python-literal"
  /// `b'…'`, `u"…"` and the like.
  case pythonString = "json.python-string"
  /// Values in parentheses.
  case pythonTuple = "json.python-tuple"
  /// `<Thing object at 0x…>`.
  case objectDump = "json.object-dump"
  /// `undefined`.
  case undefined = "json.undefined"
  /// `NaN`.
  case nan = "json.nan"
  /// `Infinity`, `-inf`.
  case infinity = "json.infinity"
  /// A call such as `new Date(0)` or `ObjectId("…")`.
  case call = "json.call"
  /// A JavaScript function.
  case function = "json.function"
  /// `...`, where a printer left something out.
  case ellipsis = "json.ellipsis"

  // Strings.
  /// A string or key in single quotes.
  case singleQuotes = "json.single-quotes"
  /// A string or key in backquotes.
  case templateQuotes = "json.template-quotes"
  /// A string or key in “ ” or the like.
  case typographicQuotes = "json.typographic-quotes"
  /// A quote inside a string.
  case unescapedQuote = "json.unescaped-quote"
  /// A string without its end.
  case missingQuote = "json.missing-quote"
  /// A raw control character, such as a newline, in a string.
  case controlCharacter = "json.control-character"
  /// A NUL byte.
  case nul = "json.nul"
  /// A backslash before something that it cannot escape.
  case badEscape = "json.bad-escape"
  /// An escaped half of a surrogate pair.
  case loneSurrogate = "json.lone-surrogate"
  /// `\u0000`.
  case escapedNUL = "json.escaped-nul"

  // Numbers.
  /// A number that the grammar does not know, in other ways than those below.
  case number = "json.number"
  /// A zero before other digits.
  case leadingZero = "json.leading-zero"
  /// A plus sign.
  case leadingPlus = "json.leading-plus"
  /// A point without a digit on one side.
  case bareDot = "json.bare-dot"
  /// A number that is not decimal.
  case hexNumber = "json.hex-number"
  /// `1_000`.
  case digitSeparator = "json.digit-separator"
  /// Infinite as a double.
  case numberOverflow = "json.number-overflow"
  /// Zero as a double.
  case numberUnderflow = "json.number-underflow"
  /// An integer that a double changes.
  case integerInexact = "json.integer-inexact"
  /// More digits than a double keeps.
  case numberDigits = "json.number-digits"

  // The encoding.
  /// A UTF-8 byte order mark.
  case bom = "text.bom"
  /// UTF-16 instead of UTF-8.
  case utf16 = "text.utf16"
  /// UTF-32 instead of UTF-8.
  case utf32 = "text.utf32"
  /// Bytes that are not UTF-8.
  case invalidUTF8 = "text.invalid-utf8"
  /// Bytes that are no character of UTF-16 or UTF-32.
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
