import LosslessJSON
import SeededRandom

/// What diagnosing promises of any text.
enum DiagnosisChecks {
  static func diagnosis(_ text: [UInt8], _ random: inout SplitMix) throws(BrokenPromise) {
    let diagnosis = JSONDiagnosis(of: text)
    let isValid = (try? JSON(reading: text)) != nil
    try expect(diagnosis.isValid == isValid, "diagnosis and strict reading disagree")
    let errors = diagnosis.findings.filter { $0.severity == .error }
    try expect(
      errors.isEmpty == isValid,
      isValid ? "an error in valid text: \(errors)" : "no error in text that is not valid")
    try findings(diagnosis.findings, in: text.count)
    guard let value = diagnosis.value else { return }
    let spelling = Array(value.bytes)
    if isValid { try expect(spelling == Array(text.trimmedBlanks), "a valid value was changed") }
    guard let again = try? JSON(reading: spelling) else {
      throw BrokenPromise("the value is not JSON")
    }
    try expect(again == value, "the value reads as another")
    try originals(diagnosis, value, in: text.count)
  }

  /// In bounds and in order, with words; only the count of findings that are not listed comes last
  /// though they may stand anywhere.
  static func findings(_ findings: [Finding], in count: Int) throws(BrokenPromise) {
    var start = 0
    var isCounted = false
    for finding in findings {
      try expect(!finding.message.isEmpty && !finding.rule.isEmpty, "a finding without words")
      guard let range = finding.range else { continue }
      let size = finding.evidence?.count ?? count
      try expect(
        range.lowerBound >= 0 && range.upperBound <= size,
        "\(finding.rule) at \(range) of \(size) bytes")
      guard finding.evidence == nil else { continue }
      if finding.rule == JSONRule.more.rawValue {
        isCounted = true
        continue
      }
      try expect(!isCounted, "\(finding.rule) after the count of what is not listed")
      try expect(range.lowerBound >= start, "\(finding.rule) at \(range) out of order")
      start = range.lowerBound
    }
  }

  /// Every part of the value stands somewhere in the text, parts in their order.
  private static func originals(
    _ diagnosis: JSONDiagnosis, _ value: JSON, in count: Int
  ) throws(BrokenPromise) {
    var open = [value]
    var seen = 0
    while let next = open.popLast(), seen < 200 {
      seen += 1
      let range = diagnosis.original(next.range)
      try expect(
        range.lowerBound >= 0 && range.upperBound <= count, "a part is from outside the text")
      open += next.elements
      for member in next.members {
        let key = diagnosis.original(member.key.range)
        try expect(
          key.lowerBound >= range.lowerBound && key.upperBound <= range.upperBound,
          "a key is from outside its object")
        open.append(member.value)
      }
    }
  }
}
