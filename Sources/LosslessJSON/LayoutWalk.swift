/// Takes a value's pieces as the walk over its nodes meets them.
protocol LayoutSink {
  /// Whether the walk should pause.
  var isFull: Bool { get }
  /// Takes a scalar, a piece of the document, and whether it is known to be printable ASCII.
  mutating func scalar(at offset: Int, count: Int, _ role: JSONRole, isPrintable: Bool)
  /// Takes a key, the same, and the colon behind it.
  mutating func key(at offset: Int, count: Int, isPrintable: Bool, isSpaced: Bool)
  /// Takes a bracket or comma, and perhaps a blank behind it.
  mutating func mark(_ mark: UInt8, isSpaced: Bool)
  /// Ends the line.
  mutating func newLine(indent: Int)
}

/// The walk over a value's nodes, with what is open around the current one.
struct LayoutWalk {
  private let base: UnsafePointer<UInt8>
  private let tape: UnsafePointer<UInt64>
  private let formatter: JSONFormatter
  private var index: Int
  /// The container being walked through, and those around it.
  private var level: LayoutLevel
  private(set) var outer: WordStack
  private var column = 0
  private(set) var isFinished = false

  /// The document must be kept for as long, and the levels given back afterwards.
  init(_ value: JSON, _ formatter: JSONFormatter, _ levels: WordStack) {
    base = value.document.base
    tape = value.document.tape.baseAddress.unsafelyUnwrapped
    index = value.index
    level = LayoutLevel(end: value.document.after(value.index))
    outer = levels
    self.formatter = formatter
  }

  /// Goes on to the end, or until the sink is full.
  @inline(__always)
  mutating func run(_ sink: inout some LayoutSink) {
    // A copy: what others have the address of is not kept in registers.
    var walk = self
    while !sink.isFull {
      if walk.index != walk.level.end {
        walk.step(&sink)
      } else if walk.outer.count > 0 {
        walk.close(&sink)
      } else {
        walk.isFinished = true
        break
      }
    }
    self = walk
  }

  @inline(__always)
  private mutating func step(_ sink: inout some LayoutSink) {
    var node = Node(word: tape[index])
    // Outside any container there is one value, and nothing to separate.
    if outer.count > 0 {
      separate(&sink)
      if level.isObject {
        let member = MemberCursor(base, tape, at: index)
        key(member.key, &sink)
        index = member.value
        node = Node(word: tape[index])
      }
    }
    let tag = node.tag
    if tag.isString {
      string(node, &sink)
    } else if node.isContainer {
      open(node, &sink)
    } else {
      sink.scalar(
        at: node.offset, count: node.payload, tag.isNumber ? .number : .literal, isPrintable: true)
      column &+= node.payload
    }
    index &+= 1
  }

  @inline(__always)
  private mutating func separate(_ sink: inout some LayoutSink) {
    if level.isFirst {
      level.isFirst = false
    } else {
      mark(0x2C, isSpaced: level.isInline && formatter.isSpaced, &sink)
    }
    if !level.isInline { breakLine(&sink) }
  }

  @inline(__always)
  private mutating func key(_ key: Node, _ sink: inout some LayoutSink) {
    let count = key.payload &+ 2
    sink.key(
      at: key.offset, count: count, isPrintable: key.tag.isPrintable, isSpaced: formatter.isSpaced)
    column &+= count &+ (formatter.isSpaced ? 2 : 1)
  }

  @inline(__always)
  private mutating func string(_ node: Node, _ sink: inout some LayoutSink) {
    let count = node.payload &+ 2
    sink.scalar(at: node.offset, count: count, .string, isPrintable: node.tag.isPrintable)
    column &+= count
  }

  @inline(__always)
  private mutating func open(_ node: Node, _ sink: inout some LayoutSink) {
    let isObject = node.tag == .object
    let isInline = outer.count > 0 && level.isInline || fits(end: node.payload)
    mark(isObject ? 0x7B : 0x5B, isSpaced: false, &sink)
    outer.push(level.word)
    level = LayoutLevel(end: node.payload, isObject: isObject, isInline: isInline)
  }

  @inline(__always)
  private mutating func close(_ sink: inout some LayoutSink) {
    let closed = level
    level = LayoutLevel(word: outer.pop())
    if !closed.isInline, !closed.isFirst { breakLine(&sink) }
    mark(closed.isObject ? 0x7D : 0x5D, isSpaced: false, &sink)
  }

  @inline(__always)
  private mutating func mark(_ byte: UInt8, isSpaced: Bool, _ sink: inout some LayoutSink) {
    sink.mark(byte, isSpaced: isSpaced)
    column &+= isSpaced ? 2 : 1
  }

  @inline(__always)
  private mutating func breakLine(_ sink: inout some LayoutSink) {
    column = outer.count &* max(formatter.indent, 0)
    sink.newLine(indent: column)
  }

  /// Whether the container fits on the rest of the line.
  private func fits(end: Int) -> Bool {
    if formatter.width == .max || end == index + 1 { return true }
    if formatter.width == 0 { return false }
    var room = formatter.width - column - 1
    return fits(index, &room, depth: 1)
  }

  /// The same, looking no further than the line is wide.
  private func fits(_ container: Int, _ room: inout Int, depth: Int) -> Bool {
    // What nests deeply is hard to read on one line, however short.
    if depth > 3 { return false }
    let head = Node(word: tape[container])
    var member = MemberCursor(base, tape, at: container + 1)
    while member.index < head.payload {
      if head.tag == .object { room -= member.key.payload + 4 }
      let node = Node(word: tape[member.value])
      if node.isContainer {
        room -= 1
        if !fits(member.value, &room, depth: depth + 1) { return false }
      } else {
        room -= node.payload + (node.isString ? 4 : 2)
      }
      if room < 0 { return false }
      member.advance()
    }
    room -= 3
    return room >= 0
  }
}

/// A container that is being walked through.
struct LayoutLevel {
  /// The index of the node behind it.
  var end: Int
  var isObject = false
  var isInline = true
  var isFirst = true
}

extension LayoutLevel {
  /// A container that is open around another one, as a word of a stack.
  @inline(__always)
  var word: UInt64 {
    UInt64(truncatingIfNeeded: end) << 2 | (isObject ? 2 : 0) | (isInline ? 1 : 0)
  }

  /// The container as it is behind a value: it has begun.
  @inline(__always)
  init(word: UInt64) {
    self.init(
      end: Int(truncatingIfNeeded: word >> 2), isObject: word & 2 != 0, isInline: word & 1 != 0,
      isFirst: false)
  }
}
