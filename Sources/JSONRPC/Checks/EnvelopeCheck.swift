import LosslessJSON

/// One run of the rules over a reply.
struct EnvelopeCheck {
  let check: ReplyCheck
  var findings: RuleFindings

  /// How a reply is written.
  enum Form { case v1, draft, v2 }

  init(_ check: ReplyCheck) {
    self.check = check
    findings = RuleFindings(mode: check.mode)
  }

  /// Whether the session speaks 1.0.
  var isOld: Bool { check.version == .v1 }
  /// The version whose sections are quoted.
  var quoted: ProtocolVersion { check.version ?? .v2 }

  /// Judges a reply that is no array.
  mutating func single(_ reply: JSON) -> ReplyOutcome {
    let outcome = envelope(reply, isElement: false)
    if case .batch(let batch) = check.expectation { singleForBatch(reply, outcome, batch) }
    return outcome
  }

  /// Judges one reply object: of an array or by itself.
  mutating func envelope(_ reply: JSON, isElement: Bool) -> ReplyOutcome {
    guard reply.kind == .object else {
      if Self.isEncodedTwice(reply) {
        findings.add(
          .notAResponse, at: reply.head, in: quoted,
          "this is a string that holds JSON itself: the message was encoded twice",
          hint: "the server must send the object as it is, and not serialize its text once more")
        return .invalidResponse(why: "encoded twice")
      }
      findings.add(
        .notAResponse, at: reply.head, in: quoted,
        "this is \(reply.kindName), but a reply is an object\(isElement ? "" : " (or an array)")",
        hint: "wrap it: {\"jsonrpc\": \"2.0\", \"result\": …, \"id\": …}")
      return .invalidResponse(why: isElement ? "not an object" : "not an object or array")
    }
    var envelope = Envelope(reply)
    if isPlain(envelope), let id = envelope.id, let result = envelope.result {
      if case .call(let expected) = check.expectation, id.value == expected.json {
        return .success(id: expected, result: result.value)
      }
      identity(envelope, isSuccess: true)
      return .success(id: RequestID(id.value), result: result.value)
    }
    if let outcome = asRequest(envelope) { return outcome }
    var verdict = Verdict()
    let form = version(&envelope, &verdict)
    outcome(&envelope, form, &verdict)
    if !verdict.isForeign {
      duplicates(envelope.duplicates)
      identity(&envelope, &verdict)
      extras(envelope, form, &verdict)
    }
    return verdict.outcome(id: envelope.id?.value)
  }

  /// Whether it is a string with the text of an object or an array in it.
  private static func isEncodedTwice(_ reply: JSON) -> Bool {
    guard let text = reply.string, let first = text.utf8.first(where: { $0 > 0x20 }),
      first == 0x7B || first == 0x5B, let inner = try? JSON(reading: text)
    else { return false }
    return inner.kind == .object || inner.kind == .array
  }

  /// Whether it is an ordinary success of 2.0, so that only its id is left to be judged.
  private func isPlain(_ envelope: Envelope) -> Bool {
    guard !isOld, envelope.error == nil, envelope.otherCount == 0, envelope.method == nil,
      envelope.version == nil, envelope.duplicates.isEmpty
    else { return false }
    return envelope.jsonrpc?.value.isString("2.0") ?? false && isAllowed(envelope.id?.value)
  }

  /// Whether an id is of a kind that 2.0 allows.
  func isAllowed(_ id: JSON?) -> Bool {
    switch id?.kind {
    case .string, .number, .null: true
    default: false
    }
  }

  // MARK: - Requests

