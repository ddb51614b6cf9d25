public import LosslessJSON
public import Terminal

/// A finding drawn like a good compiler's: the line of text, a caret below, the explanation.
public enum FindingText {
  /// The finding, with the text it is about if it is about a place in it.
  public static func draw(_ finding: Finding, in bytes: [UInt8], width: Int) -> StyledText {
    var text = StyledText()
    text.append(finding.severity.rawValue, finding.severity.role)
    text.append("[\(finding.rule)]", .dim)
    text.append(": \(SafeText.escape(finding.message))")
    if !finding.section.isEmpty { text.append(" (\(finding.section))", .dim) }
    if let range = finding.range, finding.severity == .error, !bytes.isEmpty {
      text.append("\n")
      text.append(excerpt(range, bytes, width: max(width, 40)))
    }
    if !finding.hint.isEmpty { text.append("\n  hint: \(SafeText.escape(finding.hint))", .hint) }
    return text
  }

  /// The neighbourhood of a place on one line, with carets under it.
  private static func excerpt(_ range: Range<Int>, _ bytes: [UInt8], width: Int) -> StyledText {
    let room = width - 6
    let place = min(range.lowerBound, bytes.count)
    let lineStart = bytes[..<place].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    let lineEnd = bytes[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    let start = boundary(max(lineStart, place - room * 2 / 3), bytes)
    let before = SafeText.escape(bytes: Array(bytes[start..<place]))
    let marked = place..<max(place, min(range.upperBound, lineEnd))
    let at = SafeText.escape(bytes: Array(bytes[marked].prefix(room)))
    let restRoom = max(0, room - displayWidth(before) - displayWidth(at))
    let restEnd = boundary(min(lineEnd, marked.upperBound + restRoom), bytes)
    let after = SafeText.escape(bytes: Array(bytes[min(marked.upperBound, restEnd)..<restEnd]))
    let lead = start > lineStart ? "…" : ""
    var text = StyledText("  " + lead + before)
    text.append(at, .error)
    text.append(after + (restEnd < lineEnd ? "…" : ""))
    let column = displayWidth(lead) + displayWidth(before)
    let carets = String(repeating: "^", count: max(1, min(displayWidth(at), room)))
    text.append("\n  " + String(repeating: " ", count: column))
    text.append(carets, .error)
    return text
  }

  /// The start of the character at an offset.
  private static func boundary(_ offset: Int, _ bytes: [UInt8]) -> Int {
    var place = offset
    while place > 0, place < bytes.count, bytes[place] & 0xC0 == 0x80, offset - place < 4 {
      place -= 1
    }
    return place
  }
}

extension Finding.Severity {
  fileprivate var role: Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
