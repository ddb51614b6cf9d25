public import JSONRPC
public import LosslessJSON

/// A message about to be sent: its exact bytes, and what it waits for.
public struct Outgoing: Sendable {
  /// What ends it.
  public enum Awaits: Sendable, Equatable {
    /// Replies to these ids.
    case replies([RequestID])
    /// Some reply; which can't be told from the text.
    case anything
    /// Nothing: it is over when it is written (over HTTP: when its reply is complete).
    case nothing
  }

  /// The exact bytes, without framing.
  public private(set) var bytes: [UInt8]
  /// The request that the bytes were built from, where a dialect may still add to it.
  public private(set) var request: Request?
  /// Whether the bytes were built from values rather than typed, so that their blanks mean nothing.
  public let isBuilt: Bool
  /// Whether they are no JSON: then an error without an id may be the answer.
  public let isBroken: Bool
  /// What kind of exchange it begins.
  public private(set) var kind: Exchange.Kind
  /// The method, if there is one.
  public let method: String?
  /// What its reply is held against.
  public let expectation: ReplyExpectation

  /// A request or a notification.
  public init(_ request: Request) {
    bytes = request.bytes
    self.request = request
    isBuilt = true
    isBroken = false
    method = request.method
    kind = request.isNotification ? .notification : .call
    expectation = request.id.map { .call($0) } ?? .notification
  }

  /// A request in a spelling of its own, such as with members that its server wants; the dialect adds
  /// nothing to it.
  public init(_ request: Request, spelt message: JSON) {
    self.init(request)
    bytes = Array(message.bytes)
    self.request = nil
  }

  /// A batch.
  public init(_ batch: Batch) {
    bytes = Array(batch.json.bytes)
    isBuilt = true
    isBroken = false
    method = nil
    kind = .batch
    let ids = batch.requests.compactMap(\.id)
    expectation = .batch(.init(ids: ids, notifications: batch.requests.count - ids.count))
  }

  /// Text as it was typed, valid or not.
  public init(raw bytes: [UInt8]) {
    self.bytes = bytes
    isBuilt = false
    let strict = try? JSON(reading: bytes)
    isBroken = strict == nil
    // Ids of broken text are read as far as they can be: servers do so, too.
    guard let json = strict ?? JSONDiagnosis(of: bytes).value else {
      (kind, method, expectation) = (.raw, nil, .anything)
      return
    }
    expectation = isBroken ? ReplyExpectation(broken: json) : ReplyExpectation(request: json)
    switch Message(json) {
    case .request(let call), .notification(let call): (kind, method) = (.raw, call.method)
    case .batch: (kind, method) = (.batch, nil)
    case .response, .other: (kind, method) = (.raw, nil)
    }
  }

  /// A request of HTTP without a body, under a name for the log.
  public init(fetching name: String) {
    bytes = []
    isBuilt = true
    isBroken = false
    kind = .raw
    method = name
    expectation = .anything
  }

  /// Text that goes out as it stands, and begins an exchange of that kind.
  public init(exactly bytes: [UInt8], as kind: Exchange.Kind) {
    self.init(raw: bytes)
    self.kind = kind
  }

  /// What ends it.
  public var awaits: Awaits {
    switch expectation {
    case .call(let id): .replies([id])
    case .batch(let batch) where !batch.ids.isEmpty: .replies(batch.ids)
    case .batch(let batch) where batch.others > 0: .anything
    case .anything: .anything
    case .batch, .notification, .unknown, .nothing: .nothing
    }
  }

  /// The same message without newlines between its tokens, if it was built; for framings by line.
  func onOneLine() -> Outgoing {
    guard isBuilt, bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }),
      let json = try? JSON(reading: bytes)
    else { return self }
    var copy = self
    copy.bytes = Array(json.onOneLine.bytes)
    return copy
  }
}
