import LosslessJSON

/// A value whose line ended before its brackets were closed: printed over several lines, cut by a
/// log line, or broken.
struct OpenValue: Sendable {
  /// What the next line made of it.
  enum Turn {
    /// It goes on.
    case more
    /// The line is a log line; the value may go on after it.
    case stray
    /// It is whole; what stands after it on its last line.
    case whole(rest: [UInt8]?)
    /// It was cut in two by a log line, and is whole without that.
    case mended(MendedLine)
    /// It does not go on: the line is another message, or text.
    case broken
    /// It is longer than any message may be.
    case oversize
  }

  /// How many log lines may stand in the middle of a value.
  private static let logLimit = 64

  private(set) var bytes: [UInt8]
  private var nesting: Nesting
  private let firstEnd: Int
  private var lines = 1
  private var logs = 0

  init(_ line: [UInt8], _ nesting: Nesting) {
    bytes = line
    self.nesting = nesting
    firstEnd = line.count
  }

  /// The line's value is followed from its first byte.
  init(_ line: [UInt8]) {
    var nesting = Nesting()
    _ = line.withUnsafeBufferPointer { nesting.end(in: $0, from: 0) }
    self.init(line, nesting)
  }

  /// What is to be said of it when it is handed out.
  var findings: [Finding] { lines > 1 ? [FrameText.multiLine(lines, firstEnd)] : [] }

  /// What is to be said of it if something else follows.
  var brokenFindings: [Finding] { lines > 1 ? findings + [FrameText.unclosed(bytes)] : findings }

  /// Goes on with the next line, which has no line end.
  mutating func take(_ line: [UInt8], limit: Int) -> Turn {
    if let mended = mend(with: line) { return .mended(mended) }
    // No string goes on over a line end.
    if nesting.inString { return .broken }
    if line[...].isBlank { return append(line, limit) }
    if isNextMessage(line) { return .broken }
    guard Self.isJSON(line) else {
      logs += 1
      return logs > Self.logLimit ? .broken : .stray
    }
    return append(line, limit)
  }

  private mutating func append(_ line: [UInt8], _ limit: Int) -> Turn {
    guard bytes.count + line.count < limit else { return .oversize }
    bytes.append(Byte.newline)
    bytes.append(contentsOf: line)
    lines += 1
    let end = line.withUnsafeBufferPointer { nesting.end(in: $0, from: 0) }
    guard let end else { return .more }
    guard !line[end...].isBlank else { return .whole(rest: nil) }
    bytes.removeLast(line.count - end)
    return .whole(rest: Array(line[end...]))
  }

  /// Whether a line can be a part of a value: it begins as a value, a member or an end does.
  private static func isJSON(_ line: [UInt8]) -> Bool {
    guard let first = line.firstIndex(where: { !Byte.isBlank($0) }) else { return true }
    switch line[first] {
    case Byte.quote, Byte.closeBrace, Byte.closeBracket, Byte.comma, Byte.colon: return true
    case Byte.openBrace, Byte.openBracket: return LineFraming.beginsMessage(line, at: first)
    default: return JSONWord.isScalar(JSONWord.run(in: line[first...]))
    }
  }

  /// Whether a line is a message of its own, and not an element of an array that is open.
  private func isNextMessage(_ line: [UInt8]) -> Bool {
    guard line.first == Byte.openBrace, !expectsElement else { return false }
    do throws(JSONReadError) {
      let json = try JSON(reading: line)
      return ["jsonrpc", "method", "result", "error"].contains { json[$0] != nil }
    } catch {
      return false
    }
  }

  /// Whether this is a batch in which another message may come.
  private var expectsElement: Bool {
    guard nesting.depth == 1, bytes.first(where: { !Byte.isBlank($0) }) == Byte.openBracket,
      let last = bytes.last(where: { !Byte.isBlank($0) })
    else { return false }
    return last == Byte.openBracket || last == Byte.comma
  }

  private func mend(with line: [UInt8]) -> MendedLine? {
    guard lines == 1, logs == 0 else { return nil }
    return MendedLine(bytes, line)
  }
}
