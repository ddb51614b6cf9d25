import JSONRPC
import LosslessJSON
public import Session

/// What came of an exchange in one word, as filters and recordings name it.
public enum ExchangeStatus: String, Sendable, Hashable, CaseIterable {
  /// A result came (of a batch: results for all).
  case ok
  /// An error came (of a batch: at least one).
  case error
  /// Something came that is no reply.
  case invalid
  /// It waits for its reply.
  case pending
  /// It was sent, and no reply is due.
  case sent
  /// It came from the server.
  case received
  /// No reply came in time.
  case timeout
  /// The user gave it up.
  case cancelled
  /// The transport failed.
  case failed

  /// What came of that exchange.
  public init(_ exchange: Exchange) {
    switch exchange.ending {
    case .pending: self = .pending
    case .replied: self = Self.reply(exchange)
    case .sent: self = .sent
    case .received: self = .received
    case .timedOut: self = .timeout
    case .cancelled: self = .cancelled
    case .failed: self = .failed
    }
  }

  private static func reply(_ exchange: Exchange) -> ExchangeStatus {
    if exchange.kind == .batch {
      let replies = exchange.responses
      if replies.isEmpty { return exchange.messages.isEmpty ? .sent : .invalid }
      return replies.allSatisfy(\.ok) ? .ok : .error
    }
    if let response = exchange.response { return response.ok ? .ok : .error }
    return exchange.messages.isEmpty && exchange.kind == .notification ? .sent : .invalid
  }
}

extension ExchangeStatus {
  /// A number of its own; comparing the words takes longer.
  var ordinal: Int {
    switch self {
    case .ok: 0
    case .error: 1
    case .invalid: 2
    case .pending: 3
    case .sent: 4
    case .received: 5
    case .timeout: 6
    case .cancelled: 7
    case .failed: 8
    }
  }
}

extension Exchange.Kind {
  /// The kind as recordings and filters name it.
  public var word: String {
    switch self {
    case .call: "call"
    case .notification: "notification"
    case .batch: "batch"
    case .raw: "raw"
    case .serverNotification: "server-notification"
    case .serverRequest: "server-request"
    case .unmatched: "unmatched"
    }
  }

  static let all: [Exchange.Kind] = [
    .call, .notification, .batch, .raw, .serverNotification, .serverRequest, .unmatched,
  ]

  /// The kind of that name.
  init?(word: String) {
    guard let kind = Self.all.first(where: { $0.word == word }) else { return nil }
    self = kind
  }

  /// Whether the server began it.
  var isIncoming: Bool {
    switch self {
    case .serverNotification, .serverRequest, .unmatched: true
    default: false
    }
  }
}
