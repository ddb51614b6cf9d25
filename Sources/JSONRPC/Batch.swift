public import LosslessJSON

/// Several requests and notifications sent as one message (2.0 section 6).
public struct Batch: Sendable, Hashable {
  /// The elements in order; at least one.
  public let requests: [Request]

  /// A batch of those requests.
  public init(_ requests: [Request]) throws(MessageError) {
    if requests.isEmpty { throw .emptyBatch }
    if requests.contains(where: { $0.version == .v1 }) { throw .noBatches }
    self.requests = requests
  }

  /// The message.
  public var json: JSON { JSON.array(requests.map(\.json)) }
}
