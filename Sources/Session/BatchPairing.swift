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
    // Replies by id, the first last, so that taking one is cheap however many there are.
    var places: [RequestID?: [Int]] = [:]
    for place in responses.indices.reversed() {
      places[responses[place].id, default: []].append(place)
    }
    var known: Set<RequestID?> = []
    var rows: [Row] = []
    var owed = 0
    var isTaken = Array(repeating: false, count: responses.count)
    for (place, request) in sent.enumerated() {
      let isRequest = request["method"]?.kind == .string
      let id = request["id"].map { RequestID($0) }
      if isRequest, id == nil {
        rows.append(Row(requestPlace: place, request: request, marks: [.notification]))
        continue
      }
      // What is no request is owed an error with id null (2.0 section 7, examples).
      let wanted = isRequest ? id : .null
      known.insert(id)
      defer { owed += 1 }
      guard let found = places[wanted]?.popLast() else {
        rows.append(Row(requestPlace: place, request: request, marks: [.missing]))
        continue
      }
      isTaken[found] = true
      rows.append(
        Row(
          requestPlace: place, request: request, response: responses[found],
          marks: found == owed ? [] : [.outOfOrder]))
    }
    for (place, response) in responses.enumerated() where !isTaken[place] {
      let isKnown = response.id != nil && known.contains(response.id)
      rows.append(
        Row(
          requestPlace: nil, request: nil, response: response,
          marks: [isKnown ? .duplicate : .surplus]))
    }
    self.rows = rows
  }
}
