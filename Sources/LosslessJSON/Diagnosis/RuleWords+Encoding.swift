extension RuleWords {
  var encodingMessage: String {
    switch rule {
    case .bom: "the text begins with a byte order mark (EF BB BF)"
    case .utf16, .utf32: "the text is \(encoding)\(subject), not UTF-8"
    case .invalidUTF8: invalid
    case .invalidUnit: "\(subject) is no character of that encoding"
    default: rule.rawValue
    }
  }

  private var encoding: String {
    switch (rule, variant) {
    case (.utf16, .littleEndian): "UTF-16LE"
    case (.utf16, .bigEndian): "UTF-16BE"
    case (.utf32, .littleEndian): "UTF-32LE"
    case (.utf32, .bigEndian): "UTF-32BE"
    case (.utf16, _): "UTF-16"
    default: "UTF-32"
    }
  }

  private var invalid: String {
    switch variant {
    case .latin1: "\(subject) is no UTF-8: it looks like Latin-1"
    case .overlong: "\(subject) is an overlong form, which UTF-8 forbids"
    case .surrogate: "\(subject) is a UTF-16 surrogate written as UTF-8 (CESU-8)"
    case .beyondUnicode: "\(subject) is beyond U+10FFFF, where Unicode ends"
    case .tail: "\(subject) continues a character that has not begun"
    case .cutCharacter: "\(subject) is the beginning of a character that is cut off"
    default: subject.isEmpty ? "these bytes are not UTF-8" : "\(subject) is no UTF-8"
    }
  }

  var encodingHint: String {
    switch rule {
    case .bom: "send the text without it: a sender must not add one"
    case .utf16, .utf32, .invalidUnit: "send UTF-8, without a byte order mark"
    case .invalidUTF8: invalidHint
    default: ""
    }
  }

  private var invalidHint: String {
    switch variant {
    case .latin1: "encode the text as UTF-8 before it is sent"
    case .surrogate: "convert whole characters, not UTF-16 units one by one (Java, MySQL utf8)"
    case .tail, .cutCharacter: "cut strings between characters, not between bytes"
    default: "send well-formed UTF-8, or such bytes in Base64"
    }
  }
}