  /// The outcome, if it is a request or notification rather than a reply.
  private mutating func asRequest(_ envelope: Envelope) -> ReplyOutcome? {
    guard let method = envelope.method else { return nil }
    let hasOutcome =
      envelope.result != nil || !(envelope.error?.value.isNull ?? true)
    if hasOutcome {
      findings.add(
        .methodInReply, at: method.range, in: quoted,
        "a reply has no member \"method\"; many clients take this for a request",
        hint: "leave \"method\" out of replies")
      return findings.refuses(.methodInReply) ? Self.requestOutcome : nil
    }
    if isRequestItself(envelope.object) {
      findings.add(
        .echo, at: envelope.object.head, in: quoted,
        "this is the request itself, sent back instead of a reply",
        hint: "is this a server, or does something before it (cat, an echo service) return what it"
          + " gets?")
      return Self.requestOutcome
    }
    let kind = envelope.id == nil ? "a notification" : "a request"
    findings.add(
      .requestInstead, check.expectation == .unknown ? .note : nil, at: method.range, in: quoted,
      "this is \(kind) (\(method.value.brief)), not a reply: it has a method and no result",
      hint: "a reply has a result or an error, and the id of the request")
    return Self.requestOutcome
  }

  private static let requestOutcome = ReplyOutcome.invalidResponse(
    why: "a request or notification, not a response")

  private func isRequestItself(_ reply: JSON) -> Bool {
    guard !check.request.isEmpty else { return false }
    if reply.bytes.elementsEqual(check.request) { return true }
    guard let sent = try? JSON(reading: check.request) else { return false }
    return sent == reply || sent.elements.contains(reply)
  }

  // MARK: - Members

  /// Reports the members that came twice.
  mutating func duplicates(_ members: [JSON.Member]) {
    for member in members {
      findings.add(
        .duplicateMember, at: member.range, in: quoted,
        "a second member \(member.key.brief): most clients take the last, some the first",
        hint: "write each member once")
    }
  }

  /// Reports the members that are none of a reply's.
  private mutating func extras(_ envelope: Envelope, _ form: Form, _ verdict: inout Verdict) {
    let severity: Finding.Severity = isOld || form != .v2 ? .note : .warning
    extras(envelope.others, count: envelope.otherCount, severity, of: "a reply", &verdict)
    guard form == .v2, let version = envelope.version else { return }
    extras([version], count: 1, severity, of: "a reply", &verdict)
  }

  /// Reports members that an object of the specification does not have.
  mutating func extras(
    _ members: [JSON.Member], count: Int, _ severity: Finding.Severity, of object: String,
    _ verdict: inout Verdict
  ) {
    guard let first = members.first else { return }
    let most = 8
    for member in members.prefix(most) {
      findings.add(
        .extraMember, severity, at: member.range, in: quoted,
        "\(object) has no member \(member.key.brief) by the specification",
        hint: object == "a reply"
          ? "put it into the result, or into the error's data" : "put it into the error's data")
    }
    if count > most {
      findings.add(
        .extraMember, severity, at: first.range, in: quoted,
        "\(object) has \(count - most) more members that are not in the specification")
    }
    if findings.refuses(.extraMember) { verdict.refuse("extra member \(first.key.brief)") }
  }

  /// Takes out of the members the one that was meant to be `name`, and reports it.
  mutating func misspelt(
    _ name: String, among members: inout [JSON.Member], absent: [String],
    _ severity: Finding.Severity
  ) -> JSON.Member? {
    let place = members.firstIndex { MemberSpelling.meant($0.name, among: absent) == name }
    guard let place else { return nil }
    let member = members.remove(at: place)
    findings.add(
      .misspeltMember, severity, at: member.key.range, in: quoted,
      "\(member.key.brief) is no member of the specification; did you mean \"\(name)\"?",
      hint: "write \"\(name)\", in lower case: names are compared letter by letter")
    return member
  }
}

/// What has been decided about a reply so far.
struct Verdict {
  /// The result or the error, if it has one that can be taken.
  enum Taken {
    case result(JSON)
    case error(JSON)
  }

  var taken: Taken?
  /// Whether it is something else altogether, so that nothing more is worth saying.
  var isForeign = false
  /// Why it is no valid reply: the first reason.
  private(set) var why: String?

  mutating func refuse(_ reason: String) { why = why ?? reason }

  func outcome(id: JSON?) -> ReplyOutcome {
    if let why { return .invalidResponse(why: why) }
    let id = id.map { RequestID($0) }
    switch taken {
    case .result(let value)?: return .success(id: id, result: value)
    case .error(let value)?: return .error(id: id, error: ErrorObject(received: value))
    case nil: return .invalidResponse(why: "result or error is required")
    }
  }
}
