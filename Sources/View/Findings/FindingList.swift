public import LosslessJSON
public import Terminal

/// Several findings about one text: which to draw, and what to say of the others.
public struct FindingList: Sendable {
  private let text: FindingText
  private let bytes: [UInt8]

  /// Findings about those bytes, drawn like that.
  public init(_ text: FindingText, in bytes: [UInt8]) {
    self.text = text
    self.bytes = bytes
  }

  /// How many of one rule are drawn each for itself.
  private static let repeats = 3

  /// All of them in their order, those of one rule folded into the first where they are many.
  public func all(_ findings: [Finding]) -> [StyledText] {
    var drawn: [StyledText] = []
    for group in Self.groups(findings) {
      let shown = group.count <= Self.repeats ? group : Array(group.prefix(1))
      for (place, finding) in shown.enumerated() {
        drawn.append(text.draw(place == 0 ? finding : Self.shorter(finding, shown[0]), in: bytes))
      }
      if group.count > shown.count {
        drawn[drawn.count - 1].append("\n")
        drawn[drawn.count - 1].append(fold(Array(group.dropFirst(shown.count))))
      }
    }
    return drawn
  }

  /// A finding without what the first of its rule has said.
  private static func shorter(_ finding: Finding, _ first: Finding) -> Finding {
    var finding = finding
    if finding.hint == first.hint { finding.hint = "" }
    if finding.section == first.section { finding.section = "" }
    return finding
  }

  /// `and 41 more of json.leading-zero, first at line 2, column 7 (byte 20), last at …`
  private func fold(_ more: [Finding]) -> StyledText {
    var words = "  and \(Units.text(count: more.count)) more of \(more[0].rule)"
    let places = more.compactMap { $0.evidence == nil ? $0.range?.lowerBound : nil }
    if let first = places.first, let last = places.last {
      words += ", the next at \(place(first))"
      if places.count > 1 { words += ", the last at \(place(last))" }
    }
    let line = StyledText(SafeText.escape(words), .dim)
    return text.isWrapped ? StyledText(lines: line.wrapped(to: text.width, indent: 4)) : line
  }

  private func place(_ offset: Int) -> String {
    var source = text.source
    if !source.isFile { source.name = "" }
    return source.text(TextPosition(offset: min(offset, bytes.count), inReceived: bytes))
  }

  /// Findings of one rule and severity together, in the order in which the first of each came.
  static func groups(_ findings: [Finding]) -> [[Finding]] {
    struct Kind: Hashable {
      var rule: String
      var severity: Finding.Severity
    }
    var places: [Kind: Int] = [:]
    var groups: [[Finding]] = []
    for finding in findings {
      let kind = Kind(rule: finding.rule, severity: finding.severity)
      if let place = places[kind] {
        groups[place].append(finding)
      } else {
        places[kind] = groups.count
        groups.append([finding])
      }
    }
    return groups
  }
}

extension FindingList {
  /// What of the findings is shown right after a call.
  public struct Choice: Sendable {
    /// What is drawn: the first of a rule each, no notes.
    public var shown: [Finding] = []
    /// What is only counted.
    public var hidden: [Finding] = []
  }

  /// Chooses the first of at most `limit` rules, errors before warnings, and keeps their order.
  public static func choice(of findings: [Finding], limit: Int = 3) -> Choice {
    let groups = groups(findings)
    let errors = groups.indices.filter { groups[$0][0].severity == .error }
    let warnings = groups.indices.filter { groups[$0][0].severity == .warning }
    let chosen = Set((errors + warnings).prefix(limit))
    var choice = Choice()
    for (place, group) in groups.enumerated() {
      if chosen.contains(place) { choice.shown.append(group[0]) }
      choice.hidden += chosen.contains(place) ? group.dropFirst() : group[...]
    }
    return choice
  }

  /// `2 errors, 1 warning, 3 notes`; nil if there are none.
  public static func count(_ findings: [Finding]) -> String? {
    let words = [Finding.Severity.error, .warning, .note].compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      if count == 0 { return nil }
      return "\(Units.text(count: count)) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}
