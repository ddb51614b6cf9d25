public import JSONRPC
public import LosslessJSON

/// The elements of a batch against the replies that came, matched by id.
public struct BatchPairing: Sendable {
  /// What is odd about a row.
  public enum Mark: String, Sendable, Hashable {
    /// No reply came for the request.
    case missing
    /// A reply came for no request.
    case surplus
    /// A second reply with the same id.
    case duplicate
    /// The reply stands at another place than the request (which is allowed).
    case outOfOrder = "out of order"
    /// A notification: no reply is due.
    case notification
  }

  /// A request, a reply, or both.
  public struct Row: Sendable {
    /// The place of the request in the batch, from 0.
    public var requestPlace: Int?
    /// The request as sent.
    public var request: JSON?
    /// The reply.
    public var response: Response?
    /// What is odd.
    public var marks: [Mark]
  }

  /// Requests in their order, then replies that belong to none.
  public let rows: [Row]

  /// Pairs what a batch exchange sent and got.
  public init(_ exchange: Exchange) {
    let sent = (try? JSON(reading: exchange.request)).map { Array($0.elements) } ?? []
    let responses = exchange.responses
    let waiting = sent.filter { $0["id"] != nil || $0["method"]?.kind != .string }
    var taken: Set<Int> = []
    var rows: [Row] = []
    for (place, request) in sent.enumerated() {
      let isRequest = request["method"]?.kind == .string
      if isRequest, request["id"] == nil {
        rows.append(Row(requestPlace: place, request: request, marks: [.notification]))
        continue
      }
      // What is no request is owed an error with id null (2.0 section 7, examples).
      let id = isRequest ? request["id"].map { RequestID($0) } ?? .null : .null
      let found = responses.indices.first { !taken.contains($0) && responses[$0].id == id }
      guard let found else {
        rows.append(Row(requestPlace: place, request: request, marks: [.missing]))
        continue
      }
      taken.insert(found)
      let expected = waiting.firstIndex { $0.range == request.range }
      rows.append(
        Row(
          requestPlace: place, request: request, response: responses[found],
          marks: found == expected ? [] : [.outOfOrder]))
    }
    for (index, response) in responses.enumerated() where !taken.contains(index) {
      let isKnown = sent.contains { $0["id"].map { RequestID($0) } == response.id }
      let mark: Mark = isKnown && response.id != nil ? .duplicate : .surplus
      rows.append(Row(requestPlace: nil, request: nil, response: response, marks: [mark]))
    }
    self.rows = rows
  }
}
