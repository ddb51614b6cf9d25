/// Lays a value out as text, its tokens spelt exactly as they are in the document.
///
/// Works from the index without recursion, so depth costs nothing but indentation.
public struct JSONFormatter: Sendable {
  /// Columns added for each level.
  public var indent: Int
  /// A container that fits in this many columns is kept on one line; 0 spreads every one that is
  /// not empty, `Int.max` keeps all on one line.
  public var width: Int
  /// Whether a blank follows commas and colons on one line.
  public var isSpaced: Bool

  /// A layout.
  public init(indent: Int = 2, width: Int = 80, isSpaced: Bool = true) {
    self.indent = indent
    self.width = width
    self.isSpaced = isSpaced
  }

  /// One line without any blanks.
  public static let compact = JSONFormatter(width: .max, isSpaced: false)
  /// One line with a blank after commas and colons.
  public static let oneLine = JSONFormatter(width: .max)

  /// Hands the pieces of a value to a sink.
  public func format(_ value: JSON, into sink: inout some JSONTokenSink) {
    var walk = Walk(document: value.document, formatter: self)
    let end = value.document.after(value.index)
    for index in value.index..<end { walk.step(index, &sink) }
  }

  /// The text of a value, laid out.
  public func bytes(_ value: JSON) -> [UInt8] {
    var sink = ByteSink()
    // Room for the blanks too: what is not used is never touched, but growing copies all of it.
    sink.bytes.reserveCapacity(value.range.count * (width == .max ? 1 : 2))
    format(value, into: &sink)
    return sink.bytes
  }

  /// The lines of a value, laid out.
  public func lines(_ value: JSON) -> [JSONLine] {
    var sink = LineSink()
    format(value, into: &sink)
    return sink.lines
  }
}

/// One line of a formatted value.
public struct JSONLine: Sendable, Equatable {
  /// A piece of the line.
  public struct Token: Sendable, Equatable {
    /// The exact spelling.
    public var text: String
    /// What it is.
    public var role: JSONRole
  }

  /// Blanks before the first piece.
  public var indent: Int
  /// The pieces.
  public var tokens: [Token]

  /// The line as plain text.
  public var text: String {
    String(repeating: " ", count: indent) + tokens.map(\.text).joined()
  }
}

private struct ByteSink: JSONTokenSink {
  var bytes: [UInt8] = []

  mutating func token(_ text: ArraySlice<UInt8>, _ role: JSONRole) {
    bytes.append(contentsOf: text)
  }

  mutating func newLine(indent: Int) {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent))
  }
}

private struct LineSink: JSONTokenSink {
  var lines = [JSONLine(indent: 0, tokens: [])]

  mutating func token(_ text: ArraySlice<UInt8>, _ role: JSONRole) {
    let token = JSONLine.Token(text: String(decoding: text, as: UTF8.self), role: role)
    lines[lines.count - 1].tokens.append(token)
  }

  mutating func newLine(indent: Int) { lines.append(JSONLine(indent: indent, tokens: [])) }
}

/// The walk over a value's nodes, with what is open around the current one.
private struct Walk {
  private struct Level {
    var isObject: Bool
    var isInline: Bool
    var isFirst = true
    /// In an object: whether the next node is a key.
    var atKey: Bool
  }

  let document: JSONDocument
  let formatter: JSONFormatter
  private var levels: [Level] = []
  private var column = 0

  init(document: JSONDocument, formatter: JSONFormatter) {
    self.document = document
    self.formatter = formatter
  }

  mutating func step(_ index: Int, _ sink: inout some JSONTokenSink) {
    let node = document.node(index)
    if node.isEnd { return close(node, &sink) }
    let isKey = separate(&sink)
    if node.isContainer {
      open(index, node, &sink)
    } else {
      let end = node.offset + node.payload + (node.isString ? 2 : 0)
      emit(document.padded[node.offset..<end], isKey ? .key : Self.role(node.tag), &sink)
      if isKey { emit(formatter.isSpaced ? Glyph.colonBlank : Glyph.colon, .punctuation, &sink) }
    }
  }

  /// Writes what stands before a node; says whether the node is a key.
  private mutating func separate(_ sink: inout some JSONTokenSink) -> Bool {
    let last = levels.count - 1
    guard last >= 0 else { return false }
    let isObject = levels[last].isObject
    if isObject, !levels[last].atKey {
      levels[last].atKey = true
      return false
    }
    let isInline = levels[last].isInline
    if !levels[last].isFirst {
      let isBlank = isInline && formatter.isSpaced
      emit(isBlank ? Glyph.commaBlank : Glyph.comma, .punctuation, &sink)
    }
    if !isInline { breakLine(levels.count, &sink) }
    levels[last].isFirst = false
    levels[last].atKey = false
    return isObject
  }

  private mutating func open(_ index: Int, _ node: Node, _ sink: inout some JSONTokenSink) {
    let isObject = node.tag == .object
    let isInline = levels.last?.isInline == true || fits(index, end: node.payload)
    emit(isObject ? Glyph.openBrace : Glyph.openBracket, .punctuation, &sink)
    levels.append(Level(isObject: isObject, isInline: isInline, atKey: isObject))
  }

  private mutating func close(_ node: Node, _ sink: inout some JSONTokenSink) {
    let level = levels.removeLast()
    if !level.isInline, !level.isFirst { breakLine(levels.count, &sink) }
    emit(level.isObject ? Glyph.closeBrace : Glyph.closeBracket, .punctuation, &sink)
  }

  /// Whether the container fits on the rest of the line, looking no further than the line is wide.
  private func fits(_ start: Int, end: Int) -> Bool {
    if formatter.width == .max || end == start + 1 { return true }
    var room = formatter.width - column
    var depth = 0
    for index in start...end {
      let node = document.node(index)
      depth += node.isContainer ? 1 : 0
      // What nests deeply is hard to read on one line, however short.
      if depth > 3 { return false }
      switch node.tag {
      case .plainString, .escapedString: room -= node.payload + 4
      case .object, .array: room -= 1
      case .objectEnd, .arrayEnd:
        depth -= 1
        room -= 3
      default: room -= node.payload + 2
      }
      if room < 0 { return false }
    }
    return true
  }

  private mutating func emit(
    _ text: ArraySlice<UInt8>, _ role: JSONRole, _ sink: inout some JSONTokenSink
  ) {
    sink.token(text, role)
    column += text.count
  }

  private mutating func breakLine(_ depth: Int, _ sink: inout some JSONTokenSink) {
    column = depth * formatter.indent
    sink.newLine(indent: column)
  }

  private static func role(_ tag: Node.Tag) -> JSONRole {
    switch tag {
    case .plainString, .escapedString: .string
    case .number: .number
    default: .literal
    }
  }
}

/// The text between values.
private enum Glyph {
  static let comma: ArraySlice<UInt8> = [0x2C]
  static let commaBlank: ArraySlice<UInt8> = [0x2C, 0x20]
  static let colon: ArraySlice<UInt8> = [0x3A]
  static let colonBlank: ArraySlice<UInt8> = [0x3A, 0x20]
  static let openBrace: ArraySlice<UInt8> = [0x7B]
  static let closeBrace: ArraySlice<UInt8> = [0x7D]
  static let openBracket: ArraySlice<UInt8> = [0x5B]
  static let closeBracket: ArraySlice<UInt8> = [0x5D]
}
