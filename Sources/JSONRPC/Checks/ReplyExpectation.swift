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
    case .response: self = .notification
    case .other: self = .anything
    }
  }

  /// What a text asks for; `anything` if it is not JSON, `unknown` if it is empty.
  public init(requestText bytes: [UInt8]) {
    guard !bytes.isEmpty else {
      self = .unknown
      return
    }
    self = (try? JSON(reading: bytes)).map { ReplyExpectation(request: $0) } ?? .anything
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
