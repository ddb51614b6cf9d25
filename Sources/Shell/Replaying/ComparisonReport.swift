import LosslessJSON
import Recording
import Session
import Terminal
import View

/// Shows comparisons as they are made, and what they come to at the end.
///
/// Used from one task at a time.
final class ComparisonReport {
  private let options: ComparisonOptions
  private let screen: Screen
  private let drawing: DiffText
  private(set) var tally = ComparisonTally()
  private var junit: JUnitReport?
  /// What the sessions are called.
  private let names: (old: String, new: String)

  init(_ options: ComparisonOptions, _ screen: Screen, names: (old: String, new: String)) {
    self.options = options
    self.screen = screen
    self.names = names
    drawing = DiffText(width: screen.width, isSideBySide: options.isSideBySide)
    junit = options.junit.map { _ in JUnitReport(name: "\(names.old) → \(names.new)") }
  }

  /// Counts a comparison and shows it, unless quietly. `notes` are shown below it.
  func take(_ compared: ComparedExchange, notes: [StyledText] = [], quietly: Bool = false) {
    tally.add(compared)
    let body = drawing.body(compared)
    if junit != nil {
      junit?.add(
        compared, group: names.old, details: body.map(\.plain).joined(separator: "\n"))
    }
    if options.isJSON {
      return screen.write(ComparisonRecord.line(compared) + [0x0A])
    }
    if quietly || compared.verdict == .same && !options.listsSame { return }
    let lines = [drawing.line(compared)] + (notes + body).map { StyledText("    ") + $0 }
    screen.show(StyledText(lines: lines))
  }

  /// Shows what it all comes to, and writes the report that was asked for.
  func finish() throws(Complaint) {
    if options.isJSON {
      screen.write(ComparisonRecord.summary(tally) + [0x0A])
    } else {
      for line in summary { screen.note(line) }
    }
    propose()
    if let path = options.junit, let junit {
      try Interpreter.write(junit.bytes, to: FileText.expanded(path), append: false)
    }
  }

  // MARK: - Summary

  private var summary: [StyledText] {
    var table = Table([
      .init("", isFlexible: true), .init("then", isRight: true), .init("now", isRight: true),
    ])
    for verdict in ExchangeVerdict.allCases {
      guard let count = tally.counts[verdict] else { continue }
      let (then, now) = Self.columns(verdict, count)
      table.add([StyledText(verdict.rawValue, DiffText.role(verdict)), then, now])
    }
    for (name, part) in [("latency p50", 0.5), ("latency p95", 0.95)] {
      guard let (old, new) = tally.latency(percentile: part) else { continue }
      table.add([
        StyledText(name, .dim), StyledText(Units.text(old)), StyledText(Units.text(new)),
      ])
    }
    return table.isEmpty ? [StyledText("nothing was compared", .warning)] : table.lines(width: 60)
  }

  private static func columns(
    _ verdict: ExchangeVerdict, _ count: Int
  ) -> (StyledText, StyledText) {
    let text = StyledText(Units.text(count: count), .number)
    switch verdict {
    case .missing, .notSent: return (text, StyledText("–", .dim))
    case .added: return (StyledText("–", .dim), text)
    default: return (text, text)
    }
  }

  /// Options that would let vary what seems to vary every time.
  private func propose() {
    let proposals = tally.proposals
    guard !proposals.isEmpty, !options.isJSON else { return }
    screen.note(StyledText("these seem to vary every time; to let them:", .note))
    for proposal in proposals.prefix(20) {
      let option = "--vary '\(proposal.rule.kind.rawValue):\(proposal.rule.pattern.text)'"
      let (old, new) = proposal.example
      let example = [old, new].map { Self.brief($0) }.joined(separator: ", then ")
      let times = proposal.count == 1 ? "once" : "\(proposal.count) times"
      screen.note(
        StyledText("  \(SafeText.escape(option))", .option)
          + StyledText("  \(times): \(example)", .dim))
    }
    if proposals.count > 20 {
      screen.note(StyledText("  … and \(proposals.count - 20) more places", .dim))
    }
  }

  private static func brief(_ value: JSON) -> String {
    let text = SafeText.escape(bytes: value.bytes.prefix(40))
    return value.bytes.count > 40 ? "\(text)…" : text
  }
}
