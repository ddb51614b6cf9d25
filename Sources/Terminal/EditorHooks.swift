/// What the line editor asks its owner while someone types.
///
/// The functions are called on the reading thread with every change of the text, so they have to be
/// quick. They are not asked about texts longer than `longestAnalysed`.
public struct EditorHooks: Sendable {
  /// Gives the same characters back, with meanings.
  public var highlight: @Sendable (_ text: String) -> StyledText
  /// Ghost text shown after the end of the text, empty for none; the cursor counts UTF-8 bytes.
  public var hint: @Sendable (_ text: String, _ cursor: Int) -> String
  /// What could stand at the cursor, which counts UTF-8 bytes.
  public var complete: @Sendable (_ text: String, _ cursor: Int) -> Completion
  /// Whether Enter continues the statement on a new line instead of ending it.
  public var needsMore: @Sendable (_ text: String) -> Bool

  /// Beyond so many UTF-8 bytes a text is shown without colour and hint.
  public static let longestAnalysed = 64 * 1024

  /// Hooks; each left out does nothing.
  public init(
    highlight: @escaping @Sendable (String) -> StyledText = { StyledText($0) },
    hint: @escaping @Sendable (String, Int) -> String = { _, _ in "" },
    complete: @escaping @Sendable (String, Int) -> Completion = { _, _ in Completion() },
    needsMore: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    self.highlight = highlight
    self.hint = hint
    self.complete = complete
    self.needsMore = needsMore
  }
}

/// What could stand at the cursor.
public struct Completion: Sendable, Equatable {
  /// The UTF-8 offsets of what the candidates replace.
  public var replaced: Range<Int>
  /// The candidates in the order they are listed.
  public var candidates: [Candidate]
  /// What follows a candidate that was the only one, such as a blank.
  public var suffix: String
  /// How many more would fit, which are not given.
  public var more = 0
  /// What all begin with, where more would fit than are given.
  public var common: String?
  /// What there is to say of the place itself, in a line or a few; empty for nothing.
  public var note = ""

  /// Candidates for a part of the text; without any there is nothing to complete.
  public init(
    replaced: Range<Int> = 0..<0, candidates: [Candidate] = [], suffix: String = " "
  ) {
    self.replaced = replaced
    self.candidates = candidates
    self.suffix = suffix
  }
}

/// One thing that could stand at the cursor.
public struct Candidate: Sendable, Equatable {
  /// What is inserted.
  public var text: String
  /// What the list shows; the inserted text unless told otherwise.
  public var display: String
  /// What the list shows dimly behind it, such as parameters and types.
  public var annotation: String
  /// What another Tab shows in place of the annotation: a line about it, or empty.
  public var doc: String

  /// A candidate.
  public init(
    _ text: String, display: String? = nil, annotation: String = "", doc: String = ""
  ) {
    self.text = text
    self.display = display ?? text
    self.annotation = annotation
    self.doc = doc
  }

  /// The same with its line in place of the annotation.
  var documented: Candidate { Candidate(text, display: display, annotation: doc) }
}
