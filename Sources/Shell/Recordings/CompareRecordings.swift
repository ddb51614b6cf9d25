import Recording
import Session
import Terminal

/// `rpcscope diff`: what is different between two recordings.
public struct CompareRecordings: Sendable {
  /// Which exchanges; all that the user or the server began if there are no words.
  public var filter: [String] = []
  /// What makes a difference, and how it is shown.
  public var comparison = ComparisonOptions()

  /// Everything makes a difference but ids and times; what is the same is not listed.
  public init() { comparison.listsSame = false }

  /// Compares two recordings, or anything that can be read as one.
  public func run(
    _ old: String, _ new: String, screen: Screen
  ) throws(Complaint) -> ExitStatus {
    let options = try comparison.comparison()
    let filter = try ExchangeChoice.filter(filter)
    let pairs = ExchangePairs(try read(old, filter, screen), try read(new, filter, screen))
    let report = ComparisonReport(comparison, screen, names: (old, new))
    for (before, after) in pairs.both {
      report.take(ComparedExchange(before, after, options: options))
    }
    for exchange in pairs.onlyOld { report.take(ComparedExchange(missing: exchange)) }
    for exchange in pairs.onlyNew { report.take(ComparedExchange(added: exchange)) }
    try report.finish()
    return report.tally.differences == 0 ? .ok : .differed
  }

  private func read(
    _ word: String, _ filter: ExchangeFilter, _ screen: Screen
  ) throws(Complaint) -> [Exchange] {
    let path = try RecordingPath.of(word)
    let session = try Complaint.wrapping { () throws(RecordingError) in
      try RecordingSources.read(path)
    }
    for note in session.notes {
      screen.note(StyledText(SafeText.escape("\(word): \(note)"), .note))
    }
    return session.exchanges.map(\.exchange).filter { exchange in
      filter.isEmpty ? exchange.purpose == .ordinary : filter.matches(exchange)
    }
  }
}
