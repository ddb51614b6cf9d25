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
    let start = beginning(place, notBefore: lineStart, bytes, room: room * 2 / 3)
    let before = SafeText.escape(bytes: bytes[start..<place])
    var rest = room - displayWidth(before)
    let markedEnd = end(place, notAfter: min(range.upperBound, lineEnd), bytes, room: rest)
    let at = SafeText.escape(bytes: bytes[place..<markedEnd])
    rest -= displayWidth(at)
    let isWhole = markedEnd >= min(range.upperBound, lineEnd)
    let restEnd = isWhole ? end(markedEnd, notAfter: lineEnd, bytes, room: rest) : markedEnd
    let after = SafeText.escape(bytes: bytes[markedEnd..<restEnd])
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

  /// How far back text reaches that takes so many columns once it is made safe.
  private static func beginning(
    _ place: Int, notBefore limit: Int, _ bytes: [UInt8], room: Int
  ) -> Int {
    var start = place
    var room = room
    while start > limit {
      var previous = start - 1
      while previous > limit, bytes[previous] & 0xC0 == 0x80, start - previous < 4 { previous -= 1 }
      room -= displayWidth(SafeText.escape(bytes: bytes[previous..<start]))
      if room < 0 { break }
      start = previous
    }
    return start
  }

  /// How far on text reaches that takes so many columns once it is made safe.
  private static func end(
    _ place: Int, notAfter limit: Int, _ bytes: [UInt8], room: Int
  ) -> Int {
    var end = place
    var room = room
    while end < limit {
      var next = end + 1
      while next < limit, bytes[next] & 0xC0 == 0x80, next - end < 4 { next += 1 }
      room -= displayWidth(SafeText.escape(bytes: bytes[end..<next]))
      if room < 0 { break }
      end = next
    }
    return end
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
