import LosslessJSON

/// Findings as the rules are gone through, weighed by the mode.
struct RuleFindings {
  /// A reply of a million bad elements is bad after the first thousand, too.
  static let limit = 1000

  let mode: CheckMode
  private(set) var all: [Finding] = []
  private(set) var omitted = 0

  init(mode: CheckMode) { self.mode = mode }

  /// Adds a finding. A milder severity than the rule's own is for what is custom there.
  mutating func add(
    _ rule: RPCRule, _ severity: Finding.Severity? = nil, at range: Range<Int>?,
    in version: ProtocolVersion = .v2, _ message: String, hint: String = ""
  ) {
    guard all.count < Self.limit else {
      omitted += 1
      return
    }
    all.append(
      Finding(
        rule.rawValue, weigh(rule, severity ?? rule.severity), range: range, message: message,
        hint: hint, section: rule.section(in: version)))
  }

  /// Whether a reply that breaks the rule has no outcome for it.
  func refuses(_ rule: RPCRule) -> Bool {
    switch rule.weight {
    case .fatal: true
    case .schema: mode != .lenient
    case .custom: mode == .strict
    case .remark: false
    }
  }

  private func weigh(_ rule: RPCRule, _ severity: Finding.Severity) -> Finding.Severity {
    switch (mode, rule.weight) {
    case (.normal, _), (_, .fatal), (.strict, .remark), (.strict, .schema): severity
    case (.strict, .custom): .error
    case (.lenient, _): .note
    }
  }

  /// The findings in the order of the text, those about no place first.
  var sorted: [Finding] {
    if all.count < 2 { return all }
    let places = all.enumerated().sorted {
      ($0.element.range?.lowerBound ?? -1, $0.offset)
        < ($1.element.range?.lowerBound ?? -1, $1.offset)
    }
    return places.map(\.element)
  }
}
