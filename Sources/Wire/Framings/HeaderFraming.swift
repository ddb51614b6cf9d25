import LosslessJSON

/// A `Content-Length` header before each message, as in the Language Server Protocol.
///
/// Field names are read in any case and order, other fields are skipped, and lines may end in LF
/// alone. A length that is wrong or missing is made good from the text itself, and reading goes on
/// at the next header; a message without any header is taken where a JSON value begins. Whatever
/// else does not fit is stray text.
public struct HeaderFraming: Framing {
  private enum State {
    case head
    /// After a header without a usable length: a JSON value, or else the header was stray text.
    case unmeasured
    /// At a line that begins with a bracket: a message without a header, or text.
    case probe
    case body
    case skip(left: Int)
  }

  /// The longest line and the longest block of lines that are taken for a header.
  static let headLimit = 8 << 10

  private let limit: Int
  private var start = StreamStart()
  private var state = State.head
  private var line: [UInt8] = []
  private var block: [UInt8] = []
  private var blockHasLength = false
  private var body = AnnouncedBody(0, block: [], findings: [])
  private var cut = 0
  private var stray = StrayText(.headers)

  /// The block before the message that was read last, or is being read, well-formed or not.
  public private(set) var lastBlock: HeaderBlock?

  /// Messages of up to `limit` bytes, not counting the header.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.headers.rawValue }

  /// The bytes of the unfinished header and message.
  public var pending: Int {
    start.pending + line.count + block.count + body.held.count + stray.count + cut
  }

  /// The body that has not come whole.
  public var unfinished: [UInt8] { body.held }

