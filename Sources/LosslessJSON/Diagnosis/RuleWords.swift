/// The sentences of the rules: what is said of a fault, and what to do about it.
struct RuleWords {
  var rule: JSONRule
  /// The characters it is about, quoted where they are text.
  var subject: String
  var variant: Fault.Variant

  /// What is wrong, in one sentence, up to the second place that it names if it names one.
  var message: String {
    switch rule {
    case .empty, .blank, .notJSON, .leadingText, .trailingText, .severalValues, .xssiPrefix,
      .jsonp, .truncated, .tooDeep, .tooLarge, .more:
      wholeMessage
    case .trailingComma, .missingComma, .doubledComma, .leadingComma, .missingColon, .doubledColon,
      .wrongSeparator, .missingKey, .missingValue, .mismatchedBracket, .surplusBracket, .comment,
      .oddBlank, .terminalEscape, .unexpected:
      structureMessage
    case .unquotedKey, .keyNotString, .duplicateKey, .unquotedString, .misspeltLiteral,
      .pythonLiteral, .pythonString, .pythonTuple, .objectDump, .undefined, .nan, .infinity, .call,
      .function, .ellipsis:
      wordMessage
    case .singleQuotes, .templateQuotes, .typographicQuotes, .unescapedQuote, .missingQuote,
      .controlCharacter, .nul, .badEscape, .loneSurrogate, .escapedNUL:
      stringMessage
    case .number, .leadingZero, .leadingPlus, .bareDot, .hexNumber, .digitSeparator,
      .numberOverflow, .numberUnderflow, .integerInexact, .numberDigits:
      numberMessage
    case .bom, .utf16, .utf32, .invalidUTF8, .invalidUnit: encodingMessage
    }
  }

  /// What the server should do instead, or where to look.
  var hint: String {
    switch rule {
    case .empty, .blank, .notJSON, .leadingText, .trailingText, .severalValues, .xssiPrefix,
      .jsonp, .truncated, .tooDeep, .tooLarge, .more:
      wholeHint
    case .trailingComma, .missingComma, .doubledComma, .leadingComma, .missingColon, .doubledColon,
      .wrongSeparator, .missingKey, .missingValue, .mismatchedBracket, .surplusBracket, .comment,
      .oddBlank, .terminalEscape, .unexpected:
      structureHint
    case .unquotedKey, .keyNotString, .duplicateKey, .unquotedString, .misspeltLiteral,
      .pythonLiteral, .pythonString, .pythonTuple, .objectDump, .undefined, .nan, .infinity, .call,
      .function, .ellipsis:
      wordHint
    case .singleQuotes, .templateQuotes, .typographicQuotes, .unescapedQuote, .missingQuote,
      .controlCharacter, .nul, .badEscape, .loneSurrogate, .escapedNUL:
      stringHint
    case .number, .leadingZero, .leadingPlus, .bareDot, .hexNumber, .digitSeparator,
      .numberOverflow, .numberUnderflow, .integerInexact, .numberDigits:
      numberHint
    case .bom, .utf16, .utf32, .invalidUTF8, .invalidUnit: encodingHint
    }
  }

  /// The sentence after that place.
  var rest: String {
    switch (rule, variant) {
    case (.missingQuote, .opening), (.missingQuote, .openingKey): return ""
    case (.missingQuote, _): return " has no closing '\"'"
    case (.mismatchedBracket, .unclosedArray), (.mismatchedBracket, .unclosedObject):
      return " is not closed before it"
    default: return ""
    }
  }
}
