public import LosslessJSON

/// The rules of JSON-RPC that a reply can break, as the `rule` of a finding.
public enum RPCRule: String, CaseIterable, Sendable {
  // MARK: What it is

  /// JSON that is no reply at all: a scalar, or an object of something else.
  case notAResponse = "rpc.not-a-response"
  /// A request or notification in the place of a reply.
  case requestInstead = "rpc.request-instead"
  /// The request itself came back.
  case echo = "rpc.echo"
  /// A reply with a `method` member besides.
  case methodInReply = "rpc.method-in-reply"
  /// Nothing came although a reply was due.
  case missingResponse = "rpc.missing-response"

  // MARK: Its version

  /// `jsonrpc` is there and not `"2.0"`.
  case versionWrong = "rpc.version-wrong"
  /// No `jsonrpc`: a reply of JSON-RPC 1.0.
  case version10 = "rpc.version-1.0"
  /// `"version": "1.1"`: a reply of the JSON-RPC 1.1 working draft.
  case version11 = "rpc.version-1.1"
  /// A reply of 2.0 where 1.0 is spoken.
  case version20 = "rpc.version-2.0"

  // MARK: Result and error

  /// Neither a result nor an error.
  case outcomeMissing = "rpc.outcome-missing"
  /// A result and an error.
  case bothOutcomes = "rpc.both-outcomes"
  /// A null in the place of the outcome that does not apply, as in 1.0.
  case legacyNullMember = "rpc.legacy-null-member"
  /// In 1.0, the outcome that does not apply left out.
  case memberOmitted = "rpc.member-omitted"
  /// An error that is no object.
  case errorType = "rpc.error-type"
  /// An error without a code.
  case codeMissing = "rpc.code-missing"
  /// A code that is no integer.
  case codeType = "rpc.code-type"
  /// A code that is an integer, spelt with a fraction or an exponent.
  case wholeNumberFloat = "rpc.whole-number-float"
  /// A code of the reserved range without a meaning in the specification.
  case reservedCode = "rpc.reserved-code"
  /// An error without a message.
  case messageMissing = "rpc.message-missing"
  /// A message that is no string.
  case messageType = "rpc.message-type"

  // MARK: Members

  /// A member that the specification does not know.
  case extraMember = "rpc.extra-member"
  /// A member that is nearly one of the specification's, which is missing.
  case misspeltMember = "rpc.misspelt-member"
  /// A second member of the same name.
  case duplicateMember = "rpc.duplicate-member"

  // MARK: The id

  /// No id.
  case idMissing = "rpc.id-missing"
  /// A null id where the request's was to be had.
  case idNull = "rpc.id-null"
  /// Another id than the request's, if only in kind or spelling.
  case idMismatch = "rpc.id-mismatch"
  /// An id that is a boolean, an array or an object.
  case idType = "rpc.id-type"
  /// An id with a fraction.
  case idFraction = "rpc.id-fraction"
  /// An id that nothing was sent with.
  case idUnknown = "rpc.id-unknown"
  /// A second reply with the same id.
  case idDuplicate = "rpc.id-duplicate"
  /// A reply to a request that was given up.
  case idLate = "rpc.id-late"

  // MARK: Who was to answer

  /// A reply to a notification.
  case answerToNotification = "rpc.answer-to-notification"
  /// An array for a single call.
  case batchForSingle = "rpc.batch-for-single"
  /// A single reply for a batch.
  case singleForBatch = "rpc.single-for-batch"
  /// A batch with requests that have no reply in the array.
  case batchMissing = "rpc.batch-missing"
  /// An empty array.
  case batchEmpty = "rpc.batch-empty"
}

extension RPCRule {
  /// How bad it is in normal mode, unless the circumstances make it milder.
  public var severity: Finding.Severity { traits.severity }

  /// The section of JSON-RPC 2.0 that it is from.
  public var section: String { section(in: .v2) }

  /// The section that it is from in the version that is spoken.
  public func section(in version: ProtocolVersion) -> String {
    switch (self, version) {
    case (.version10, _), (.memberOmitted, _), (.version20, _): "JSON-RPC 1.0 section 1.2"
    case (.version11, _): "JSON-RPC 1.1 working draft"
    case (.answerToNotification, .v1): "JSON-RPC 1.0 section 1.3"
    case (_, .v1): "JSON-RPC 1.0 section 1.2"
    case (_, .v2): "JSON-RPC 2.0 section \(traits.section)"
    }
  }

  /// What a rule means for the outcome of a reply that breaks it.
  enum Weight {
    /// There is no outcome, in any mode.
    case fatal
    /// The response's schema forbids it and clients refuse it; in lenient mode it passes.
    case schema
    /// It passes by custom; in strict mode it does not.
    case custom
    /// The reply is taken in any mode.
    case remark
  }

  var weight: Weight { traits.weight }

  private typealias Traits = (severity: Finding.Severity, section: String, weight: Weight)

  /// The one table of how bad each is and where it is written.
  private var traits: Traits {
    switch self {
    case .notAResponse: (.error, "5", .fatal)
    case .requestInstead: (.error, "5", .fatal)
    case .echo: (.error, "5", .fatal)
    case .methodInReply: (.warning, "5", .custom)
    case .missingResponse: (.error, "5", .fatal)
    case .versionWrong: (.error, "5", .schema)
    case .version10: (.warning, "5", .custom)
    case .version11: (.warning, "5", .custom)
    case .version20: (.note, "5", .remark)
    case .outcomeMissing: (.error, "5", .fatal)
    case .bothOutcomes: (.error, "5", .schema)
    case .legacyNullMember: (.note, "5", .custom)
    case .memberOmitted: (.note, "5", .custom)
    case .errorType: (.error, "5.1", .schema)
    case .codeMissing: (.error, "5.1", .schema)
    case .codeType: (.error, "5.1", .schema)
    case .wholeNumberFloat: (.warning, "5.1", .custom)
    case .reservedCode: (.note, "5.1", .remark)
    case .messageMissing: (.error, "5.1", .schema)
    case .messageType: (.error, "5.1", .schema)
    case .extraMember: (.warning, "5", .custom)
    case .misspeltMember: (.error, "5", .custom)
    case .duplicateMember: (.error, "4", .custom)
    case .idMissing: (.error, "5", .schema)
    case .idNull: (.warning, "5", .remark)
    case .idMismatch: (.error, "5", .remark)
    case .idType: (.error, "5", .schema)
    case .idFraction: (.warning, "4", .remark)
    case .idUnknown: (.error, "5", .remark)
    case .idDuplicate: (.error, "5", .remark)
    case .idLate: (.note, "5", .remark)
    case .answerToNotification: (.warning, "4.1", .remark)
    case .batchForSingle: (.error, "6", .remark)
    case .singleForBatch: (.error, "6", .remark)
    case .batchMissing: (.error, "6", .fatal)
    case .batchEmpty: (.error, "6", .fatal)
    }
  }
}
