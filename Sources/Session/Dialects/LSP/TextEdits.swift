public import LosslessJSON

/// Edits of one text, as a `TextEdit` array has them: all of them are about the text as it was.
public struct TextEdits: Sendable {
  /// One edit.
  public struct Edit: Sendable, Equatable {
    /// What goes.
    public var range: LSPRange
    /// What comes in its place.
    public var text: String
  }

  /// The edits in the server's order.
  public let edits: [Edit]

  /// Reads a `TextEdit` array; nil if an element of it is none.
  public init?(_ json: JSON) {
    guard json.kind == .array else { return nil }
    var edits: [Edit] = []
    for item in json.elements {
      guard let range = LSPRange(item["range"]), let text = item["newText"]?.string,
        range.start <= range.end
      else { return nil }
      edits.append(Edit(range: range, text: text))
    }
    self.edits = edits
  }

  /// The bytes of the text with all edits made; nil if two of them are about the same part.
  public func applied(to text: DocumentText, in encoding: PositionEncoding) -> [UInt8]? {
    let bytes = Array(text.text.utf8)
    let places = edits.enumerated().map { index, edit in
      let start = text.offset(of: edit.range.start, in: encoding)
      let end = max(start, text.offset(of: edit.range.end, in: encoding))
      return (start: start, end: end, index: index)
    }.sorted { ($0.start, $0.end, $0.index) < ($1.start, $1.end, $1.index) }
    var result: [UInt8] = []
    var at = 0
    for place in places {
      guard place.start >= at else { return nil }
      result += bytes[at..<place.start]
      result += Array(edits[place.index].text.utf8)
      at = place.end
    }
    return result + bytes[at...]
  }
}
