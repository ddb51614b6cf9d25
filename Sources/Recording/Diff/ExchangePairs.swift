import LosslessJSON
public import Session

/// Which exchange of one recording answers to which of another.
public struct ExchangePairs: Sendable {
  /// Exchanges of both, in the order of the old ones.
  public private(set) var both: [(Exchange, Exchange)] = []
  /// Exchanges of the old recording that have no partner.
  public private(set) var onlyOld: [Exchange] = []
  /// Exchanges of the new one that have none.
  public private(set) var onlyNew: [Exchange] = []

  /// Pairs those with the same method and params first, then those with the same method, in order.
  public init(_ old: [Exchange], _ new: [Exchange]) {
    var partners: [Int: Int] = [:]
    var taken: Set<Int> = []
    for key in [Self.whole, Self.method] {
      var places: [String: [Int]] = [:]
      for place in new.indices.reversed() where !taken.contains(place) {
        places[key(new[place]), default: []].append(place)
      }
      for place in old.indices where partners[place] == nil {
        guard let partner = places[key(old[place])]?.popLast() else { continue }
        partners[place] = partner
        taken.insert(partner)
      }
    }
    for place in old.indices {
      if let partner = partners[place] {
        both.append((old[place], new[partner]))
      } else {
        onlyOld.append(old[place])
      }
    }
    onlyNew = new.indices.filter { !taken.contains($0) }.map { new[$0] }
  }

  /// What was sent but the id; of what has no method the text.
  private static func whole(_ exchange: Exchange) -> String {
    guard exchange.method != nil, let json = try? JSON(reading: exchange.request) else {
      return method(exchange) + " " + String(decoding: exchange.request, as: UTF8.self)
    }
    // What the dialect says of itself, and how secrets are masked, is no part of the question.
    let params = MCPFacts.removed(from: json["params"]).map { MaskedText.levelled($0) }
    return method(exchange) + " " + (params?.text ?? "")
  }

  private static func method(_ exchange: Exchange) -> String {
    "\(exchange.kind.word) \(exchange.method ?? "")"
  }
}
