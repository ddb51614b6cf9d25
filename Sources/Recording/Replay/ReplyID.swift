public import JSONRPC
import LosslessJSON

/// The id inside a reply's text, whatever else is wrong with the text.
public enum ReplyID {
  /// Where an id stands as the value of a member `id`; nil unless that is one place exactly.
  public static func range(of id: RequestID, in text: [UInt8]) -> Range<Int>? {
    var found: Range<Int>?
    var at = 0
    let key = Array("\"id\"".utf8)
    let spelling = Array(id.json.bytes)
    while let quote = text[at...].firstIndex(of: 0x22) {
      at = quote + 1
      guard text[quote...].starts(with: key) else { continue }
      var place = afterBlanks(text, quote + key.count)
      guard place < text.count, text[place] == 0x3A else { continue }
      place = afterBlanks(text, place + 1)
      let end = place + spelling.count
      guard text[place...].starts(with: spelling), end == text.count || ends(text[end]) else {
        continue
      }
      if found != nil { return nil }
      found = place..<end
    }
    return found
  }

  /// The text with another id, where that is certain to be right; nil where it is not.
  public static func replaced(
    _ old: RequestID, by new: RequestID, in text: [UInt8]
  ) -> [UInt8]? {
    range(of: old, in: text).map { TextEdit.apply([TextEdit($0, new.json.bytes)], to: text) }
  }

  private static func afterBlanks(_ text: [UInt8], _ start: Int) -> Int {
    text[start...].firstIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? text.count
  }

  /// Whether a byte ends a number or string.
  private static func ends(_ byte: UInt8) -> Bool {
    [0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x7D, 0x5D].contains(byte)
  }
}
