import LosslessJSON

/// Text between messages, handed out a line at a time and never held beyond a few kilobytes.
struct StrayText: Sendable {
  /// The longest piece handed out, so that a flood of garbage does not fill the memory.
  static let pieceLimit = 16 << 10

  private let framing: FramingName
  private var held: [UInt8] = []
  /// Whether an HTTP server answered, so that the rest is nothing but its reply.
  private var sawHTTP = false

  /// Text met where messages of that framing are expected.
  init(_ framing: FramingName) { self.framing = framing }

  var count: Int { held.count }

  /// Adds bytes; cuts are made at fixed sizes, so pieces do not depend on how the bytes came.
  mutating func add(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to outputs: inout [FramingOutput]
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(range.upperBound, start + Self.pieceLimit - held.count)
      held.append(bytes, start..<end)
      start = end
      if held.count == Self.pieceLimit { tell(nil, &outputs) }
    }
  }

  /// Adds bytes that a framing had held as something else.
  mutating func add(_ bytes: [UInt8], to outputs: inout [FramingOutput]) {
    bytes.withUnsafeBufferPointer { add($0, 0..<$0.count, to: &outputs) }
  }

  /// Ends the run: what is held goes out without blanks at its end, and nothing if it was blank.
  ///
  /// Without findings the text is judged by what it looks like.
  mutating func end(_ outputs: inout [FramingOutput], _ findings: [Finding]? = nil) {
    held.trimEnd()
    if !held.isEmpty { tell(findings, &outputs) }
  }

  private mutating func tell(_ findings: [Finding]?, _ outputs: inout [FramingOutput]) {
    let text = held.drain()
    let found = findings ?? (sawHTTP ? [] : StrayFinding.of(text, in: framing))
    if found.first?.rule == WireRule.httpMet.rawValue { sawHTTP = true }
    outputs.append(.stray(text, findings: found))
  }
}
