import LosslessJSON

extension EnvelopeCheck {
  /// Judges the id of a reply, whether it is there and whether it is the right one.
  mutating func identity(_ envelope: inout Envelope, _ verdict: inout Verdict) {
    guard let id = envelope.id?.value else {
      let near = misspelt(
        "id", among: &envelope.others, absent: Envelope.absent(envelope), .error)
      if near == nil {
        findings.add(
          .idMissing, at: envelope.object.head, in: quoted, "the reply has no id\(askedFor)",
          hint: "copy the request's id; where it could not be read, write \"id\": null")
      } else {
        envelope.noteTaken()
      }
      if findings.refuses(.idMissing) { verdict.refuse("id is required") }
      return
    }
    if !isOld, !isAllowed(id) {
      let isCopied = isAsked(id)
      findings.add(
        .idType, isCopied ? .note : nil, at: id.head,
        "the id is \(id.kindName); it must be a string, a number or null"
          + (isCopied ? " (it is the one that was sent)" : ""),
        hint: isCopied
          ? "a server of 2.0 answers such a request with error -32600 and id null"
          : "copy the request's id")
      if !isCopied, findings.refuses(.idType) {
        verdict.refuse("id must be a string, a number or null")
      }
      if isCopied { return }
      // What it is matters more than that it is not the one that was sent.
      if case .batch = check.expectation { return }
      if case .call = check.expectation { return }
    }
    var isSuccess = true
    if case .error? = verdict.taken { isSuccess = false }
    identity(envelope, isSuccess: isSuccess)
  }

  /// Judges an id that is there against what was asked.
  mutating func identity(_ envelope: Envelope, isSuccess: Bool) {
    guard let id = envelope.id?.value else { return }
    switch check.expectation {
    case .call(let expected):
      if id != expected.json { mismatch(id, expected, envelope, isSuccess) }
    case .batch: break
    case .notification:
      findings.add(
        .answerToNotification, at: envelope.object.head, in: quoted,
        "a reply to a notification, which must have none",
        hint: isSuccess
          ? "a request without an id is not answered"
          : "not even an error is sent in reply to a notification")
    case .anything, .unknown:
      if id.isNull {
        if !isOwnNull(envelope, isSuccess) { nullID(id, nil, isSuccess) }
      } else {
        fraction(id)
      }
    case .nothing(let stray): unmatched(id, stray)
    }
  }

  // MARK: - One call

  private mutating func mismatch(
    _ id: JSON, _ expected: RequestID, _ envelope: Envelope, _ isSuccess: Bool
  ) {
    if id.isNull, !isSuccess {
      if !isOwnNull(envelope, isSuccess) { nullID(id, expected, isSuccess) }
      return
    }
    findings.add(
      .idMismatch, at: id.head, in: quoted,
      "the reply has id \(id.brief) instead of \(expected.json.brief)",
      hint: Self.reason(id, expected))
  }

  /// Whether a null id is what the specification asks for: the request could not be read.
  private func isOwnNull(_ envelope: Envelope, _ isSuccess: Bool) -> Bool {
    guard !isSuccess, let code = envelope.error?.value["code"]?.int else { return false }
    return code == ErrorCode.parseError.rawValue || code == ErrorCode.invalidRequest.rawValue
  }

  private mutating func nullID(_ id: JSON, _ expected: RequestID?, _ isSuccess: Bool) {
    findings.add(
      .idNull, expected == nil ? .note : nil, at: id.range, in: quoted,
      expected.map { "the reply has id null instead of \($0.json.brief)" }
        ?? "the reply has id null",
      hint: isSuccess
        ? "null is for errors about a request whose id could not be read"
        : "a request whose method was looked at has a readable id: copy it")
  }

  private mutating func fraction(_ id: JSON) {
    guard id.kind == .number, !isOld, id.bytes.contains(0x2E) else { return }
    findings.add(
      .idFraction, at: id.range, "the id \(id.brief) has a fraction",
      hint: "numbers as ids should be integers: not every client compares fractions well")
  }

  /// What may have happened to the id on its way.
  private static func reason(_ id: JSON, _ expected: RequestID) -> String {
    if id.isNull { return "null is for errors about a request whose id could not be read" }
    let consequence = "a client that matches replies by id would never see it"
    guard RequestID(id).resembles(expected) else { return "copy the request's id: \(consequence)" }
    if id.kind != expected.json.kind { return "copy the id with its type: \(consequence)" }
    // The same number, spelt otherwise: `1.0` for `1`, or 9.22e18 for 9223372036854775808.
    return "copy the id as it was spelt, digit by digit: \(consequence)"
  }

  /// Whether a request was sent with that id.
  private func isAsked(_ id: JSON) -> Bool {
    switch check.expectation {
    case .call(let expected): expected.json == id
    case .batch(let batch): batch.ids.contains { $0.json == id }
    default: false
    }
  }

  private var askedFor: String {
    if case .call(let expected) = check.expectation {
      return "; \(expected.json.brief) was asked"
    }
    return ""
  }

  // MARK: - Nobody's reply

  private mutating func unmatched(_ id: JSON, _ stray: ReplyExpectation.Stray) {
    if id.isNull {
      findings.add(
        .idNull, at: id.range, in: quoted,
        "a reply without an id while several requests were waiting, or none",
        hint: "it can't be told what it answers")
      return
    }
    switch stray {
    case .unknown:
      findings.add(
        .idUnknown, at: id.head, in: quoted,
        "a reply with id \(id.brief), which nothing was sent with",
        hint: "copy the request's id: a client drops what matches none")
    case .answered(let number):
      findings.add(
        .idDuplicate, at: id.head, in: quoted,
        "a second reply with id \(id.brief), which exchange \(number) had already answered",
        hint: "each request is answered once")
    case .givenUp(let number):
      findings.add(
        .idLate, at: id.head, in: quoted,
        "the reply to exchange \(number), which was no longer waited for")
    }
  }
}
