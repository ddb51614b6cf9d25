public import LosslessJSON

/// What was asked, as far as it decides what a reply may look like.
public enum ReplyExpectation: Sendable, Hashable {
  /// A request with that id.
  case call(RequestID)
  /// A notification: no reply is due.
  case notification
  /// Several requests in one message.
  case batch(Batch)
  /// Something of which can't be told what reply it wants: text that is no request.
  case anything
  /// It is not known what was asked: a reply by itself.
  case unknown
  /// Nobody waits for the reply, because …
  case nothing(Stray)

  /// What a batch asked for.
  public struct Batch: Sendable, Hashable {
    /// The ids of its requests, in order.
    public var ids: [RequestID]
    /// How many of its elements are notifications.
    public var notifications: Int
    /// How many of its elements are no requests: each is owed an error with id null.
    public var others: Int

    /// A batch of those elements.
    public init(ids: [RequestID], notifications: Int = 0, others: Int = 0) {
      self.ids = ids
      self.notifications = notifications
      self.others = others
    }
  }

  /// Why nobody waits for a reply.
  public enum Stray: Sendable, Hashable {
    /// Nothing was sent with its id.
    case unknown
    /// The exchange of that number had its reply already.
    case answered(Int)
    /// The exchange of that number was given up before.
    case givenUp(Int)
  }

  /// What a message asks for.
  public init(request: JSON) {
    switch Message(request) {
    case .request(let call): self = call.id.map { .call($0) } ?? .notification
    case .notification: self = .notification
    case .batch(let elements) where elements.isEmpty: self = .anything
    case .batch(let elements): self = .batch(Batch(elements))
    // Whoever sends a reply expects nothing, and nothing is known of what comes nevertheless.
    case .response: self = .unknown
    case .other: self = .anything
    }
  }

  /// What a text asks for; `unknown` if it is empty.
  ///
  /// Of a broken text it is the ids that can be read, else `anything`: even a notification that is
  /// broken may be answered with an error.
  public init(requestText bytes: [UInt8]) {
    guard !bytes.isEmpty else {
      self = .unknown
      return
    }
    if let json = try? JSON(reading: bytes) {
      self.init(request: json)
    } else {
      self.init(broken: JSONDiagnosis(of: bytes).value)
    }
  }

  /// What a broken text asks for, given what could be read of it.
  public init(broken value: JSON?) {
    let expectation = value.map { ReplyExpectation(request: $0) } ?? .anything
    switch expectation {
    case .call: self = expectation
    case .batch(let batch) where !batch.ids.isEmpty: self = expectation
    default: self = .anything
    }
  }

  /// Whether a reply has to come.
  var isReplyDue: Bool {
    switch self {
    case .call, .anything: true
    case .batch(let batch): !batch.ids.isEmpty || batch.others > 0
    case .notification, .unknown, .nothing: false
    }
  }
}

extension ReplyExpectation.Batch {
  init(_ elements: [Message]) {
    self.init(ids: [])
    for element in elements {
      switch element {
      case .request(let call): ids += call.id.map { [$0] } ?? []
      case .notification: notifications += 1
      default: others += 1
      }
    }
  }
}
