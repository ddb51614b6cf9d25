import Recording
import Session
import Terminal

/// Which exchanges of a session are meant: numbers as `5` or `3..7`, and the words of a filter.
enum ExchangeChoice {
  /// A filter of those words.
  static func filter(_ words: [String]) throws(Complaint) -> ExchangeFilter {
    do throws(RecordingError) {
      return try ExchangeFilter(
        words: words.map { isNumbers($0) ? "n:\($0)" : $0 }, now: WallClock.now)
    } catch {
      var complaint = Complaint(error)
      complaint.hint = hint
      throw complaint
    }
  }

  /// Whether a word tells numbers: `5`, `3..7`, `3..`, `..7`.
  static func isNumbers(_ word: String) -> Bool {
    let parts = word.split(separator: "..", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else { return false }
    return parts.allSatisfy { part in
      part.isEmpty || Int(part) != nil && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
  }

  /// What a filter can be, in a line.
  static let hint =
    "filters are 3..7 method:tools/* status:error|ok dir:in kind:notification id:7 "
    + "finding:id-type slower:100ms since:10m TEXT, `!` before one turns it round"

  /// What a filter can be, for the help.
  static let help = """
    3..7                   the exchanges of those numbers
    method:tools/*|ping    of methods like these
    status:error|ok        ok, error, invalid, pending, sent, received, timeout, cancelled, failed
    dir:in kind:batch      from the server; of a kind
    id:7 code:-32601       with that id, with that error
    http:4xx finding:id-*  with that HTTP status, with such a finding
    slower:100ms larger:1k taking longer, holding more
    since:10m until:1h     begun in that time
    TEXT                   in which that text stands
    All must hold; ! before one turns it round.
    """
}

extension Interpreter {
  /// The exchanges of this session that are meant.
  func chosen(_ words: [String]) throws(Complaint) -> [Exchange] {
    let filter = try ExchangeChoice.filter(words)
    let log = try connected().log
    if log.summaries.isEmpty { throw Complaint("nothing was exchanged yet") }
    let gone = log.summaries.count - log.kept.count
    let chosen = log.kept.filter { filter.matches($0) }
    if gone > 0 {
      let rest = recorder?.path.map { "; \($0) has them" } ?? ""
      screen.note(
        StyledText(
          "the first \(gone) exchanges are no longer kept whole, and left out\(rest)", .note))
    }
    if chosen.isEmpty {
      throw Complaint("none of \(log.kept.count) exchanges is meant", hint: "`.log` lists them")
    }
    return chosen
  }
}
