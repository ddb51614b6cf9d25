import LosslessJSON

extension JSONDiagnosis {
  /// Whether a finding of the protocol only follows from how the text is broken: what is missing
  /// from a text that was cut off, or judges a value that reading had to make up.
  ///
  /// Its range is one of the text as it came.
  func explains(_ finding: Finding) -> Bool {
    if isValid { return false }
    if let cut = findings.first(where: { $0.rule == JSONRule.truncated.rawValue }) {
      if RPCRule(rawValue: finding.rule)?.isAbsence == true { return true }
      if let end = finding.range?.upperBound, let place = cut.range?.lowerBound, end >= place {
        return true
      }
    }
    guard let range = finding.range else { return false }
    return findings.contains {
      Self.replacing.contains($0.rule) && $0.range?.lowerBound == range.lowerBound
    }
  }

  /// Rules about what is read as a value of another kind than was meant.
  private static let replacing = Set(
    [
      JSONRule.nan, .infinity, .undefined, .call, .function, .ellipsis, .missingValue,
      .unquotedString, .objectDump,
    ].map(\.rawValue))
}

extension RPCRule {
  /// Whether the rule misses something, which may stand behind the end of a text that was cut off.
  fileprivate var isAbsence: Bool {
    switch self {
    case .notAResponse, .version10, .version11, .memberOmitted, .outcomeMissing, .codeMissing,
      .messageMissing, .idMissing, .batchMissing, .batchEmpty:
      true
    default: false
    }
  }
}
