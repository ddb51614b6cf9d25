extension RuleWords {
  var structureMessage: String {
    switch rule {
    case .trailingComma:
      variant == .atEnd ? "a comma follows the value" : "a comma stands before \(subject)"
    case .missingComma: "a comma is missing before \(subject)"
    case .doubledComma: "a comma follows a comma: a value is missing between them"
    case .leadingComma: "a comma stands before the first \(variant == .object ? "member" : "value")"
    case .missingColon:
      "a colon is missing after the key\(subject.isEmpty ? "" : " before \(subject)")"
    case .doubledColon: "a colon follows a colon"
    case .wrongSeparator:
      "\(subject) stands where \(variant == .insteadOfColon ? "a colon" : "a comma") should"
    case .missingKey: "\(subject) stands where a key should"
    case .missingValue: "\(subject) stands where the member's value should"
    case .mismatchedBracket: mismatch
    case .surplusBracket: "\(subject) closes nothing: no object or array is open"
    case .comment: "a comment begins with \(subject); JSON has no comments"
    case .oddBlank: "\(subject) stands between values; only space, tab, LF and CR may"
    case .terminalEscape: "an escape sequence for terminals stands between values"
    case .unexpected: "\(subject) stands where \(expected) should"
    default: rule.rawValue
    }
  }

  private var mismatch: String {
    switch variant {
    case .unclosedArray: "\(subject) is a key, but the array that was opened"
    case .unclosedObject: "\(subject) has no key: the object that was opened"
    default: "\(subject) does not close the \(container) that was opened"
    }
  }

  private var container: String {
    switch variant {
    case .object: "object"
    case .array: "array"
    case .tuple: "tuple"
    default: "object or array"
    }
  }

  private var expected: String {
    switch variant {
    case .key: "a key"
    case .object: "a comma or '}'"
    case .array: "a comma or ']'"
    case .insteadOfColon: "a colon"
    default: "a value"
    }
  }

  var structureHint: String {
    switch rule {
    case .trailingComma:
      variant == .atEnd ? "remove the comma" : "remove the comma before \(subject)"
    case .missingComma: "put a comma before \(subject)"
    case .doubledComma: "remove the comma, or write null where a value is left out"
    case .leadingComma: "remove the comma"
    case .missingColon: "put a colon and a value after the key"
    case .doubledColon: "remove one of the colons"
    case .wrongSeparator:
      "write '\(variant == .insteadOfColon ? ":" : ",")' instead of \(subject)"
    case .missingKey: "put a key in double quotes and a colon before \(subject)"
    case .missingValue: "write null if there is no value, or leave the member out"
    case .mismatchedBracket: "close what is open in the order in which it was opened"
    case .surplusBracket: "remove it, or look for a bracket that was closed too early"
    case .comment: "remove the comment"
    case .oddBlank: "remove it, or put it into a string"
    case .terminalEscape: "switch colours off where the output is no terminal"
    case .unexpected: unexpectedHint
    default: ""
    }
  }

  private var unexpectedHint: String {
    guard subject.hasPrefix("'\"") else {
      return "remove it, or put it into double quotes if it is text"
    }
    return variant == .object
      ? "remove it, or put a comma, a key and a colon before it" : "remove it"
  }
}
