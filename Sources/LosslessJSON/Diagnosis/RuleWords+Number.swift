extension RuleWords {
  var numberMessage: String {
    switch rule {
    case .number: malformed
    case .leadingZero: "the number \(subject) begins with a zero before other digits"
    case .leadingPlus: "the number \(subject) begins with a plus"
    case .bareDot: "the number \(subject) has no digit on one side of its point"
    case .hexNumber:
      "the number \(subject) is not decimal; JSON has no hexadecimal, octal or binary numbers"
    case .digitSeparator: "the digits of the number \(subject) are grouped"
    case .numberOverflow:
      "the number \(subject) is too large for a double: most clients read infinity"
    case .numberUnderflow: "the number \(subject) is too small for a double: most clients read 0"
    case .integerInexact:
      "the integer \(subject) is beyond 2^53 and no double: clients that use doubles change it"
    case .numberDigits: "the number \(subject) has more digits than a double keeps"
    default: rule.rawValue
    }
  }

  private var malformed: String {
    switch variant {
    case .sign: "a sign without a digit after it: \(subject)"
    case .suffix: "letters follow the digits of the number \(subject)"
    case .exponent: "the number \(subject) has no digit in its exponent"
    case .space: "a blank stands inside the number \(subject)"
    case .expression: "\(subject) is a calculation, not a number"
    default: "\(subject) is no JSON number"
    }
  }

  var numberHint: String {
    switch rule {
    case .number: "write digits, one point at most, and an exponent with digits"
    case .leadingZero: "remove the zero, or write a string if the zeros matter"
    case .leadingPlus: "remove the plus"
    case .bareDot: "write a digit on both sides of the point, as in 0.5 or 5.0"
    case .hexNumber: "write the number in decimal, or as a string"
    case .digitSeparator: "write the digits without separators"
    case .numberOverflow, .numberUnderflow: "send the number as a string"
    case .integerInexact: "send the integer as a string"
    case .numberDigits: "send it as a string if every digit matters"
    default: ""
    }
  }
}
