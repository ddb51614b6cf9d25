public import LosslessJSON

/// What the checks say of a reply.
public struct ReplyReport: Sendable {
  /// What is wrong or odd, in the order of the text; of a text, what is wrong with the text first.
  public var findings: [Finding]
  /// What a client makes of the reply.
  public var outcome: ReplyOutcome
  /// How many findings were left out, because there are too many to tell.
  public var omitted: Int

  /// A report of those parts.
  public init(findings: [Finding], outcome: ReplyOutcome, omitted: Int = 0) {
    self.findings = findings
    self.outcome = outcome
    self.omitted = omitted
  }
}
