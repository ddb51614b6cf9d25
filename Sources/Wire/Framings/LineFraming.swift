/// One message per line, ended by LF or CRLF; blank lines are skipped.
///
/// A line that can't be the start of a JSON object or array is stray text: programs print log lines
/// on their standard output before they speak JSON, and those must not look like broken replies.
public struct LineFraming: Framing {
  private let limit: Int
  private var held: [UInt8] = []
  private var skipping = false

  /// Lines of up to `limit` bytes, not counting the line end.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.lines.rawValue }

  /// The bytes of the unfinished line.
  public var pending: Int { held.count }

  /// Takes bytes in and gives back the lines that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while let end = bytes.next(Byte.newline, from: start) {
        endLine(bytes, start..<end, &outputs)
        start = end + 1
      }
      if start < bytes.count { hold(bytes, start..<bytes.count, &outputs) }
    }
    return outputs
  }

  /// Gives back a last line that has no line end.
  public mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    if !skipping { deliver(held.drain(), &outputs) }
    skipping = false
    return outputs
  }

  /// Adds the line end.
  public func wrap(_ message: [UInt8]) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(message.count + 1)
    line.append(contentsOf: message)
    line.append(Byte.newline)
    return line
  }

  private mutating func endLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ outputs: inout [FramingOutput]
  ) {
    if skipping {
      skipping = false
    } else if held.isEmpty, range.count <= limit {
      deliver(bytes.copy(range), &outputs)
    } else {
      hold(bytes, range, &outputs)
      if !skipping { deliver(held.drain(), &outputs) }
      skipping = false
    }
  }

  /// Keeps the bytes for the rest of the line, unless the line is certain to be too long.
  ///
  /// One byte over the limit is not certain while it may be the CR of a line end.
  private mutating func hold(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ outputs: inout [FramingOutput]
  ) {
    guard !skipping, !range.isEmpty else { return }
    let size = held.count + range.count
    let endsInReturn = bytes[range.upperBound - 1] == Byte.carriageReturn
    if size - (endsInReturn ? 1 : 0) > limit {
      skipping = true
      held = []
      outputs.append(.oversize(limit: limit))
    } else {
      held.append(bytes, range)
    }
  }

  private func deliver(_ line: [UInt8], _ outputs: inout [FramingOutput]) {
    var line = line
    if line.last == Byte.carriageReturn { line.removeLast() }
    guard let first = line.firstIndex(where: { !Byte.isBlank($0) }) else { return }
    outputs.append(Self.beginsMessage(line, at: first) ? .message(line) : .stray(line))
  }

  /// Whether a line can be JSON: an object, or an array whose first item looks like a JSON value.
  ///
  /// The item counts because log lines like `[INFO] ready` and `[2024-01-31 10:00] ready` begin
  /// with a bracket too.
  static func beginsMessage(_ line: [UInt8], at first: Int) -> Bool {
    var first = first
    if line[first...].starts(with: [0xEF, 0xBB, 0xBF]) {
      first += 3
      while first < line.count, Byte.isBlank(line[first]) { first += 1 }
      guard first < line.count else { return false }
    }
    if line[first] == Byte.openBrace { return true }
    guard line[first] == Byte.openBracket else { return false }
    guard let item = line[(first + 1)...].firstIndex(where: { !Byte.isBlank($0) }) else {
      return true
    }
    switch line[item] {
    case Byte.openBrace, Byte.openBracket, Byte.closeBracket, Byte.quote: return true
    default: return JSONWord.isScalar(JSONWord.run(in: line[item...]))
    }
  }
}
