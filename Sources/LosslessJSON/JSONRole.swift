/// What a piece of JSON text is, for whoever colours it.
public enum JSONRole: Sendable, Hashable {
  /// The key of a member, with its quotes.
  case key
  /// A string, with its quotes.
  case string
  /// A number.
  case number
  /// `true`, `false` or `null`.
  case literal
  /// A bracket, a brace, a comma or a colon.
  case punctuation
  /// Blanks.
  case blank
  /// Text that has no place in JSON.
  case invalid
}

/// Takes the pieces of a formatted value in order.
public protocol JSONTokenSink {
  /// Takes a piece of text, exactly as spelt in the document.
  mutating func token(_ bytes: ArraySlice<UInt8>, _ role: JSONRole)
  /// Ends the line; the next one is indented by so many columns.
  mutating func newLine(indent: Int)
}
