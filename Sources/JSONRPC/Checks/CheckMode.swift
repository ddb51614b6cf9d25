/// How much of what the specification says a reply is held to.
///
/// The switch of the client that this program comes from, `validate_against_schema`, was on or off;
/// `normal` is on but for what servers do by custom, `lenient` is off, `strict` allows no custom.
public enum CheckMode: String, Sendable, Hashable, CaseIterable {
  /// Whatever the schema of a response forbids is an error and makes the reply invalid: a missing
  /// `jsonrpc`, an extra or misspelt member, a null beside the other outcome, a code spelt `1.0`.
  case strict
  /// What a client can't take is an error; what it takes by luck a warning; custom a note.
  case normal
  /// Whatever has a result or an error is taken as it is, the ids not compared: what is wrong with
  /// it is a note. Replies that never came, or are none, stay errors.
  case lenient
}
