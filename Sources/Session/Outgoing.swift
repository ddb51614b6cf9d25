public import JSONRPC
import LosslessJSON

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
  /// What kind of exchange it begins.
  public let kind: Exchange.Kind
  /// The method, if there is one.
  public let method: String?
  /// What ends it.
  public let awaits: Awaits

  /// A request or a notification.
  public init(_ request: Request) {
    bytes = request.bytes
    self.request = request
    isBuilt = true
    method = request.method
    kind = request.isNotification ? .notification : .call
    awaits = request.id.map { .replies([$0]) } ?? .nothing
  }

  /// A batch.
  public init(_ batch: Batch) {
    bytes = Array(batch.json.bytes)
    isBuilt = true
    method = nil
    kind = .batch
    let ids = batch.requests.compactMap(\.id)
    awaits = ids.isEmpty ? .nothing : .replies(ids)
  }

  /// Text as it was typed, valid or not.
  public init(raw bytes: [UInt8]) {
    self.bytes = bytes
    isBuilt = false
    guard let json = try? JSON(reading: bytes) else {
      kind = .raw
      method = nil
      awaits = .anything
      return
    }
    switch Message(json) {
    case .request(let call): (kind, method, awaits) = (.raw, call.method, Self.reply(to: call))
    case .notification(let call): (kind, method, awaits) = (.raw, call.method, .nothing)
    case .response: (kind, method, awaits) = (.raw, nil, .nothing)
    case .batch(let elements):
      let ids = elements.compactMap { if case .request(let call) = $0 { call.id } else { nil } }
      (kind, method, awaits) = (.batch, nil, ids.isEmpty ? .anything : .replies(ids))
    case .other: (kind, method, awaits) = (.raw, nil, .anything)
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

  private static func reply(to call: ReceivedCall) -> Awaits {
    call.id.map { .replies([$0]) } ?? .nothing
  }
}
