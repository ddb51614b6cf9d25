import LosslessJSON

/// A finding in a line.
enum FindingText {
  static func write(_ finding: Finding, to text: inout LineText) {
    text.raw("{\"rule\":")
    text.string(finding.rule)
    text.raw(",\"severity\":")
    text.string(finding.severity.rawValue)
    if let range = finding.range {
      text.raw(",\"start\":")
      text.int(range.lowerBound)
      text.raw(",\"end\":")
      text.int(range.upperBound)
    }
    if let evidence = finding.evidence {
      text.raw(",\"evidence\":")
      text.exact(evidence)
    }
    text.raw(",\"message\":")
    text.string(finding.message)
    if !finding.hint.isEmpty {
      text.raw(",\"hint\":")
      text.string(finding.hint)
    }
    if !finding.section.isEmpty {
      text.raw(",\"section\":")
      text.string(finding.section)
    }
    text.raw("}")
  }

  static func read(_ json: JSON) -> Finding? {
    guard let rule = json["rule"]?.string else { return nil }
    var range: Range<Int>?
    if let start = json["start"]?.int, let end = json["end"]?.int, start >= 0, start <= end {
      range = start..<end
    }
    return Finding(
      rule, json["severity"]?.string.flatMap(Finding.Severity.init) ?? .note, range: range,
      evidence: json["evidence"].flatMap(ExactBytes.read), message: json["message"]?.string ?? "",
      hint: json["hint"]?.string ?? "", section: json["section"]?.string ?? "")
  }
}

/// Bytes in a line: a string, or `{"base64":"…"}`.
enum ExactBytes {
  static func read(_ json: JSON) -> [UInt8]? {
    if let text = json.string { return Array(text.utf8) }
    return json["base64"]?.string.flatMap { Base64.decode($0.utf8) }
  }
}
