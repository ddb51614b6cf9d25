/// What a document is mostly made of.
enum Shape: String, CaseIterable {
  /// Flat records with many members.
  case wide
  /// Objects and arrays within each other.
  case deep
  /// Strings of a sentence or two, some with escapes.
  case strings
  /// Integers and fractions.
  case numbers
  /// Text beyond ASCII, raw and escaped.
  case unicode
  /// A single string.
  case huge
  /// Small JSON-RPC replies, one a line, each read by itself.
  case messages

  /// Whether each line is a document.
  var isLines: Bool { self == .messages }

  /// About so many bytes of it, always the same.
  func document(bytes: Int) -> [UInt8] {
    var writer = ShapeWriter(bytes: bytes)
    switch self {
    case .wide: writer.list { $0.record($1) }
    case .deep: writer.list { writer, _ in writer.nest(levels: 40) }
    case .strings: writer.list { writer, _ in writer.sentence() }
    case .numbers: writer.list { writer, _ in writer.number() }
    case .unicode: writer.list { writer, _ in writer.foreign() }
    case .huge: writer.blob()
    case .messages: writer.lines { $0.reply($1) }
    }
    return writer.text
  }
}
