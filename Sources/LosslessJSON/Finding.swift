/// Something wrong or odd in what was exchanged: what, where, why, and what to do.
public struct Finding: Sendable, Hashable {
  /// How bad it is for a client that takes the text at its word.
  public enum Severity: String, Sendable, Hashable {
    /// A client would fail or be misled.
    case error
    /// It works by luck or leniency.
    case warning
    /// Custom differs from the specification, harmlessly.
    case note
  }

  /// The rule: `json.…` grammar, `text.…` encoding, `frame.…`, `http.…`, `rpc.…` protocol and
  /// correlation, `dialect.…`.
  public var rule: String
  /// How bad it is.
  public var severity: Severity
  /// The bytes it is about, as offsets into the message, or into `evidence` if there is some; nil if
  /// it is about no place. Empty at the end of a text that stopped too early.
  public var range: Range<Int>?
  /// The text that `range` is in where that is not the message itself: a header block, a status
  /// line, text between messages. At most a few kilobytes of it are kept.
  public var evidence: [UInt8]?
  /// A second place that the sentence names: where what is still open began, where a key stood first.
  ///
  /// Its offset is into what `range` is into. Who moves the one must move the other, and count its
  /// line and column anew.
  public var mentioned: TextPosition?
  /// What to do about it, or empty.
  public var hint: String
  /// The section of the specification, such as `JSON-RPC 2.0 section 5`, or empty.
  public var section: String

  /// The sentence before the mentioned place.
  private var lead: String
  /// The sentence after it.
  private var rest = ""

  /// One sentence, with the place that it mentions. Another sentence mentions none.
  public var message: String {
    get { lead + (mentioned.map { " at \($0.words)" } ?? "") + rest }
    set { (lead, mentioned, rest) = (newValue, nil, "") }
  }

  /// A finding of those parts.
  public init(
    _ rule: String, _ severity: Severity, range: Range<Int>? = nil, evidence: [UInt8]? = nil,
    message: String, hint: String = "", section: String = ""
  ) {
    self.rule = rule
    self.severity = severity
    self.range = range
    self.evidence = evidence
    lead = message
    self.hint = hint
    self.section = section
  }

  /// Writes the sentence anew, so that it names a place between its two parts.
  mutating func write(_ lead: String, _ place: TextPosition?, _ rest: String) {
    (self.lead, mentioned, self.rest) = (lead, place, rest)
  }
}
