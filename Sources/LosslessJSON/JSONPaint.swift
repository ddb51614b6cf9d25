/// What is written around the pieces of JSON text, such as a terminal's colours, and what is done to
/// text that came from outside.
public struct JSONPaint: Sendable {
  /// Bytes before and after a piece.
  public struct Wrapping: Sendable {
    let before: FewBytes
    let after: FewBytes

    /// Those bytes, at most sixteen on each side; longer ones are cut.
    public init(before: some Sequence<UInt8>, after: some Sequence<UInt8>) {
      self.before = FewBytes(before)
      self.after = FewBytes(after)
    }
  }

  let key, string, number, literal, punctuation: Wrapping
  let cleaning: (@Sendable (UnsafeBufferPointer<UInt8>) -> [UInt8]?)?
  let cleanCount: (@Sendable (UnsafeBufferPointer<UInt8>) -> Int)?

  /// Pieces without a wrapping are written as they are.
  ///
  /// `cleaning` is given each key and string that is not printable ASCII throughout, and returns
  /// what is written in its place, or nil if it may stay as it is.
  ///
  /// `cleanCount` is asked before, and for much text at once, since that costs far less than asking
  /// for each string: how many bytes of it, from the first on, hold nothing that `cleaning` would
  /// change, or fewer. That text is the document's, in whole characters, with all that stands between
  /// strings.
  public init(
    _ wrappings: [JSONRole: Wrapping],
    cleaning: (@Sendable (UnsafeBufferPointer<UInt8>) -> [UInt8]?)? = nil,
    cleanCount: (@Sendable (UnsafeBufferPointer<UInt8>) -> Int)? = nil
  ) {
    let none = Wrapping(before: [], after: [])
    key = wrappings[.key] ?? none
    string = wrappings[.string] ?? none
    number = wrappings[.number] ?? none
    literal = wrappings[.literal] ?? none
    punctuation = wrappings[.punctuation] ?? none
    self.cleaning = cleaning
    self.cleanCount = cleanCount
  }
}