  /// Takes bytes in and gives back the messages that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.admit(bytes), &outputs)
    return outputs
  }

  /// Gives back text that is no message, and a message that the end cut off.
  public mutating func finish() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    read(start.finish(), &outputs)
    if case .body = state {
      if body.isCut { cut = body.held.count }
      if body.isCut, body.held.isEmpty {
        outputs.append(.stray(body.block, findings: body.finish().messages.flatMap(\.findings)))
        state = .head
      } else {
        end(body.finish(), &outputs)
      }
    }
    if case .unmeasured = state { giveUpBlock(&outputs) }
    stray.add(block.drain(), to: &outputs)
    stray.add(line.drain(), to: &outputs)
    stray.end(&outputs)
    return outputs
  }

  /// How long an unfinished body waits for more.
  public var patience: Duration? {
    if case .body = state { body.patience } else { nil }
  }

  /// Ends a message whose length was announced wrongly, or says how much is missing.
  public mutating func stall() -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    guard case .body = state else { return [] }
    let (ending, remark) = body.stall()
    if let ending { end(ending, &outputs) }
    if let remark { outputs.append(.stray([], findings: [remark])) }
    return outputs
  }

  /// Puts the header before the message.
  public func wrap(_ message: [UInt8]) -> [UInt8] {
    var framed = Array("Content-Length: \(message.count)\r\n\r\n".utf8)
    framed.reserveCapacity(framed.count + message.count)
    framed.append(contentsOf: message)
    return framed
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]) {
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count { at = step(bytes, at, &outputs) }
    }
  }

  private mutating func step(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    switch state {
    case .head:
      if line.isEmpty, block.isEmpty, stray.count == 0, Byte.isBracket(bytes[at]) {
        state = .probe
        line = [bytes[at]]
        return at + 1
      }
      return readLine(bytes, at, &outputs)
    case .unmeasured: return beginUnmeasured(bytes, at, &outputs)
    case .probe: return probe(bytes, at, &outputs)
    case .body:
      let (next, ending) = body.take(bytes, at, limit: limit)
      if let ending {
        end(ending, &outputs)
      } else if body.isOversize(limit) {
        dropBody()
        outputs.append(.oversize(limit: limit))
      }
      return next
    case .skip(let left):
      let count = min(left, bytes.count - at)
      state = count == left ? .head : .skip(left: left - count)
      return at + count
    }
  }

  // MARK: - Bodies

  /// Hands the messages of a body out, and reads again what did not belong to it.
  ///
  /// What is read again has no line `Content-Length: N` except at its very end, so it can't lead
  /// here again with much left: reading stays linear.
  private mutating func end(_ ending: AnnouncedBody.Ending, _ outputs: inout [FramingOutput]) {
    dropBody()
    for (bytes, findings) in ending.messages {
      outputs.append(.message(bytes, findings: start.findings() + findings))
    }
    if !ending.rest.isEmpty { read(ending.rest[...], &outputs) }
  }

  private mutating func dropBody() {
    state = .head
    body = AnnouncedBody(0, block: [], findings: [])
  }

  /// Chooses what becomes of a header without a usable length, by what follows it.
  private mutating func beginUnmeasured(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    var at = start
    while at < bytes.count, Byte.isBlank(bytes[at]) { at += 1 }
    guard at < bytes.count else { return at }
    if Byte.isBracket(bytes[at]) {
      let whole = HeaderBlock(block.drain())
      body = AnnouncedBody(nil, block: whole.bytes, findings: whole.findings)
      state = .body
    } else {
      giveUpBlock(&outputs)
    }
    return at
  }

  private mutating func giveUpBlock(_ outputs: inout [FramingOutput]) {
    let whole = HeaderBlock(block.drain())
    stray.add(whole.bytes, to: &outputs)
    stray.end(&outputs, whole.findings)
    state = .head
  }

  /// Looks what follows a bracket at the start of a line: whether it can be JSON.
  private mutating func probe(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    let byte = bytes[at]
    if Byte.isBlank(byte), line.count < Self.headLimit {
      line.append(byte)
      return at + 1
    }
    let isArray = line[0] == Byte.openBracket
    let isJSON =
      byte == Byte.quote
      || (isArray
        ? Byte.isBracket(byte) || byte == Byte.closeBracket : byte == Byte.closeBrace)
    if isJSON {
      let missing = FrameText.noHeader("a Content-Length header")
      body = AnnouncedBody(nil, block: [], findings: [missing], held: line.drain())
      state = .body
    } else {
      let text = line.drain()
      state = .head
      if let newline = text.lastIndex(of: Byte.newline) {
        stray.add(Array(text[...newline]), to: &outputs)
        stray.end(&outputs)
        line = Array(text[(newline + 1)...])
      } else {
        line = text
      }
    }
    return at
  }

  // MARK: - Lines

  /// Takes bytes up to the end of the line, or up to a fixed size if the line is too long.
  private mutating func readLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    let room = min(bytes.count, at + Self.headLimit - line.count)
    let window = UnsafeBufferPointer(rebasing: bytes[..<room])
    guard let newline = window.next(Byte.newline, from: at) else {
      line.append(bytes, at..<room)
      if line.count >= Self.headLimit { cutLine(&outputs) }
      return room
    }
    line.append(bytes, at..<(newline + 1))
    endLine(line.drain(), &outputs)
    return newline + 1
  }

  /// Gives a line without end up as stray text, except for a marker that may begin at its end.
  private mutating func cutLine(_ outputs: inout [FramingOutput]) {
    dropBlock(&outputs)
    let marker = HeaderBlock.markerIndex(in: line[1...])
    let kept = marker ?? (line.count - HeaderBlock.marker.count + 1)
    let cut = Array(line[..<kept])
    line.removeSubrange(..<kept)
    stray.add(cut, to: &outputs)
  }

  private mutating func endLine(_ line: [UInt8], _ outputs: inout [FramingOutput]) {
    var text = line.dropLast()
    if text.last == Byte.carriageReturn { text.removeLast() }
    if block.isEmpty {
      openBlock(line, text, &outputs)
    } else if text.isEmpty {
      block.append(contentsOf: line)
      endBlock(&outputs)
    } else if continuesBlock(text), block.count + line.count <= Self.headLimit {
      block.append(contentsOf: line)
    } else {
      dropBlock(&outputs)
      openBlock(line, text, &outputs)
    }
  }

  private mutating func continuesBlock(_ text: ArraySlice<UInt8>) -> Bool {
    guard let field = HeaderBlock.field(text) else { return false }
    if HeaderBlock.Name(field.name).isLength { blockHasLength = true }
    return blockHasLength || HeaderBlock.opensBlock(text)
  }

  /// Handles a line outside a block: it may open one, perhaps after text that was cut short.
  private mutating func openBlock(
    _ line: [UInt8], _ text: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]
  ) {
    if stray.count == 0, HeaderBlock.opensBlock(text) {
      block = line
      blockHasLength = HeaderBlock.field(text).map { HeaderBlock.Name($0.name).isLength } ?? false
    } else if let marker = HeaderBlock.markerIndex(in: text) {
      stray.add(Array(text[..<marker]), to: &outputs)
      stray.end(&outputs)
      block = Array(line[marker...])
      blockHasLength = true
    } else {
      stray.add(Array(text), to: &outputs)
      stray.end(&outputs)
    }
  }

  private mutating func endBlock(_ outputs: inout [FramingOutput]) {
    let whole = HeaderBlock(block)
    lastBlock = whole
    guard case .bytes(let size) = whole.length else {
      state = .unmeasured
      return
    }
    block = []
    if size > limit {
      outputs.append(.oversize(limit: limit))
      state = .skip(left: size)
    } else if size == 0 {
      outputs.append(.message([], findings: start.findings() + whole.findings))
    } else {
      body = AnnouncedBody(size, block: whole.bytes, findings: whole.findings)
      state = .body
    }
  }

  private mutating func dropBlock(_ outputs: inout [FramingOutput]) {
    guard !block.isEmpty else { return stray.end(&outputs) }
    let whole = block.drain()
    stray.add(whole, to: &outputs)
    stray.end(
      &outputs,
      [
        WireRule.headerMalformed.finding(
          "these header lines are followed by a line that is no header", range: 0..<whole.count,
          evidence: whole, hint: "a blank line must end the header")
      ])
  }
}
