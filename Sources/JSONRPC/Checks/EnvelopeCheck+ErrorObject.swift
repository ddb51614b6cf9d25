import LosslessJSON

extension EnvelopeCheck {
  /// Judges the value of `error`, which is there and not null.
  mutating func errorObject(_ error: JSON, _ form: Form, _ verdict: inout Verdict) {
    guard error.kind == .object else {
      findings.add(
        .errorType, at: error.head, "the error is \(error.kindName); it must be an object",
        hint: "write \"error\": {\"code\": -32000, \"message\": …}")
      if findings.refuses(.errorType) { verdict.refuse("error must be an object") }
      return
    }
    var parts = ErrorParts(error)
    duplicates(parts.duplicates)
    var absent: [String] = []
    if parts.code == nil { absent.append("code") }
    if parts.message == nil { absent.append("message") }
    code(&parts, absent, &verdict)
    message(&parts, absent, &verdict)
    // The 1.1 draft has a name and an error inside the error.
    if form == .v2 {
      extras(parts.others, count: parts.others.count, .note, of: "an error", &verdict)
    }
  }

  private mutating func code(
    _ parts: inout ErrorParts, _ absent: [String], _ verdict: inout Verdict
  ) {
    guard let code = parts.code?.value else {
      if misspelt("code", among: &parts.others, absent: absent, .error) == nil {
        findings.add(
          .codeMissing, at: parts.object.head, "the error has no code",
          hint: "write \"code\": an integer, -32000 if nothing else fits")
      }
      if findings.refuses(.codeMissing) { verdict.refuse("code is required") }
      return
    }
    if code.isInteger {
      reserved(code)
    } else if let number = code.double, number.isFinite, number == number.rounded() {
      findings.add(
        .wholeNumberFloat, at: code.range,
        "the code \(code.brief) is a whole number, but not spelt as an integer",
        hint: "write it without fraction and exponent; typed clients refuse it")
      if findings.refuses(.wholeNumberFloat) { verdict.refuse("code must be an integer") }
    } else {
      findings.add(
        .codeType, at: code.head,
        code.kind == .number
          ? "the code \(code.brief) is no integer"
          : "the code is \(code.kindName); it must be an integer",
        hint: code.kind == .string ? "write the number without quotes" : "")
      if findings.refuses(.codeType) { verdict.refuse("code must be an integer") }
    }
  }

  private mutating func message(
    _ parts: inout ErrorParts, _ absent: [String], _ verdict: inout Verdict
  ) {
    guard let message = parts.message?.value else {
      if misspelt("message", among: &parts.others, absent: absent, .error) == nil {
        findings.add(
          .messageMissing, at: parts.object.head, "the error has no message",
          hint: "write \"message\": one sentence, a string")
      }
      if findings.refuses(.messageMissing) { verdict.refuse("message is required") }
      return
    }
    guard message.kind != .string else { return }
    findings.add(
      .messageType, at: message.head, "the message is \(message.kindName); it must be a string",
      hint: "what has a structure belongs into \"data\"")
    if findings.refuses(.messageType) { verdict.refuse("message must be a string") }
  }

  private mutating func reserved(_ code: JSON) {
    guard let number = code.int, (-32768 ... -32000).contains(number),
      ErrorCode(rawValue: number).name == nil
    else { return }
    let custom = ReservedCodes.meaning(number)
    findings.add(
      .reservedCode, at: code.range,
      "the code \(number) is reserved, but has no meaning in the specification"
        + (custom.map { "; \($0)" } ?? ""),
      hint: custom == nil
        ? "use -32000 to -32099 for the server's own, or any number outside -32768 to -32000" : "")
  }
}

/// The members of an error object, sorted.
private struct ErrorParts {
  let object: JSON
  var code: JSON.Member?
  var message: JSON.Member?
  var hasData = false
  var others: [JSON.Member] = []
  var duplicates: [JSON.Member] = []

  init(_ object: JSON) {
    self.object = object
    for member in object.members {
      if member.key.isString("code") {
        if code != nil { duplicates.append(member) }
        code = member
      } else if member.key.isString("message") {
        if message != nil { duplicates.append(member) }
        message = member
      } else if member.key.isString("data") {
        if hasData { duplicates.append(member) }
        hasData = true
      } else {
        others.append(member)
      }
    }
  }
}

/// What others than the specification mean by codes of its reserved range.
enum ReservedCodes {
  /// Who uses a code for what, or nil.
  static func meaning(_ code: Int) -> String? {
    switch code {
    case -32701: "the XML-RPC fault codes use it for an unsupported encoding"
    case -32702: "the XML-RPC fault codes use it for an invalid character"
    case -32500: "the XML-RPC fault codes use it for an application error"
    case -32400: "the XML-RPC fault codes use it for a system error"
    case -32300: "the XML-RPC fault codes use it for a transport error"
    default: nil
    }
  }
}
