/// Lays a value out as text, its tokens spelt exactly as they are in the document.
///
/// Works from the index without recursion, so depth costs nothing but indentation.
public struct JSONFormatter: Sendable {
  /// Columns added for each level; none if negative.
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
    // A key without a node becomes a value of its own.
    let value = value.index < 0 ? value.detached() : value
    var pieces = SlicingSink(sink: sink, document: value.document)
    var walk = LayoutWalk(value, self, WordStack(capacity: 32))
    walk.run(&pieces)
    walk.outer.deallocate()
    sink = pieces.sink
  }

  /// The text of a value, laid out.
  public func bytes(_ value: JSON) -> [UInt8] {
    var bytes: [UInt8] = []
    // Room for the blanks too: what is not used is never touched, but growing copies all of it.
    bytes.reserveCapacity(value.range.count * (width == .max ? 1 : 2))
    write(value) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Hands the text of a value out in parts of some 64 KB, laid out and perhaps painted, so that a
  /// large value's text is never there as a whole.
  ///
  /// The bytes are only there during the call of `output`.
  public func write<Failure: Error>(
    _ value: JSON, paint: JSONPaint? = nil,
    to output: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var printer = JSONPrinter(self, paint: paint)
    try printer.add(value, to: output)
    try printer.finish(to: output)
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

private struct LineSink: JSONTokenSink {
  var lines = [JSONLine(indent: 0, tokens: [])]

  mutating func token(_ text: ArraySlice<UInt8>, _ role: JSONRole) {
    let token = JSONLine.Token(text: String(decoding: text, as: UTF8.self), role: role)
    lines[lines.count - 1].tokens.append(token)
  }

  mutating func newLine(indent: Int) { lines.append(JSONLine(indent: indent, tokens: [])) }
}

/// Hands the pieces on as slices.
private struct SlicingSink<Sink: JSONTokenSink>: LayoutSink {
  var sink: Sink
  let document: JSONDocument

  var isFull: Bool { false }

  mutating func scalar(at offset: Int, count: Int, _ role: JSONRole, isPrintable: Bool) {
    sink.token(document.slice(offset..<(offset + count)), role)
  }

  mutating func key(at offset: Int, count: Int, isPrintable: Bool, isSpaced: Bool) {
    sink.token(document.slice(offset..<(offset + count)), .key)
    mark(0x3A, isSpaced: isSpaced)
  }

  mutating func mark(_ first: UInt8, isSpaced: Bool) {
    // Pieces of one array: an array for each would be most of the work.
    let place = markText.firstIndex(of: first) ?? 0
    sink.token(markText[place..<(place + (isSpaced ? 2 : 1))], .punctuation)
  }

  mutating func newLine(indent: Int) { sink.newLine(indent: indent) }
}

/// The marks of JSON, each with a blank behind it.
private let markText = Array("{ } [ ] , : ".utf8)
