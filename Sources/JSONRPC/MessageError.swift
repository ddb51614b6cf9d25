/// Why a message can't be built. Reading never throws these: what a server sent is kept and judged.
public enum MessageError: Error, Sendable, Hashable {
  /// The method is missing or no string.
  case methodNotString
  /// Params must be an array or an object (2.0 section 4.2).
  case paramsNotStructured
  /// JSON-RPC 1.0 wants an array of params, even an empty one.
  case paramsNotArray
  /// Positional and named params can't be mixed in one call.
  case mixedParams
  /// The id is of a kind that the version does not allow.
  case idKind
  /// In 1.0 a null id means a notification, so it can't be a request's.
  case nullID
  /// A 1.0 response needs an id.
  case missingID
  /// A response has neither a result nor an error.
  case noOutcome
  /// A response has both a result and an error.
  case twoOutcomes
  /// The error is no object with an integer code and a string message (2.0 section 5.1).
  case badErrorObject
  /// A batch must have at least one element (2.0 section 6).
  case emptyBatch
  /// The version has no batches.
  case noBatches

  /// One sentence for a person.
  public var message: String {
    switch self {
    case .methodNotString: "the method must be a string"
    case .paramsNotStructured: "params must be an array or an object"
    case .paramsNotArray: "JSON-RPC 1.0 takes params as an array only"
    case .mixedParams: "positional and named params can't be mixed"
    case .idKind: "an id must be a string, a number or null"
    case .nullID: "in JSON-RPC 1.0 a null id makes a notification"
    case .missingID: "a JSON-RPC 1.0 response needs an id"
    case .noOutcome: "a response needs a result or an error"
    case .twoOutcomes: "a response can't have both a result and an error"
    case .badErrorObject: "an error needs an integer code and a string message"
    case .emptyBatch: "a batch needs at least one element"
    case .noBatches: "JSON-RPC 1.0 has no batches"
    }
  }
}
