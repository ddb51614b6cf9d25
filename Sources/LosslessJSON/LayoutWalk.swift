/// Takes a value's pieces as the walk over its nodes meets them.
protocol LayoutSink {
  /// Whether the walk should pause.
  var isFull: Bool { get }
  /// Takes a scalar or a key, a piece of the document.
  mutating func scalar(at offset: Int, count: Int, _ role: JSONRole)
  /// Takes a bracket, comma or colon, and perhaps a blank behind it.
  mutating func mark(_ mark: UInt8, isSpaced: Bool)
  /// Ends the line.
  mutating func newLine(indent: Int)
}

/// The walk over a value's nodes, with what is open around the current one.
struct LayoutWalk {
  private let document: JSONDocument
  private let formatter: JSONFormatter
  private var index: Int
  private let end: Int
  /// The container being walked through, and those around it.
  private var level = LayoutLevel()
  private var outer = LayoutLevels()
  private var column = 0

  init(_ value: JSON, _ formatter: JSONFormatter) {
    document = value.document
    index = value.index
    end = value.document.after(value.index)
    self.formatter = formatter
  }

  /// Whether the whole value was walked through.
  var isFinished: Bool { index == end }

  /// Goes on to the end, or until the sink is full.
  @inline(__always)
  mutating func run(_ sink: inout some LayoutSink) {
    let tape = document.tape
    // A copy: what others have the address of is not kept in registers.
    var walk = self
    while walk.index < walk.end, !sink.isFull {
      walk.step(Node(word: tape[walk.index]), tape, &sink)
      walk.index &+= 1
    }
    self = walk
  }

  @inline(__always)
  private mutating func step(
    _ node: Node, _ tape: UnsafeBufferPointer<UInt64>, _ sink: inout some LayoutSink
  ) {
    let tag = node.tag
    if tag == .objectEnd || tag == .arrayEnd { return close(&sink) }
    let isKey = separate(&sink)
    switch tag {
    case .object, .array: open(node, tape, &sink)
    case .plainString, .escapedString, .unicodeString:
      let count = node.payload &+ 2
      sink.scalar(at: node.offset, count: count, isKey ? .key : .string)
      column &+= count
      if isKey { mark(0x3A, isSpaced: formatter.isSpaced, &sink) }
    default:
      sink.scalar(at: node.offset, count: node.payload, tag.isNumber ? .number : .literal)
      column &+= node.payload
    }
  }

  /// Writes what stands before a node; says whether the node is a key.
  @inline(__always)
  private mutating func separate(_ sink: inout some LayoutSink) -> Bool {
    if level.isObject, !level.atKey {
      level.atKey = true
      return false
    }
    // Outside any container there is one value, and nothing to separate.
    if outer.count == 0 { return false }
    if !level.isFirst { mark(0x2C, isSpaced: level.isInline && formatter.isSpaced, &sink) }
    if !level.isInline { breakLine(&sink) }
    level.isFirst = false
    level.atKey = false
    return level.isObject
  }

  @inline(__always)
  private mutating func open(
    _ node: Node, _ tape: UnsafeBufferPointer<UInt64>, _ sink: inout some LayoutSink
  ) {
    let isObject = node.tag == .object
    let isInline = outer.count > 0 && level.isInline || fits(end: node.payload, tape)
    mark(isObject ? 0x7B : 0x5B, isSpaced: false, &sink)
    outer.push(level)
    level = LayoutLevel(isObject: isObject, isInline: isInline, atKey: isObject)
  }

  @inline(__always)
  private mutating func close(_ sink: inout some LayoutSink) {
    let closed = level
    level = outer.pop()
    if !closed.isInline, !closed.isFirst { breakLine(&sink) }
    mark(closed.isObject ? 0x7D : 0x5D, isSpaced: false, &sink)
  }

  /// Whether the container fits on the rest of the line, looking no further than the line is wide.
  private func fits(end: Int, _ tape: UnsafeBufferPointer<UInt64>) -> Bool {
    if formatter.width == .max || end == index + 1 { return true }
    var room = formatter.width - column
    var depth = 0
    for place in index...end {
      if room < 0 { return false }
      let node = Node(word: tape[place])
      switch node.tag {
      case .plainString, .escapedString, .unicodeString: room -= node.payload + 4
      case .object, .array:
        room -= 1
        depth += 1
        // What nests deeply is hard to read on one line, however short.
        if depth > 3 { return false }
      case .objectEnd, .arrayEnd:
        depth -= 1
        room -= 3
      default: room -= node.payload + 2
      }
    }
    return room >= 0
  }

  @inline(__always)
  private mutating func mark(_ byte: UInt8, isSpaced: Bool, _ sink: inout some LayoutSink) {
    sink.mark(byte, isSpaced: isSpaced)
    column &+= isSpaced ? 2 : 1
  }

  @inline(__always)
  private mutating func breakLine(_ sink: inout some LayoutSink) {
    column = outer.count &* formatter.indent
    sink.newLine(indent: column)
  }
}

/// A container that is being walked through.
private struct LayoutLevel {
  var isObject = false
  var isInline = true
  var isFirst = true
  /// In an object: whether the next node is a key.
  var atKey = false
}

/// The containers around that one, two bits for each, so that it takes no memory of its own until
/// there are many.
private struct LayoutLevels {
  private(set) var count = 0
  private var last: UInt64 = 0
  private var full: [UInt64] = []

  @inline(__always)
  mutating func push(_ level: LayoutLevel) {
    if count & 31 == 0, count > 0 { full.append(last) }
    last = last &<< 2 | (level.isObject ? 2 : 0) | (level.isInline ? 1 : 0)
    count &+= 1
  }

  /// As it is behind a value: it has begun, and a key is next.
  @inline(__always)
  mutating func pop() -> LayoutLevel {
    let isObject = last & 2 != 0
    let level = LayoutLevel(
      isObject: isObject, isInline: last & 1 != 0, isFirst: false, atKey: isObject)
    last &>>= 2
    count &-= 1
    if count & 31 == 0, count > 0 { last = full.removeLast() }
    return level
  }
}
