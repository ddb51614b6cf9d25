/// What a bare word is, or was meant to be.
enum WordKind: Equatable {
  /// `true`, `false` or `null`.
  case literal
  /// One of those in other letters, or cut, or `nil`: what was meant.
  case misspelt(StaticString)
  /// Python's `True`, `False`, `None`: what JSON has for it.
  case python(StaticString)
  case undefined, nan, infinity, function
  /// Any other word.
  case other

  init(_ word: ArraySlice<UInt8>) {
    guard word.count <= 9 else {
      self = .other
      return
    }
    switch String(decoding: word, as: UTF8.self) {
    case "true", "false", "null": self = .literal
    case "True": self = .python("true")
    case "False": self = .python("false")
    case "None": self = .python("null")
    case "undefined": self = .undefined
    case "function": self = .function
    case let text: self = Self.caseless(text.lowercased())
    }
  }

  private static func caseless(_ text: String) -> WordKind {
    switch text {
    case "nan": .nan
    case "inf", "infinity": .infinity
    case "true", "tru", "ture": .misspelt("true")
    case "false", "fals", "flase": .misspelt("false")
    case "null", "nul", "nil", "nulll": .misspelt("null")
    default: .other
    }
  }

  /// The word of JSON's that these bytes begin, if they do.
  static func completion(_ word: ArraySlice<UInt8>) -> StaticString? {
    for literal in ["true", "false", "null"] as [StaticString] {
      let text = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
      if word.count < text.count, text.starts(with: word) { return literal }
    }
    return nil
  }

  static func == (left: WordKind, right: WordKind) -> Bool {
    switch (left, right) {
    case (.literal, .literal), (.undefined, .undefined), (.nan, .nan), (.infinity, .infinity),
      (.function, .function), (.other, .other):
      true
    default: false
    }
  }
}
