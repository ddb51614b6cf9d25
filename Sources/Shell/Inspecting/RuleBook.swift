import JSONRPC
import LosslessJSON
import Terminal
import View
import Wire

extension Inspect {
  /// Lists the rules with their severities and what they are about, one a line.
  public static func listRules(screen: Screen) {
    var table = Table([.init(""), .init(""), .init("", isFlexible: true), .init("")])
    for rule in RuleBook.all {
      table.add([
        StyledText(rule.id), StyledText(rule.severity.rawValue, .dim),
        StyledText(RuleSummaries.of(rule.id)), StyledText(rule.section, .dim),
      ])
    }
    let width = screen.isTerminal ? screen.width : .max / 2
    screen.show(StyledText(lines: table.lines(width: width)))
  }
}

/// All rules that findings can be of.
enum RuleBook {
  struct Rule: Sendable {
    var id: String
    /// How bad it is, unless the circumstances make it milder.
    var severity: Finding.Severity
    /// Where it is written, or empty.
    var section: String
  }

  static let all: [Rule] =
    JSONRule.allCases.map { Rule(id: $0.rawValue, severity: $0.severity, section: $0.section) }
    + RPCRule.allCases.map { Rule(id: $0.rawValue, severity: $0.severity, section: $0.section) }
    + WireRule.allCases.map { Rule(id: $0.rawValue, severity: $0.severity, section: "") }
}
