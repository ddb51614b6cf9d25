import LosslessJSON

/// One message per line, ended by LF or CRLF; blank lines are skipped.
///
/// A line that can't be the start of a JSON object or array is stray text: programs print log lines
/// on their standard output before they speak JSON, and those must not look like broken replies.
/// Several messages on one line come apart, and one that is spread over several lines is joined.
/// A server that turns out to speak headers or netstrings is read so.
public struct LineFraming: Framing {
  private let limit: Int
  private var start = StreamStart()
  private var held: [UInt8] = []
  private var skipping = false
  /// A value whose line ended before its brackets were closed.
  private var open: OpenValue?
  /// The framing that the server was found to speak instead.
  private var other: (framing: any Framing, finding: Finding)?
  private var sawHTTP = false

  /// Lines of up to `limit` bytes, not counting the line end.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.lines.rawValue }

  /// The bytes of the unfinished line.
  public var pending: Int {
    start.pending + held.count + (open?.bytes.count ?? 0) + (other?.framing.pending ?? 0)
  }

  /// The value whose line ended early, with the line that nothing ended yet.
  public var unfinished: [UInt8] {
    if let other { return other.framing.unfinished }
    guard let open else { return held }
    return held.isEmpty ? open.bytes : open.bytes + [Byte.newline] + held
  }

