import LosslessJSON

extension EnvelopeCheck {
  /// Judges what version a reply claims; gives the form it is to be read in.
  mutating func version(_ envelope: inout Envelope, _ verdict: inout Verdict) -> Form {
    if let jsonrpc = envelope.jsonrpc { return claimed(jsonrpc.value, &verdict) }
    let isBare = envelope.result == nil && envelope.error == nil
    let absent = Envelope.absent(envelope)
    let near = misspelt("jsonrpc", among: &envelope.others, absent: absent, .warning)
    if near != nil {
      envelope.noteTaken()
      if findings.refuses(.misspeltMember) || isBare { verdict.refuse("jsonrpc is required") }
      return .v2
    }
    if let version = envelope.version?.value, version.isString("1.1") {
      draft(version, &verdict)
      return .draft
    }
    if isBare, !isOld { verdict.refuse("jsonrpc is required") }
    if !isOld, !isBare { oldForm(envelope, &verdict) }
    return .v1
  }

  /// Judges the value of `jsonrpc`.
  private mutating func claimed(_ value: JSON, _ verdict: inout Verdict) -> Form {
    if value.isString("2.0") {
      if isOld {
        findings.add(
          .version20, at: value.range, "a reply of JSON-RPC 2.0 to a session in 1.0",
          hint: "the server knows 2.0: `--jsonrpc 2.0` speaks it")
      }
      return .v2
    }
    let isOldName = isOld && value.isString("1.0")
    findings.add(
      .versionWrong, isOldName ? .note : nil, at: value.head, Self.sentence(value),
      hint: isOldName
        ? "JSON-RPC 1.0 has no \"jsonrpc\" member" : "write \"jsonrpc\": \"2.0\", a string")
    if findings.refuses(.versionWrong), !isOldName { verdict.refuse("jsonrpc must be \"2.0\"") }
    return isOldName ? .v1 : .v2
  }

  private static func sentence(_ value: JSON) -> String {
    switch value.kind {
    case .number: "\"jsonrpc\" is the number \(value.brief); it must be the string \"2.0\""
    case .string: "\"jsonrpc\" is \(value.brief); it must be exactly \"2.0\""
    default: "\"jsonrpc\" is \(value.kindName); it must be the string \"2.0\""
    }
  }

  private mutating func draft(_ version: JSON, _ verdict: inout Verdict) {
    findings.add(
      .version11, asked == .v2 ? .warning : .note, at: version.range,
      "a reply of the JSON-RPC 1.1 working draft, which has \"version\" instead of \"jsonrpc\"",
      hint: "clients of 2.0 look for \"jsonrpc\": \"2.0\"")
    if findings.refuses(.version11) { verdict.refuse("jsonrpc is required") }
  }

  /// Reports a reply without `jsonrpc`.
  private mutating func oldForm(_ envelope: Envelope, _ verdict: inout Verdict) {
    // With both members, one of them null, it is 1.0 to the letter: the server's custom.
    let isWhole = envelope.result != nil && envelope.error != nil
    let isAsked = asked != .v2
    findings.add(
      .version10, isWhole || isAsked ? .note : nil, at: envelope.object.head,
      isWhole
        ? "a reply of JSON-RPC 1.0" + (isAsked ? "" : " to a request of 2.0")
        : "there is no \"jsonrpc\": this is a reply of JSON-RPC 1.0",
      hint: isWhole
        ? "`--jsonrpc 1.0` speaks to the server in its own version"
        : "a server of 2.0 writes \"jsonrpc\": \"2.0\" into each reply")
    if findings.refuses(.version10) { verdict.refuse("jsonrpc is required") }
  }

  /// The version that the request was written in, if it is known.
  private var asked: ProtocolVersion? {
    if let version = check.version { return version }
    guard !check.request.isEmpty, let sent = try? JSON(reading: check.request) else { return nil }
    let first = sent[0] ?? sent
    return first["jsonrpc"] == nil ? .v1 : .v2
  }
}

extension Envelope {
  /// The names of a reply that are not there.
  static func absent(_ envelope: Envelope) -> [String] {
    var names: [String] = []
    if envelope.jsonrpc == nil { names.append("jsonrpc") }
    if envelope.result == nil, envelope.error == nil { names += ["result", "error"] }
    if envelope.id == nil { names.append("id") }
    return names
  }
}
