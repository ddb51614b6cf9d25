public import Session

/// Takes the secrets out of exchanges as a recording does, for what leaves the session by another way.
public struct ExchangeMask: Sendable {
  private var masker: SecretMasker

  /// A mask by those rules.
  public init(_ rules: MaskRules = MaskRules()) { masker = SecretMasker(rules) }

  /// Masks by other rules from now on; secrets that were met stay masked.
  public mutating func follow(_ rules: MaskRules) { masker.rules = rules }

  /// The exchange as a recording of it is read again.
  public mutating func masked(_ exchange: Exchange) -> RecordedExchange {
    var parts = ExchangeParts(exchange)
    masker.mask(&parts)
    let line = RecordedLine(offset: 0, bytes: ExchangeLine.bytes(exchange, parts))
    guard case .exchange(let recorded) = line.entry else {
      preconditionFailure("a line that was written can be read")
    }
    return recorded
  }

  /// A text without its secrets.
  public mutating func masked(_ text: String) -> String {
    String(decoding: masker.masked(Array(text.utf8), part: "text").0, as: UTF8.self)
  }
}
