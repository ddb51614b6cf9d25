/// A `Content-Length` header before each message, as in the Language Server Protocol.
///
/// Field names are read in any case and order, other fields are skipped, and lines may end in LF
/// alone. Whatever does not fit is stray text, and reading goes on at the next `Content-Length:`.
public struct HeaderFraming: Framing {
  private enum State {
    case head
    case body(left: Int)
    case skip(left: Int)
  }

  /// The longest line and the longest block of lines that are taken for a header.
  static let headLimit = 8 << 10

  private let limit: Int
  private var state = State.head
  private var line: [UInt8] = []
  private var block: [UInt8] = []
  private var blockHasLength = false
  private var body: [UInt8] = []
  private var stray = StrayText()

  /// The block before the message that was read last, or is being read, well-formed or not.
  public private(set) var lastBlock: HeaderBlock?

  /// Messages of up to `limit` bytes, not counting the header.
  public init(limit: Int = FramingName.defaultLimit) { self.limit = limit }

  /// The name that `--framing` takes.
  public var name: String { FramingName.headers.rawValue }

  /// The bytes of the unfinished header and message.
  public var pending: Int { line.count + block.count + body.count + stray.count }

  /// Takes bytes in and gives back the messages that became complete.
  public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [FramingOutput] {
    var outputs: [FramingOutput] = []
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count { at = step(bytes, at, &outputs) }
    }
    return outputs
  }

  /// Gives back text that is no message; an unfinished message stays pending.
  public mutating func finish() -> [FramingOutput] {
    guard case .head = state else { return [] }
    var outputs: [FramingOutput] = []
    stray.add(block.drain(), to: &outputs)
    stray.add(line.drain(), to: &outputs)
    stray.end(&outputs)
    return outputs
  }

  /// Puts the header before the message.
  public func wrap(_ message: [UInt8]) -> [UInt8] {
    var framed = Array("Content-Length: \(message.count)\r\n\r\n".utf8)
    framed.reserveCapacity(framed.count + message.count)
    framed.append(contentsOf: message)
    return framed
  }

  private mutating func step(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    switch state {
    case .head:
      return readLine(bytes, at, &outputs)
    case .body(let left):
      let end = at + min(left, bytes.count - at)
      body.append(bytes, at..<end)
      state = .body(left: left - (end - at))
      if end - at == left { endBody(&outputs) }
      return end
    case .skip(let left):
      let count = min(left, bytes.count - at)
      state = count == left ? .head : .skip(left: left - count)
      return at + count
    }
  }

  private mutating func endBody(_ outputs: inout [FramingOutput]) {
    state = .head
    outputs.append(.message(body.drain()))
  }

  /// Takes bytes up to the end of the line, or up to a fixed size if the line is too long.
  private mutating func readLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ outputs: inout [FramingOutput]
  ) -> Int {
    let room = min(bytes.count, at + Self.headLimit - line.count)
    let window = UnsafeBufferPointer(rebasing: bytes[..<room])
    guard let newline = window.next(Byte.newline, from: at) else {
      line.append(bytes, at..<room)
      if line.count == Self.headLimit { cutLine(&outputs) }
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
    if HeaderBlock.isLength(field.name) { blockHasLength = true }
    return blockHasLength || HeaderBlock.opensBlock(text)
  }

  /// Handles a line outside a block: it may open one, perhaps after text that was cut short.
  private mutating func openBlock(
    _ line: [UInt8], _ text: ArraySlice<UInt8>, _ outputs: inout [FramingOutput]
  ) {
    if stray.count == 0, HeaderBlock.opensBlock(text) {
      block = line
      blockHasLength = HeaderBlock.field(text).map { HeaderBlock.isLength($0.name) } ?? false
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
    let whole = HeaderBlock(block.drain())
    lastBlock = whole
    guard case .bytes(let size) = whole.length else {
      stray.add(whole.bytes, to: &outputs)
      stray.end(&outputs)
      return
    }
    if size > limit {
      outputs.append(.oversize(limit: limit))
      state = .skip(left: size)
    } else if size == 0 {
      endBody(&outputs)
    } else {
      // The size is the peer's claim: room is made as the bytes come, not in advance.
      body.reserveCapacity(min(size, 64 << 10))
      state = .body(left: size)
    }
  }

  private mutating func dropBlock(_ outputs: inout [FramingOutput]) {
    stray.add(block.drain(), to: &outputs)
    stray.end(&outputs)
  }
}
