import LosslessJSON

/// The bytes after a netstring's colon, up to where its message really ends.
struct NetstringBody: Sendable {
  /// How a message ended.
  enum End {
    /// As announced, with its comma.
    case whole
    /// Elsewhere than announced; its comma may still come.
    case wrongLength(commaDue: Bool)
    /// As announced, without its comma.
    case noComma
    /// Neither comma nor brackets tell.
    case broken
  }

  let announced: Int
  private(set) var held: [UInt8] = []
  private var isValue = false
  private var nesting = Nesting()
  private var valueEnd: Int?
  /// Whether text that is no comma follows the value inside the announced length.
  private var tailHasText = false

  init(_ announced: Int) { self.announced = announced }

  /// How far beyond an announced end a value may go before it is given up as broken.
  private var overrunLimit: Int {
    announced.multipliedReportingOverflow(by: 4).partialValue + 65536
  }

  /// Whether a whole value is held, though more bytes were announced.
  var isWholeValue: Bool { valueEnd != nil && !tailHasText && held.count < announced }

  /// Takes bytes from `at` on; gives back where reading goes on, and the end if it came to that.
  ///
  /// After an end `held` is the message.
  mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (next: Int, end: End?) {
    if held.count == announced, let end = atComma(bytes[at]) {
      if case .whole = end { return (at + 1, end) }
      return (at, end)
    }
    let isOver = held.count >= announced
    let room = isOver ? max(1, overrunLimit - held.count) : announced - held.count
    let from = held.count
    // In growing steps, so that what belongs to the next message is not copied over and over.
    let next = at + min(room, bytes.count - at, max(4096, held.count))
    held.append(bytes, at..<next)
    if from == 0, let first = held.first { isValue = Byte.isBracket(first) }
    if isValue, valueEnd == nil {
      valueEnd = held.withUnsafeBufferPointer { nesting.end(in: $0, from: from) }
    }
    if isOver {
      guard let valueEnd else { return (next, held.count >= overrunLimit ? .broken : nil) }
      let surplus = held.count - valueEnd
      held.removeLast(surplus)
      return (next - surplus, .wrongLength(commaDue: true))
    }
    return endBefore(next, from)
  }

  /// Looks for the comma that shows the announced length to be too long.
  private mutating func endBefore(_ next: Int, _ from: Int) -> (next: Int, end: End?) {
    guard let valueEnd, !tailHasText,
      let text = held[max(valueEnd, from)...].firstIndex(where: { !Byte.isBlank($0) })
    else { return (next, nil) }
    guard held[text] == Byte.comma else {
      tailHasText = true
      return (next, nil)
    }
    let surplus = held.count - (text + 1)
    held.removeLast(held.count - valueEnd)
    return (next - surplus, .wrongLength(commaDue: false))
  }

  /// What the byte means that stands where the comma should; nil if the value goes on.
  private func atComma(_ byte: UInt8) -> End? {
    // Brackets may still be open, but two errors at once are less likely than one in the text.
    if byte == Byte.comma { return .whole }
    if valueEnd != nil { return .noComma }
    if !isValue { return .broken }
    return nil
  }

  /// That the announced length is not the held message's.
  var wrongLength: Finding { FrameText.netstringLength(announced, held) }

  /// That the stream ended before it was all there.
  var cutShort: Finding { FrameText.netstringCutShort(announced, held) }
}
