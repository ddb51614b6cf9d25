extension RuleWords {
  var stringMessage: String {
    switch rule {
    case .singleQuotes: "\(what) stands in single quotes"
    case .templateQuotes: "\(what) stands in backquotes"
    case .typographicQuotes: "\(what) stands in typographic quotes \(subject)"
    case .unescapedQuote: "a '\"' inside a string is not escaped"
    case .missingQuote: missingQuote
    case .controlCharacter: control
    case .nul:
      variant == .outside
        ? "a NUL byte stands outside of strings" : "a raw NUL byte in a string must be escaped"
    case .badEscape: escape
    case .loneSurrogate: "\(subject) is half of a surrogate pair and stands alone"
    case .escapedNUL: "the string contains the character U+0000 (\(subject))"
    default: rule.rawValue
    }
  }

  private var what: String { variant == .key ? "a key" : "a string" }

  private var missingQuote: String {
    switch variant {
    case .opening: "the opening '\"' is missing before the string \(subject)"
    case .openingKey: "the opening '\"' is missing before the key \(subject)"
    case .key: "the key that began"
    default: "the string that began"
    }
  }

  private var control: String {
    switch variant {
    case .newline: "a raw newline (\(subject)) in a string must be escaped"
    case .tab: "a raw tab (\(subject)) in a string must be escaped"
    case .outside: "a control character (\(subject)) stands outside of strings"
    default: "a raw control character (\(subject)) in a string must be escaped"
    }
  }

  private var escape: String {
    switch variant {
    case .hexEscape: "\(subject) is JavaScript's or C's; JSON has no \\x escapes"
    case .quoteEscape: "\\' is no JSON escape: single quotes stand as they are"
    case .lineContinuation: "a backslash at the end of a line continues no string in JSON"
    case .unicodeEscape: "\\u must be followed by four hex digits, not as in \(subject)"
    case .octalEscape: "\(subject) is an octal escape, which JSON does not have"
    default: "\(subject) is no JSON escape: a backslash must be followed by one of \"\\/bfnrtu"
    }
  }

  var stringHint: String {
    switch rule {
    case .singleQuotes: "write it in double quotes (Python: json.dumps, not str or repr)"
    case .templateQuotes: "write it in double quotes"
    case .typographicQuotes:
      "write it in plain double quotes; a word processor may have changed them"
    case .unescapedQuote: "write \\\" for a quote inside a string"
    case .missingQuote: missingQuoteHint
    case .controlCharacter: controlHint
    case .nul:
      variant == .outside
        ? "remove it: a C string's end or a frame's delimiter was sent along" : "write \\u0000"
    case .badEscape: escapeHint
    case .loneSurrogate:
      "cut strings between characters, not between UTF-16 units; clients show U+FFFD or refuse it"
    case .escapedNUL: "programs in C and some databases cut or refuse such text"
    default: ""
    }
  }

  private var missingQuoteHint: String {
    switch variant {
    case .opening, .openingKey: "put a '\"' before \(subject)"
    default:
      subject.isEmpty ? "put a '\"' at the end of the line" : "put a '\"' before the \(subject)"
    }
  }

  private var controlHint: String {
    switch variant {
    case .newline: "write \\n (or \\r)"
    case .tab: "write \\t"
    case .outside: "remove it"
    default: "write it as \\u00\(subject.dropFirst(2).lowercased())"
    }
  }

  private var escapeHint: String {
    switch variant {
    case .hexEscape: "write \\u00\(subject.dropFirst(3).prefix(2))"
    case .quoteEscape: "write ' alone"
    case .lineContinuation: "write the string on one line, with \\n where it breaks"
    case .unicodeEscape: "write four hex digits, and a surrogate pair beyond U+FFFF"
    case .octalEscape: "write \\u and four hex digits"
    default: "write \\\\ for a backslash"
    }
  }
}
