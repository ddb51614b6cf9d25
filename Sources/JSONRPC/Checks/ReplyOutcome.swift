public import LosslessJSON

/// What a client makes of a reply.
public indirect enum ReplyOutcome: Sendable, Hashable {
  /// It has a result.
  case success(id: RequestID?, result: JSON)
  /// It has an error.
  case error(id: RequestID?, error: ErrorObject)
  /// Nothing came, and nothing was due.
  case empty
  /// Nothing came although a reply was due.
  case missingResponse
  /// An array: what each element is, in order.
  case batch(BatchOutcome)
  /// The text is no JSON.
  case parseError
  /// It is JSON, but no reply that a client can take: the rule that is broken, in a few words.
  case invalidResponse(why: String)
  /// The HTTP status is no success; the body's own outcome, if it has one.
  case httpError(status: Int, body: ReplyOutcome?)
}

/// What a client makes of an array of replies.
public struct BatchOutcome: Sendable, Hashable {
  /// What each element is, in order.
  public var items: [ReplyOutcome]
  /// The ids of requests without a reply, in the order they were sent.
  public var missing: [RequestID]
  /// The ids of replies that nobody asked for, or a second time, in the order they came.
  public var unmatched: [RequestID]

  /// An outcome of those parts.
  public init(items: [ReplyOutcome], missing: [RequestID] = [], unmatched: [RequestID] = []) {
    self.items = items
    self.missing = missing
    self.unmatched = unmatched
  }
}
