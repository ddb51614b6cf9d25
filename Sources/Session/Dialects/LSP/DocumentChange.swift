import LosslessJSON

/// What changed between two states of a document: whole lines replaced by others.
struct DocumentChange: Equatable {
  /// The part of the old text that goes.
  var range: LSPRange
  /// What comes in its place.
  var text: String

  /// The smallest run of lines that makes one text of the other; nil if they are the same.
  init?(from old: DocumentText, to new: DocumentText, in encoding: PositionEncoding) {
    guard old.text != new.text else { return nil }
    let shorter = min(old.lineCount, new.lineCount)
    var before = 0
    while before < shorter, old.wholeLine(before) == new.wholeLine(before) { before += 1 }
    var after = 0
    while after < shorter - before,
      old.wholeLine(old.lineCount - 1 - after) == new.wholeLine(new.lineCount - 1 - after)
    {
      after += 1
    }
    // Between two lines stands a position whose character is 0 in every encoding; behind the last
    // one it has to be counted.
    let end =
      after > 0
      ? LSPPosition(line: old.lineCount - after, character: 0)
      : old.position(of: old.end, in: encoding)
    range = LSPRange(start: LSPPosition(line: before, character: 0), end: end)
    text = new.text(ofLines: before..<(new.lineCount - after))
  }

  /// The `TextDocumentContentChangeEvent`.
  var json: JSON { ["range": range.json, "text": JSON(text)] }
}
