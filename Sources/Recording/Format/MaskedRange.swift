/// Bytes of a recorded part that stand for a secret.
public struct MaskedRange: Sendable, Equatable {
  /// The part: `request`, `messages[0]`, `answer`, `stderr`, `headers[2]`, `sent[1]`, `line`.
  public var part: String
  /// The bytes of the part, as it is recorded, that are the mask.
  public var range: Range<Int>
  /// What the secret is called there: the name of a member or header, `url`, or `value`.
  public var name: String

  /// Bytes of that part.
  public init(part: String, range: Range<Int>, name: String) {
    self.part = part
    self.range = range
    self.name = name
  }
}
