public import LosslessJSON

/// A reply to a request: built by a server, or read from one.
public struct Response: Sendable, Hashable {
  /// What came of the request.
  public enum Outcome: Sendable, Hashable {
    /// It went well; the value of `result`.
    case result(JSON)
    /// It failed; the value of `error`.
    case error(ErrorObject)
  }

  /// The exact message.
  public let json: JSON
  /// The id it answers; nil if the message has none.
  public let id: RequestID?
  /// What came of the request.
  public let outcome: Outcome

  private init(json: JSON, id: RequestID?, outcome: Outcome) {
    self.json = json
    self.id = id
    self.outcome = outcome
  }

  /// A reply that a server writes.
  public init(_ outcome: Outcome, id: RequestID, version: ProtocolVersion = .v2) {
    var writer = JSONWriter()
    writer.beginObject()
    if version == .v2 {
      writer.key("jsonrpc")
      writer.string("2.0")
    }
    // 1.0 wants both members, the one that does not apply as null.
    if case .result(let value) = outcome {
      writer.key("result")
      writer.value(value)
    } else if version == .v1 {
      writer.key("result")
      writer.literal("null")
    }
    if case .error(let error) = outcome {
      writer.key("error")
      writer.value(error.json)
    } else if version == .v1 {
      writer.key("error")
      writer.literal("null")
    }
    writer.key("id")
    writer.value(id.json)
    writer.endObject()
    self.init(json: writer.finished(), id: id, outcome: outcome)
  }

  /// A reply from members that a person wrote, checked as the version demands.
  public init(
    result: JSON?, error: JSON?, id: JSON?, version: ProtocolVersion
  ) throws(MessageError) {
    let known = id.map { RequestID($0) }
    if version == .v2, let known, !known.isAllowedIn2 { throw .idKind }
    if version == .v1, known == nil { throw .missingID }
    // In 1.0 the member that does not apply is there as null.
    let wantsError = error != nil && !(version == .v1 && error?.isNull == true)
    let hasResult = result != nil && !(version == .v1 && wantsError && result?.isNull == true)
    if wantsError, hasResult { throw .twoOutcomes }
    if wantsError, let error {
      let outcome = Outcome.error(try ErrorObject(checking: error))
      self.init(outcome, id: known ?? .null, version: version)
    } else if let result {
      self.init(.result(result), id: known ?? .null, version: version)
    } else {
      throw .noOutcome
    }
  }

  /// A reply as it came from a server, taken leniently: any object with a result or an error.
  ///
  /// `error: null` beside a result is a 1.0 success; an error of any other kind wins over a result.
  /// Nil if it is no reply at all. What is wrong with it is for the checks to say.
  public init?(received json: JSON) {
    guard json.kind == .object else { return nil }
    let id = json["id"].map { RequestID($0) }
    if let error = json["error"], !error.isNull {
      self.init(json: json, id: id, outcome: .error(ErrorObject(received: error)))
    } else if let result = json["result"] {
      self.init(json: json, id: id, outcome: .result(result))
    } else if let error = json["error"] {
      self.init(json: json, id: id, outcome: .error(ErrorObject(received: error)))
    } else {
      return nil
    }
  }

  /// Whether the request went well.
  public var ok: Bool { result != nil }

  /// The result, if it went well.
  public var result: JSON? {
    if case .result(let value) = outcome { value } else { nil }
  }

  /// The error, if it did not.
  public var error: ErrorObject? {
    if case .error(let error) = outcome { error } else { nil }
  }

  /// The error's code, if it is an integer.
  public var code: Int? { error?.code }
  /// The error's message.
  public var message: String? { error?.message }
  /// The error's data.
  public var data: JSON? { error?.data }
}