  /// Takes bytes in and gives back the lines that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.admit(bytes), &outputs)
    return outputs
  }

  /// Gives back a last line that has no line end.
  public mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.finish(), &outputs)
    if !skipping { takeHeld(endedByLine: false, &outputs) }
    skipping = false
    // It may be the last line that turns to another framing.
    if let rest = other?.framing.finish() { relay(rest, &outputs) }
    if let unfinished = open {
      open = nil
      deliver(unfinished.bytes, [FrameText.cutShort(unfinished.bytes)], &outputs)
    }
    return outputs
  }

  /// How long a message without a line end, or a line without the rest of its value, waits.
  public var patience: Duration? {
    if let other { return other.framing.patience }
    return open != nil || !held.isEmpty ? Patience.whole : nil
  }

  /// Gives back a message that has no line end, or a value that nobody goes on with.
  public mutating func stall() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    if let rest = other?.framing.stall() { relay(rest, &outputs) }
    if held.isEmpty, let unfinished = open {
      open = nil
      deliver(unfinished.bytes, unfinished.findings, &outputs)
    } else if open == nil, !skipping {
      takeUnended(&outputs)
    }
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

  // MARK: - Lines

  private mutating func read(_ bytes: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]) {
    guard !bytes.isEmpty else { return }
    if other != nil { return relayFeed(bytes, &outputs) }
    bytes.withUnsafeBufferPointer { buffer in
      var at = 0
      while let end = buffer.next(Byte.newline, from: at), other == nil {
        endLine(buffer, at..<end, &outputs)
        at = end + 1
      }
      guard at < buffer.count else { return }
      if other == nil {
        hold(buffer, at..<buffer.count, &outputs)
      } else {
        relayFeed(buffer.copy(at..<buffer.count)[...], &outputs)
      }
    }
  }

  private mutating func endLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ outputs: inout [FramingOutput]
  ) {
    if skipping {
      skipping = false
    } else if held.isEmpty, range.count <= limit {
      take(bytes.copy(range), endedByLine: true, &outputs)
    } else {
      hold(bytes, range, &outputs)
      if other != nil {
        relayFeed([Byte.newline], &outputs)
      } else if !skipping {
        takeHeld(endedByLine: true, &outputs)
      }
      skipping = false
    }
  }

  /// Handles what is held as a whole line, unless it is too long after all.
  private mutating func takeHeld(endedByLine: Bool, _ outputs: inout [FramingOutput]) {
    let line = held.drain()
    if line.count - (line.last == Byte.carriageReturn ? 1 : 0) > limit {
      outputs.append(.oversize(limit: limit))
    } else {
      take(line, endedByLine: endedByLine, &outputs)
    }
  }

  /// Keeps the bytes for the rest of the line, unless the line is certain to be too long.
  ///
  /// One byte over the limit is not certain while it may be the CR of a line end.
  private mutating func hold(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ outputs: inout [FramingOutput]
  ) {
    guard !skipping, !range.isEmpty else { return }
    // A stream of netstrings may have no line end at all; how long the line is counts only once it
    // is known to be none.
    if held.count < 16, open == nil {
      let beginning = held + bytes.copy(range.prefix(16))
      if Self.isNetstring(beginning) {
        held.append(bytes, range)
        return turn(to: .netstring, held.drain(), &outputs)
      }
      if Self.mayBecomeNetstring(beginning) { return held.append(bytes, range) }
    }
    let size = held.count + range.count
    let endsInReturn = bytes[range.upperBound - 1] == Byte.carriageReturn
    if size - (endsInReturn ? 1 : 0) > limit {
      skipping = true
      held = []
      outputs.append(.oversize(limit: limit))
      return
    }
    held.append(bytes, range)
  }

  /// Handles a whole line without its LF.
  private mutating func take(
    _ line: [UInt8], endedByLine: Bool = false, _ outputs: inout [FramingOutput]
  ) {
    var text = line
    if text.last == Byte.carriageReturn { text.removeLast() }
    start.takeMark(&text)
    if open != nil { return goOn(line: text, endedByLine, &outputs) }
    guard let first = text.firstIndex(where: { !Byte.isBlank($0) && $0 != 0 }) else {
      return
    }
    if Self.isNetstring(text) {
      return turn(to: .netstring, line + (endedByLine ? [Byte.newline] : []), &outputs)
    }
    if Self.beginsMessage(text, at: first) {
      takeValues(text, first, &outputs)
    } else if endedByLine, !sawHTTP, Self.isHeader(text) {
      turn(to: .headers, line + [Byte.newline], &outputs)
    } else {
      tellStray(text, &outputs)
    }
  }

  private mutating func tellStray(_ text: [UInt8], _ outputs: inout [FramingOutput]) {
    let found = sawHTTP ? [] : StrayFinding.of(text, in: .lines)
    if found.first?.rule == WireRule.httpMet.rawValue { sawHTTP = true }
    guard let prefix = StrayFinding.prefixLength(found) else {
      return outputs.append(.stray(text, findings: found))
    }
    // The message can be told from the log's text before it, which a client of less patience can't.
    outputs.append(.stray(Array(text[..<prefix])))
    deliver(Array(text[prefix...]), found, &outputs)
  }

  // MARK: - Values on a line

  private mutating func takeValues(
    _ text: [UInt8], _ first: Int, _ outputs: inout [FramingOutput]
  ) {
    let scan = text.withUnsafeBufferPointer { bytes -> (end: Int?, nesting: Nesting) in
      var nesting = Nesting()
      let end = nesting.end(in: bytes, from: first)
      return (end, nesting)
    }
    guard let end = scan.end else {
      open = OpenValue(text, scan.nesting)
      return
    }
    if text[end...].isBlank, !text[end...].contains(Byte.carriageReturn) {
      deliver(text, [], &outputs)
    } else {
      takeRun(text, end, &outputs)
    }
  }

  /// Takes a line apart on which more than one value stands, or other text after it.
  private mutating func takeRun(
    _ text: [UInt8], _ firstEnd: Int, _ outputs: inout [FramingOutput]
  ) {
    let run = ValueRun(text)
    let tail = text[run.tail]
    // Surplus brackets, commas and the like are for the reader of JSON to point at.
    guard run.ranges.count > 1 || tail.isEmpty || Self.opensLog(tail) else {
      return deliver(text, [], &outputs)
    }
    let shown = WireRule.shown(text)
    for (index, range) in run.ranges.enumerated() {
      let last = index == run.ranges.count - 1
      if last, run.isOpen {
        open = OpenValue(Array(text[range]))
        break
      }
      var findings: [Finding] = []
      if run.hasNUL {
        findings = [FrameText.nulSeparated(shown)]
      } else if run.hasReturn {
        findings = [FrameText.carriageReturn(shown)]
      } else if run.ranges.count > 1 {
        findings = [FrameText.several(index + 1, shown, run.ranges)]
      }
      deliver(Array(text[range]), findings, &outputs)
    }
    if !tail.isEmpty { tellStray(Array(tail), &outputs) }
  }

  /// Takes a line that nothing ended yet, if a whole message stands on it.
  private mutating func takeUnended(_ outputs: inout [FramingOutput]) {
    guard let first = held.firstIndex(where: { !Byte.isBlank($0) && $0 != 0 }),
      Self.beginsMessage(held, at: first)
    else { return }
    let run = ValueRun(held)
    guard !run.ranges.isEmpty, !run.isOpen, run.tail.isEmpty else { return }
    let line = held.drain()
    if run.ranges.count == 1, !run.hasNUL, !run.hasReturn {
      deliver(line, [FrameText.noLineEnd(line)], &outputs)
    } else {
      takeRun(line, run.ranges[0].upperBound, &outputs)
    }
  }

  private mutating func deliver(
    _ message: [UInt8], _ findings: [Finding], _ outputs: inout [FramingOutput]
  ) {
    outputs.append(.message(message, findings: start.findings() + findings))
  }

  // MARK: - A value over several lines

  private mutating func goOn(
    line: [UInt8], _ endedByLine: Bool, _ outputs: inout [FramingOutput]
  ) {
    guard var value = open else { return }
    // Taken out while it changes, so that its bytes are not copied for every line.
    open = nil
    switch value.take(line, limit: limit) {
    case .more: open = value
    case .stray:
      open = value
      outputs.append(.stray(line, findings: [StrayFinding.inside(line)]))
    case .whole(let rest):
      deliver(value.bytes, value.findings, &outputs)
      if let rest { take(rest, endedByLine: endedByLine, &outputs) }
    case .mended(let mended):
      outputs.append(.stray(mended.log, findings: [mended.finding]))
      deliver(mended.message, [mended.finding], &outputs)
    case .broken:
      deliver(value.bytes, value.brokenFindings, &outputs)
      take(line, endedByLine: endedByLine, &outputs)
    case .oversize:
      outputs.append(.oversize(limit: limit))
    }
  }

  // MARK: - Another framing

  private mutating func turn(
    to name: FramingName, _ bytes: [UInt8], _ outputs: inout [FramingOutput]
  ) {
    let finding =
      name == .headers
      ? FrameText.headersMet(bytes.dropLast())
      : FrameText.netstringMet(bytes.prefix { $0 != Byte.colon } + [Byte.colon])
    other = (name.make(limit: limit), finding)
    relayFeed(bytes[...], &outputs)
  }

  private mutating func relayFeed(
    _ bytes: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]
  ) {
    guard let found = other?.framing.feed(bytes) else { return }
    relay(found, &outputs)
  }

  private mutating func relay(_ found: [FramingOutput], _ outputs: inout [FramingOutput]) {
    guard let finding = other?.finding else { return }
    for output in found {
      if case .message(let bytes, let findings) = output {
        deliver(bytes, [finding] + findings, &outputs)
      } else {
        outputs.append(output)
      }
    }
  }
}
