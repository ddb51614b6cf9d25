extension Fault {
  /// What breaks the grammar of JSON, or strains it.
  static let grammar = special + mistakes.map { Fault($0.0, $0.1, .grammar, .value($0.2)) }

  private static let special: [Fault] = [
    Fault(
      "value", "this in the place of the result, JSON or not", .grammar,
      takes: .text(example: "007"), .reply { $0.with(value: $0.fill($1.text)) }),
    Fault(
      "trailing-comma", "a comma before a closing brace", .grammar,
      .reply { parts, _ in
        let value = parts.outcome.value
        guard let last = value.last, Array("}]".utf8).contains(last), value.count > 2 else {
          return parts.text.dropLast() + Array(",}".utf8)
        }
        return parts.with(value: value.dropLast() + [UInt8(ascii: ","), last])
      }),
    Fault("comment", "a comment", .grammar, .value("$value /* $name */")),
    Fault("missing-quote", "a string without its end", .grammar, .value("[\"a,\n\"b\", \"c\"]")),
  ]

  /// Name, summary, and the value that has it.
  private static let mistakes: [(String, String, String)] = [
    // Separators and brackets.
    ("missing-comma", "no comma between two members", "{\"a\": 1 \"b\": 2}"),
    ("doubled-comma", "two commas", "[1,, 2]"),
    ("leading-comma", "a comma before the first item", "[, 1]"),
    ("missing-colon", "no colon after a key", "{\"a\" 1}"),
    ("doubled-colon", "two colons", "{\"a\":: 1}"),
    ("wrong-separator", "a semicolon between items", "[1; 2]"),
    ("missing-key", "no key before a colon", "{: 1}"),
    ("missing-value", "no value after a colon", "{\"a\": , \"b\": 2}"),
    ("mismatched-bracket", "a bracket of the other kind", "{\"list\": [1, 2}}"),
    ("odd-blank", "a no-break space between items", "[1,\u{A0}2]"),
    ("terminal-escape", "colours of a terminal", "\u{1B}[32mtrue\u{1B}[0m"),
    ("unexpected", "a character that belongs nowhere", "[1, *, 2]"),
    // Keys.
    ("unquoted-key", "a key without quotes", "{a: 1}"),
    ("key-not-string", "a number for a key", "{1: \"one\"}"),
    ("duplicate-key", "a key that stands twice", "{\"a\": 1, \"a\": 2}"),
    // Words.
    ("unquoted-string", "a string without quotes", "[OK]"),
    ("misspelt-literal", "TRUE instead of true", "TRUE"),
    ("python-literal", "True instead of true", "True"),
    ("python-string", "a string of Python's with a prefix", "b'ok'"),
    ("python-tuple", "values in parentheses", "(1, \"a\")"),
    ("object-dump", "an object's printed form", "<Server object at 0x7f00>"),
    ("undefined", "JavaScript's undefined", "{\"a\": undefined}"),
    ("nan", "NaN for a number", "NaN"),
    ("infinity", "Infinity for a number", "Infinity"),
    ("call", "a call such as ObjectId(…)", "ObjectId(\"507f\")"),
    ("function", "a function of JavaScript", "x => x + 1"),
    ("ellipsis", "three dots where something was left out", "[1, 2, ...]"),
    // Strings.
    ("single-quotes", "a string in single quotes", "'ok'"),
    ("template-quotes", "a string in backquotes", "`ok`"),
    ("typographic-quotes", "a string in typographic quotes", "“ok”"),
    ("unescaped-quote", "a quote inside a string", "\"he said \"yes\" twice\""),
    ("control-character", "a raw tab in a string", "\"a\tb\""),
    ("nul-byte", "a NUL byte in a string", "\"a\u{0}b\""),
    ("bad-escape", "a backslash before a letter that it can't escape", "\"C:\\dir\""),
    ("lone-surrogate", "half of a surrogate pair", "\"\\ud83d\""),
    ("escaped-nul", "the character U+0000", "\"a\\u0000b\""),
    // Numbers.
    ("number", "a number with two points", "1.2.3"),
    ("leading-zero", "a number that begins with 0", "007"),
    ("leading-plus", "a plus sign before a number", "+1"),
    ("bare-dot", "a decimal point without a digit before it", ".5"),
    ("hex-number", "a number in base 16", "0x1F"),
    ("digit-separator", "a number such as 1_000", "1_000"),
    ("number-overflow", "a number too large for a double", "1e400"),
    ("number-underflow", "a number that is zero as a double", "1e-400"),
    ("integer-inexact", "an integer that a double changes", "9007199254740993"),
    ("number-digits", "more digits than a double keeps", "3.14159265358979323846"),
  ]
}
