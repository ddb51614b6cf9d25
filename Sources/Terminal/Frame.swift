/// One row of the screen as it should look.
struct Row: Equatable, Sendable {
  var text = StyledText()
  var width = 0
}

/// The rows that the editor occupies and where the cursor stands in them.
struct Frame: Equatable, Sendable {
  var rows: [Row]
  var cursorRow: Int
  var cursorColumn: Int
}

/// All that a frame is made of: the state of the editor at one moment.
struct EditorView: Sendable {
  /// A row above the prompt, which fits.
  var above: StyledText?
  var prompt = StyledText()
  var continuation = StyledText()
  /// The edited text, coloured.
  var text = StyledText()
  /// The cursor's place in the text, in UTF-8 bytes.
  var cursor = 0
  /// Ghost text after the end.
  var hint = ""
  /// Rows under the text, each of which fits.
  var below: [StyledText] = []
}
