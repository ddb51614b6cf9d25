import LosslessJSON
public import Session

/// What a comparison of two exchanges comes to, in a few words.
public enum ExchangeVerdict: String, Sendable, Hashable, CaseIterable {
  /// Nothing that counts is different.
  case same
  /// Another result or error of the same kind.
  case differs
  /// An error came in the place of a result.
  case nowError = "now an error"
  /// A result came in the place of an error.
  case nowResult = "now a result"
  /// No reply came any more.
  case noReply = "no reply"
  /// A reply came where there had been none.
  case nowReply = "now a reply"
  /// What came is no reply any more.
  case malformed = "now malformed"
  /// The transport failed.
  case failed
  /// Only other findings were made.
  case otherFindings = "other findings"
  /// Only the HTTP status is another.
  case otherStatus = "other status"
  /// Only the time it took is another.
  case slower
  /// It is in the old session only.
  case missing
  /// It is in the new session only.
  case added = "new"
  /// It was not sent again.
  case notSent = "not sent"

  init(_ diff: ExchangeDiff) {
    if diff.isSame {
      self = .same
    } else if let status = diff.status {
      self = Self.changed(status.old, status.new)
    } else if diff.bodies != nil || !diff.parts.allSatisfy(\.isSame) {
      self = .differs
    } else if diff.http != nil {
      self = .otherStatus
    } else if diff.isLatencyDifferent, diff.addedFindings.isEmpty, diff.removedFindings.isEmpty {
      self = .slower
    } else {
      self = .otherFindings
    }
  }

  private static func changed(_ old: ExchangeStatus, _ new: ExchangeStatus) -> ExchangeVerdict {
    switch new {
    case .failed: .failed
    case .timeout, .cancelled, .pending: .noReply
    case .invalid: .malformed
    case .error: old == .ok ? .nowError : .nowReply
    case .ok: old == .error ? .nowResult : .nowReply
    case .sent, .received: .differs
    }
  }
}

/// An exchange of one session held against that of another.
public struct ComparedExchange: Sendable {
  /// The old one; nil if it is new.
  public let old: Exchange?
  /// The new one; nil if it is missing.
  public let new: Exchange?
  /// What is different, if there are both.
  public let diff: ExchangeDiff?
  /// What it comes to.
  public let verdict: ExchangeVerdict

  /// Compares two exchanges.
  public init(_ old: Exchange, _ new: Exchange, options: ExchangeDiff.Options) {
    let diff = ExchangeDiff(from: old, to: new, options: options)
    (self.old, self.new, self.diff) = (old, new, diff)
    verdict = ExchangeVerdict(diff)
  }

  /// One that is in the old session only, or was not sent again.
  public init(missing old: Exchange, isUnsent: Bool = false) {
    (self.old, new, diff) = (old, nil, nil)
    verdict = isUnsent ? .notSent : .missing
  }

  /// One that is in the new session only.
  public init(added new: Exchange) {
    (old, self.new, diff) = (nil, new, nil)
    verdict = .added
  }

  /// The number to name it by: the old one's, if there is one.
  public var number: Int { old?.number ?? new?.number ?? 0 }

  /// Its method, or what it is.
  public var name: String {
    let exchange = old ?? new
    return exchange?.method ?? exchange.map { "(\($0.kind.word))" } ?? ""
  }
}

/// What many comparisons come to together.
public struct ComparisonTally: Sendable {
  /// How often there was which verdict.
  public private(set) var counts: [ExchangeVerdict: Int] = [:]
  private var times: (old: [Duration], new: [Duration]) = ([], [])
  /// Differences that may be proposed to be let vary; of very many the first.
  private var changes: [(part: String, change: JSONChange)] = []
  private static let mostChanges = 20_000

  /// Nothing was compared yet.
  public init() {}

  /// Counts a comparison.
  public mutating func add(_ compared: ComparedExchange) {
    counts[compared.verdict, default: 0] += 1
    guard let diff = compared.diff else { return }
    // What waited for nothing, or in vain, says nothing about a server's speed.
    if let old = compared.old, let new = compared.new, Self.isTimed(old), Self.isTimed(new),
      let before = diff.latency.old, let after = diff.latency.new
    {
      times.old.append(before)
      times.new.append(after)
    }
    for part in diff.parts where changes.count < Self.mostChanges {
      changes += (part.diff?.changes ?? []).map { (part.part.rawValue, $0) }
    }
  }

  private static func isTimed(_ exchange: Exchange) -> Bool {
    exchange.ending == .replied && !exchange.messages.isEmpty
  }

  /// How many were compared.
  public var count: Int { counts.values.reduce(0, +) }

  /// How many came to something else than `same`; what was not sent apart.
  public var differences: Int {
    counts.filter { $0.key != .same && $0.key != .notSent }.values.reduce(0, +)
  }

  /// The time in which so large a part of the replies came, then and now; nil if there were none.
  public func latency(percentile: Double) -> (old: Duration, new: Duration)? {
    guard !times.old.isEmpty else { return nil }
    func rank(_ times: [Duration]) -> Duration {
      let sorted = times.sorted()
      let place = Int((Double(sorted.count) * percentile).rounded(.up)) - 1
      return sorted[min(max(place, 0), sorted.count - 1)]
    }
    return (rank(times.old), rank(times.new))
  }

  /// Values that seem to vary every time, as the rule that would let them, written from the reply on.
  public var proposals: [JSONDiff.Proposal] {
    var proposals: [JSONDiff.Proposal] = []
    for part in ExchangeDiff.Part.allCases {
      let own = changes.filter { $0.part == part.rawValue }.map(\.change)
      proposals += JSONDiff.proposals(own).map { proposal in
        var proposal = proposal
        proposal.rule.pattern = proposal.rule.pattern.under(part.rawValue)
        return proposal
      }
    }
    return proposals
  }
}
