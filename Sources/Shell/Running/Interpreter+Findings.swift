import LosslessJSON
import Session
import Terminal
import View
import Wire

extension Interpreter {
  /// How the findings of an exchange are drawn.
  func findingText(_ exchange: Exchange, isBrief: Bool = true) -> FindingText {
    let source = FindingSource(
      name: exchange.isOwn ? "reply \(exchange.number)" : "message \(exchange.number)")
    return FindingText(
      width: screen.width, source: source, isBrief: isBrief,
      isWrapped: screen.isInteractive || screen.isTerminal)
  }

  /// Shows after a call what is wrong with its reply, and says how the rest can be seen.
  ///
  /// A script gets all errors and warnings, a person a few, and of notes only that there are some,
  /// once for each rule. Of a warning that an earlier reply had too a person is told once more in a
  /// line, and a script at its end.
  func showFindings(_ exchange: Exchange) {
    if exchange.findings.isEmpty { return }
    let text = findingText(exchange)
    let bytes = exchange.reply?.frame.bytes ?? []
    guard screen.isInteractive else {
      let found = exchange.findings.filter { $0.severity != .note }
      let isOld = { (finding: Finding) in
        finding.severity == .warning && self.toldRules.contains(finding.rule)
      }
      // Their order is kept: the cause stands first, if it is but a warning.
      let new = found.filter { !isOld($0) }
      for drawing in FindingList(text, in: bytes).all(new) { screen.note(drawing) }
      for rule in Set(found.filter(isOld).map(\.rule)) { repeatedRules[rule, default: 0] += 1 }
      for finding in new where finding.severity == .warning { toldRules.insert(finding.rule) }
      return
    }
    let choice = FindingList.choice(of: exchange.findings)
    for finding in choice.shown {
      if toldRules.insert(finding.rule).inserted || finding.severity == .error {
        screen.note(text.draw(finding, in: bytes))
      } else if toldRules.insert("\(finding.rule) again").inserted {
        screen.note(text.heading(finding))
        screen.note(StyledText("from now on only `.last findings` tells it", .dim))
      }
    }
    let isNews = choice.hidden.contains { $0.severity != .note || !toldRules.contains($0.rule) }
    for finding in choice.hidden { toldRules.insert(finding.rule) }
    if let count = FindingList.count(choice.hidden), isNews {
      let more = choice.shown.isEmpty ? "" : " more"
      screen.note(StyledText("\(count)\(more): `.last findings`", .dim))
    }
  }

  /// Says at the end of a script how often its warnings came again.
  func showRepeated() {
    for (rule, count) in repeatedRules.sorted(by: { $0.key < $1.key }) {
      screen.note(
        StyledText("warning[\(rule)]: ", .warning)
          + StyledText("in \(Units.text(count: count)) more \(count == 1 ? "reply" : "replies")"))
    }
    repeatedRules = [:]
  }

  /// Shows a person what could be read of a reply that is broken JSON.
  func showMended(_ exchange: Exchange) {
    guard screen.isInteractive, let value = exchange.reply?.diagnosis?.value, value.isContainer
    else { return }
    let (text, omitted) = JSONText.pretty(
      value, width: screen.width, maxLines: 12, maxTokenBytes: 400)
    screen.note(StyledText("what could be read of it:", .dim))
    screen.note(text)
    if omitted > 0 { screen.note(StyledText("… \(omitted) more lines", .dim)) }
  }
}

extension JSON {
  /// Whether it has parts.
  var isContainer: Bool { kind == .object || kind == .array }
}
