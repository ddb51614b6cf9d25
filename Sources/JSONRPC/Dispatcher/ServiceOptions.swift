public import LosslessJSON

/// How much a service takes and how much it tells.
public struct ServiceOptions: Sendable {
  /// The largest and the deepest message.
  public var limits = JSONLimits(maxBytes: 64 << 20, maxDepth: 1_000)
  /// The most elements of a batch.
  public var maxBatch = 10_000
  /// The most elements of one batch that run at once.
  public var maxConcurrent = 64
  /// The longest a call may take. One that takes longer is answered with an error, taken back, and
  /// left to itself if it doesn't heed that.
  public var callTimeout: Duration?
  /// The versions that are spoken.
  public var versions: Set<ProtocolVersion> = [.v1, .v2]
  /// How much errors tell.
  public var detail = ErrorDetail.explained
  /// Is told of every call that ended, from whatever task it ran in.
  public var observer: (@Sendable (ServedCall) -> Void)?

  /// Only quick methods begin on the thread of whoever calls `answer`.
  package var sparesCallersThread = false

  /// The defaults.
  public init() {}
}

/// A call that a service has run, or refused for want of such a method.
public struct ServedCall: Sendable {
  /// The call as it came.
  public let call: ReceivedCall
  /// The id, or nil if it was a notification.
  public let id: RequestID?
  /// What came of it.
  public let outcome: Response.Outcome
  /// How long it took.
  public let duration: Duration
}
