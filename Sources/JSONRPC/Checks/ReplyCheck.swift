public import LosslessJSON

/// What a reply is held against: what was asked, in which version, and how strictly.
///
/// It knows no transport: whoever has a connection says with `expectation` what the reply is to.
public struct ReplyCheck: Sendable {
  /// What was asked.
  public var expectation: ReplyExpectation
  /// The exact text that was sent, or empty. It is only read where the reply makes it matter.
  public var request: [UInt8]
  /// The version that is spoken; nil if the reply is to tell.
  ///
  /// In a session of 1.0 its form is no finding; without a version it is a note, and where the
  /// request was 2.0 a warning unless the reply has the whole form of 1.0.
  public var version: ProtocolVersion?
  /// How strictly it is judged.
  public var mode: CheckMode

  /// A check against what is known to have been asked.
  public init(
    _ expectation: ReplyExpectation = .unknown, request: [UInt8] = [],
    version: ProtocolVersion? = nil,
    mode: CheckMode = .normal
  ) {
    self.expectation = expectation
    self.request = request
    self.version = version
    self.mode = mode
  }

  /// A check against a request's text, valid or not, from which is told what it asks for.
  public init(request: [UInt8], version: ProtocolVersion? = nil, mode: CheckMode = .normal) {
    self.init(
      ReplyExpectation(requestText: request), request: request, version: version, mode: mode)
  }

  /// Judges a reply that was read. The ranges are those of the value's document.
  public func report(on reply: JSON) -> ReplyReport {
    var check = EnvelopeCheck(self)
    let outcome: ReplyOutcome =
      reply.kind == .array ? check.batch(reply) : check.single(reply)
    return ReplyReport(
      findings: check.findings.sorted, outcome: outcome, omitted: check.findings.omitted)
  }

  /// Judges a text that was diagnosed: its own findings first, then the protocol's about the value
  /// that could be read, with their ranges in the text as it came.
  ///
  /// The outcome of a text that is not strictly JSON is `parseError`, whatever could be read. Only
  /// a byte order mark before it, which RFC 8259 lets a reader ignore, is passed over.
  public func report(on diagnosis: JSONDiagnosis) -> ReplyReport {
    guard let value = diagnosis.value, diagnosis.isValid || value.kind.isContainer else {
      // That the one word which could be read is no reply needs no second finding.
      return ReplyReport(findings: diagnosis.findings, outcome: .parseError)
    }
    var report = report(on: value)
    if !diagnosis.isValid {
      for place in report.findings.indices {
        report.findings[place].range = report.findings[place].range.map(diagnosis.original)
      }
      let isMarked = diagnosis.findings.allSatisfy { Self.isByteOrderMark($0) }
      if !isMarked || mode == .strict { report.outcome = .parseError }
    }
    report.findings = Self.merge(
      diagnosis.findings, report.findings.filter { !diagnosis.explains($0) })
    return report
  }

  /// Judges a text, and the HTTP status it came with if there was one.
  public func report(onText bytes: [UInt8], status: Int? = nil) -> ReplyReport {
    var report =
      bytes.isEmpty && expectation != .unknown
      ? reportOnNothing() : report(on: JSONDiagnosis(of: bytes))
    if let status, !(200..<300).contains(status) {
      report.outcome = .httpError(status: status, body: Self.body(report.outcome))
    }
    return report
  }

  /// Judges that nothing came.
  public func reportOnNothing() -> ReplyReport {
    guard expectation.isReplyDue else {
      if case .batch = expectation {
        return ReplyReport(findings: [], outcome: .batch(BatchOutcome(items: [])))
      }
      return ReplyReport(findings: [], outcome: .empty)
    }
    var findings = RuleFindings(mode: mode)
    findings.add(
      .missingResponse, at: nil, in: version ?? .v2, "the reply is empty, but one was due",
      hint: "only a notification, which has no id, may be left without a reply")
    return ReplyReport(findings: findings.sorted, outcome: .missingResponse)
  }

  private static func body(_ outcome: ReplyOutcome) -> ReplyOutcome? {
    switch outcome {
    case .success, .error, .batch: outcome
    default: nil
    }
  }

  private static func isByteOrderMark(_ finding: Finding) -> Bool {
    finding.severity != .error || finding.rule == "text.bom"
  }

  /// The text's findings, then the protocol's. A duplicate key that the protocol judges is told once.
  private static func merge(_ text: [Finding], _ protocol: [Finding]) -> [Finding] {
    let judged = `protocol`.filter { $0.rule == RPCRule.duplicateMember.rawValue }
      .compactMap(\.range)
    if judged.isEmpty { return text + `protocol` }
    let others = text.filter { finding in
      guard finding.rule == "json.duplicate-key", let range = finding.range else { return true }
      return !judged.contains { $0.lowerBound == range.lowerBound }
    }
    return others + `protocol`
  }
}

extension JSON.Kind {
  fileprivate var isContainer: Bool { self == .object || self == .array }
}
