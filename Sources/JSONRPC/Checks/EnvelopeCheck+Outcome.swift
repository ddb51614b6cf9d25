import LosslessJSON

extension EnvelopeCheck {
  /// Judges result and error, and takes the one that a client takes.
  mutating func outcome(_ envelope: inout Envelope, _ form: Form, _ verdict: inout Verdict) {
    let error = envelope.error?.value
    switch (envelope.result?.value, error) {
    case (nil, nil): neither(&envelope, &verdict)
    case (let result?, nil):
      verdict.taken = .result(result)
      if isOldForSure(form) { omitted("error", "null beside a result", envelope, &verdict) }
    case (let result?, let error?) where error.isNull:
      verdict.taken = .result(result)
      if form == .v2 { nullBeside("error", envelope.error, &verdict) }
    case (nil, let error?) where error.isNull: nullAlone(error, form, &verdict)
    case (let result, let error?):
      verdict.taken = .error(error)
      if let result, !result.isNull {
        both(envelope, &verdict)
      } else if result != nil, form == .v2 {
        nullBeside("result", envelope.result, &verdict)
      } else if result == nil, isOldForSure(form) {
        omitted("result", "null beside an error", envelope, &verdict)
      }
      // In 1.0 an error is whatever the server likes.
      if form != .v1 { errorObject(error, form, &verdict) }
    }
  }

  /// Whether the rules of 1.0 apply because it was asked for, not because something is missing.
  private func isOldForSure(_ form: Form) -> Bool { isOld && form == .v1 }

  private mutating func neither(_ envelope: inout Envelope, _ verdict: inout Verdict) {
    verdict.refuse("result or error is required")
    let absent = Envelope.absent(envelope)
    for name in ["result", "error"] {
      if misspelt(name, among: &envelope.others, absent: absent, .error) != nil {
        envelope.noteTaken()
        return
      }
    }
    let isForeign =
      envelope.jsonrpc == nil && envelope.id == nil && envelope.version == nil
      && envelope.otherCount > 0 && envelope.others.count == envelope.otherCount
    if isForeign || envelope.object.count == 0 {
      var isUnasked = false
      if case .nothing = check.expectation { isUnasked = true }
      verdict.isForeign = true
      let names = envelope.others.prefix(4).map(\.key.brief).joined(separator: ", ")
      findings.add(
        .notAResponse, at: envelope.object.head, in: quoted,
        names.isEmpty
          ? "this is an empty object, not a reply"
          : "this is JSON, but no JSON-RPC: its members are \(names)",
        hint: isUnasked
          ? "nothing but messages of JSON-RPC may stand in the stream"
          : "is this the address of the JSON-RPC endpoint, and not of another service there?")
    } else {
      findings.add(
        .outcomeMissing, at: envelope.object.head, in: quoted,
        "the reply has neither a result nor an error",
        hint: "a method that returns nothing replies with \"result\": null")
    }
  }

  private mutating func nullAlone(_ error: JSON, _ form: Form, _ verdict: inout Verdict) {
    if form == .v1 || findings.mode == .lenient {
      verdict.refuse("result or error is required")
      findings.add(
        .outcomeMissing, at: error.range, in: form == .v1 ? .v1 : .v2,
        "the error is null, and there is no result",
        hint: "a method that returns nothing replies with \"result\": null")
      return
    }
    verdict.refuse("error must be an object")
    findings.add(
      .errorType, at: error.range, "the error is null, and there is no result",
      hint: "a success has \"result\", if only null, and no \"error\"")
  }

  private mutating func nullBeside(
    _ name: String, _ member: JSON.Member?, _ verdict: inout Verdict
  ) {
    let isError = name == "error"
    findings.add(
      .legacyNullMember, at: member?.range,
      "\"\(name)\" is null beside \(isError ? "a result" : "an error"), as in JSON-RPC 1.0",
      hint: "in 2.0 it must be left out: a client that asks whether there is "
        + (isError ? "an error" : "a result") + " is misled")
    if findings.refuses(.legacyNullMember) { verdict.refuse("result and error together") }
  }

  private mutating func omitted(
    _ name: String, _ what: String, _ envelope: Envelope, _ verdict: inout Verdict
  ) {
    findings.add(
      .memberOmitted, at: envelope.object.head, in: .v1,
      "\"\(name)\" is left out; JSON-RPC 1.0 wants it, \(what)",
      hint: "write \"\(name)\": null")
    if findings.refuses(.memberOmitted) { verdict.refuse("\(name) is required") }
  }

  private mutating func both(_ envelope: Envelope, _ verdict: inout Verdict) {
    let places = [envelope.result, envelope.error].compactMap { $0?.range }
    findings.add(
      .bothOutcomes, at: places.max { $0.lowerBound < $1.lowerBound }, in: quoted,
      "the reply has a result and an error; which of them holds can't be told",
      hint: "write one of them only: \"error\" if the call failed, else \"result\"")
    if findings.refuses(.bothOutcomes) { verdict.refuse("result and error together") }
  }
}
