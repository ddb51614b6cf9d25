public import LosslessJSON
public import Terminal

/// A finding drawn like a good compiler's: the explanation, the place, the line of text with a caret
/// below, and what to do.
///
/// ```
/// error[json.trailing-comma]: a comma stands before a closing bracket
///  --> reply 7, line 3, column 12 (byte 86)
/// 3 |   "list": [1, 2,]
///   |                ^
///   hint: take the comma out
/// ```
public struct FindingText: Sendable {
  /// Columns to fill.
  public var width: Int
  /// What the findings are about.
  public var source: FindingSource
  /// Whether warnings and notes do without a line for the place and for the specification.
  public var isBrief: Bool
  /// Whether sentences are broken at blanks, as for a terminal; else each stays on one line.
  public var isWrapped: Bool

  /// Drawings for a screen of that width, 40 columns at least.
  public init(
    width: Int, source: FindingSource = .unnamed, isBrief: Bool = true, isWrapped: Bool = true
  ) {
    self.width = max(width, 40)
    self.source = source
    self.isBrief = isBrief
    self.isWrapped = isWrapped
  }

  /// The finding, with the text it is about if it is about a place in it.
  public static func draw(_ finding: Finding, in bytes: [UInt8], width: Int) -> StyledText {
    FindingText(width: width).draw(finding, in: bytes)
  }

  /// The finding with the text it is about.
  public func draw(_ finding: Finding, in bytes: [UInt8]) -> StyledText {
    let isFull = !isBrief || finding.severity == .error
    var lines = [heading(finding)]
    let text = finding.evidence ?? bytes
    let source = finding.evidence == nil ? self.source : self.source.evidence(of: finding)
    if let range = finding.range, range.lowerBound <= text.count, !text.isEmpty {
      let place = TextPosition(offset: range.lowerBound, inReceived: text)
      if isFull { lines += sentence(" --> ", source.text(place), .dim) }
      lines += picture(finding, range, text, place, isFull: isFull)
    } else if finding.evidence != nil {
      lines += beginning(of: text)
    }
    if !finding.hint.isEmpty {
      lines += sentence("  hint: ", finding.hint, .hint)
    }
    if isFull, !finding.section.isEmpty {
      lines += sentence("  see:  ", finding.section, .dim)
    }
    return StyledText(lines: lines)
  }

  /// The severity, the rule and the sentence alone.
  public func heading(_ finding: Finding) -> StyledText {
    var lead = StyledText(finding.severity.rawValue, finding.severity.role)
    lead.append("[\(SafeText.escape(finding.rule))]", .dim)
    lead.append(": ")
    lead.append(SafeText.escape(finding.message))
    return StyledText(lines: broken(lead, indent: 2))
  }

  // MARK: - The picture of the place

  /// The text around the place; beside it the bytes, where they are no text.
  private func picture(
    _ finding: Finding, _ range: Range<Int>, _ bytes: [UInt8], _ place: TextPosition, isFull: Bool
  ) -> [StyledText] {
    let role = finding.severity.role
    var lines: [StyledText] = []
    let nature = TextNature(of: bytes, around: range)
    if nature != .binary {
      lines += excerpt(range, bytes, place, role, isFull: isFull)
    }
    // The protocol's findings are about values; the bytes are shown with what is wrong with them.
    let isAboutValues = nature != .binary && finding.rule.hasPrefix("rpc.")
    if !isAboutValues, nature != .text || finding.rule.hasPrefix("text.") {
      lines += HexText.window(bytes, range, width: width - 2, role).lines
        .map { StyledText("  ") + $0 }
    }
    return lines
  }

  private func excerpt(
    _ range: Range<Int>, _ bytes: [UInt8], _ place: TextPosition, _ role: Role, isFull: Bool
  ) -> [StyledText] {
    let excerpt = { Excerpt(of: bytes, room: $0) }
    // What ended too early may be shown on a line before its place.
    let shown = excerpt(0).shownPlace(range)
    let line =
      shown < range.lowerBound ? TextPosition(offset: shown, inReceived: bytes).line : place.line
    let number = isFull ? "\(line)" : "\(place.line):\(place.column)"
    let lastNumber = isFull ? place.line + bytes[clamped(range, bytes)].count { $0 == 0x0A } : 0
    let digits = max(number.utf8.count, isFull ? "\(lastNumber)".utf8.count : 0)
    func gutter(_ label: String) -> StyledText {
      StyledText(String(repeating: " ", count: digits - label.utf8.count) + label + " | ", .dim)
    }
    let picture = excerpt(width - digits - 3)
    let first = picture.first(range, role)
    var lines = [gutter(number) + first.text, gutter("") + first.marks]
    if isFull, let last = picture.last(range, role) {
      if last.between > 0 {
        let word = last.between == 1 ? "line" : "lines"
        lines.append(gutter("") + StyledText("… \(last.between) \(word)", .dim))
      }
      lines.append(gutter("\(lastNumber)") + last.line.text)
      lines.append(gutter("") + last.line.marks)
    }
    return lines.map { $0.truncated(to: width) }
  }

  /// The first lines of a text that no place is known in.
  private func beginning(of bytes: [UInt8]) -> [StyledText] {
    JSONText.raw(bytes, limit: 400).lines.prefix(4).map {
      (StyledText("  | ", .dim) + $0).truncated(to: width)
    }
  }

  private func clamped(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    // The break after the last marked line is no line more.
    let end = max(range.lowerBound, min(range.upperBound, bytes.count) - 1)
    return range.lowerBound..<end
  }

  // MARK: - Sentences

  private func sentence(_ label: String, _ text: String, _ role: Role) -> [StyledText] {
    broken(
      StyledText(label + SafeText.escape(text), role), indent: min(label.utf8.count, 8))
  }

  private func broken(_ text: StyledText, indent: Int) -> [StyledText] {
    isWrapped ? text.wrapped(to: width, indent: indent) : [text]
  }
}

extension Finding.Severity {
  /// How it is shown.
  var role: Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
