/// Reads a text that strict reading refused, goes on after every fault, and writes the text as it
/// was probably meant.
///
/// One pass with its own stack; what it looks ahead is bounded or consumed afterwards.
struct RecoveringReader {
  /// A container that is open.
  struct Container {
    enum Kind { case object, array, tuple }
    var kind: Kind
    /// Where its bracket stands.
    var start: Int
    /// Whether nothing stands in it yet.
    var isEmpty = true
  }

  /// What is read next.
  enum State { case value, afterValue, key, afterKey, end }

  /// A comma after which nothing has come yet; it is written when something does.
  struct PendingComma {
    var range: Range<Int>
    /// Whether a finding about it was made.
    var isTold = false
  }

  let base: UnsafePointer<UInt8>
  let count: Int
  let maxDepth: Int
  var at = 0
  var mended: MendedText
  var faults = FaultList()
  var open: [Container] = []
  var pendingComma: PendingComma?
  /// What is found in the next scalar is a consequence of what was told.
  var isMuted = false
  /// Whether the key that was just read had a fault, so that a missing colon is its consequence.
  var isKeyFaulty = false
  /// The bracket that a call around the value opened.
  var callback: Int?
  /// Quotes before this place are inside a string.
  var innerQuotesEnd = 0
  /// Whether a value was read or invented at the root.
  var hasValue = false
  /// The next double quote or end of a line, if it is not before the place that is read.
  var nextQuoteOrLine = -1
  /// Where the member that is read begins, with the comma before it.
  var member = (mark: MendedText.Mark(), start: 0)
  /// Where the text ended inside a scalar, told already.
  var isTruncated = false

  /// More changes than this are not made: a text with so many faults is no JSON.
  static let maxRuns = 8_000_000

  /// Reads the first `count` bytes, which 64 zero bytes follow.
  init(base: UnsafePointer<UInt8>, count: Int, maxDepth: Int) {
    self.base = base
    self.count = count
    self.maxDepth = maxDepth
    mended = MendedText(base, count: count)
  }

  /// Reads all of it. Afterwards `mended` is valid JSON if `hasValue`.
  mutating func read() {
    guard readPreamble() else { return }
    var state = State.value
    while true {
      skipBlanks()
      if at >= count { return finish(state, isTold: isTruncated) }
      switch state {
      case .value: state = readValue()
      case .afterValue:
        if mended.map.count > Self.maxRuns {
          tell(.more, at..<count, .gaveUp)
          return finish(state, isTold: true)
        }
        state = readAfterValue()
      case .key: state = readKey()
      case .afterKey: state = readAfterKey()
      case .end:
        if !readAfterEnd() { return finish(state, isTold: true) }
      }
    }
  }

  // MARK: - Values

  private mutating func readValue() -> State {
    let byte = base[at]
    switch byte {
    case 0x22:
      beginElement()
      readString(.value)
      return scalarEnded()
    case 0x7B: return openContainer(.object)
    case 0x5B: return openContainer(.array)
    case 0x28: return readParenthesis()
    case 0x2C: return readStrayCommas(.value)
    case 0x3A: return readStrayColon()
    case 0x7D, 0x5D, 0x29: return readCloserForValue()
    case 0x27, 0x60:
      beginElement()
      readQuoted(.value)
      return scalarEnded()
    case 0x2B, 0x2D, 0x2E, 0x30...0x39: return readNumber()
    case 0x3C: return readMarkup()
    default: return readOtherValue(byte)
    }
  }

  private mutating func readOtherValue(_ byte: UInt8) -> State {
    if Characters.isWord(byte) { return readWord() }
    if byte >= 0x80 {
      if isEllipsis { return readEllipsis(.value) }
      if let quote = Quote(opening: base + at) {
        beginElement()
        readTypographic(quote, .value)
        return scalarEnded()
      }
      if Characters.wordLength(base + at) > 0 { return readWord() }
      if UTF8Scan.length(base + at) == 0 {
        reportInvalidUTF8()
        return .value
      }
    }
    return readJunkForValue()
  }

  /// Before a value or key is written: writes the comma that it needs.
  mutating func beginElement() {
    hasValue = true
    if pendingComma != nil {
      mended.insert(",", at: at)
      pendingComma = nil
    }
    if !open.isEmpty { open[open.count - 1].isEmpty = false }
  }

  /// After a value: what comes next.
  mutating func scalarEnded() -> State {
    isMuted = false
    isKeyFaulty = false
    return open.isEmpty ? .end : .afterValue
  }

  mutating func openContainer(_ kind: Container.Kind) -> State {
    beginElement()
    isMuted = false
    isKeyFaulty = false
    guard open.count < maxDepth else {
      let start = at
      tell(.tooDeep, start..<(start + 1), subject: .text(String(maxDepth)))
      isTruncated = !skipBalanced()
      mended.replace(start..<at, "null")
      return open.isEmpty ? .end : .afterValue
    }
    if kind == .tuple { mended.replace(at..<(at + 1), "[") }
    open.append(Container(kind: kind, start: at))
    at += 1
    member = (mended.mark, at)
    return kind == .object ? .key : .value
  }

  var inObject: Bool { open.last?.kind == .object }

  /// The characters that a fault is about, put into words only if it is kept.
  enum Subject {
    case none
    case text(String)
    case byte(UInt8)
    case bytes(Range<Int>)
    case token(Int)
    case invalid(UTF8Fault, Int)
  }

  /// Tells a fault unless it is the consequence of another one.
  mutating func report(
    _ rule: JSONRule, _ range: Range<Int>, _ variant: Fault.Variant = .plain, since: Int? = nil,
    subject: Subject = .none, remedy: String? = nil
  ) {
    if isMuted { return }
    tell(rule, range, variant, since: since, subject: subject, remedy: remedy)
  }

  /// Tells a fault.
  mutating func tell(
    _ rule: JSONRule, _ range: Range<Int>, _ variant: Fault.Variant = .plain, since: Int? = nil,
    subject: Subject = .none, remedy: String? = nil
  ) {
    let words = faults.keepsNext(rule) ? words(subject) : ""
    faults.add(rule, range, variant, since: since, subject: words, remedy: remedy)
  }

  private func words(_ subject: Subject) -> String {
    switch subject {
    case .none: ""
    case .text(let text): text
    case .byte(let byte): Characters.hex(byte)
    case .bytes(let range): name(range)
    case .token(let start): tokenName(start)
    case .invalid(let fault, let place): fault.subject(base + place)
    }
  }

  // MARK: - The end of the text

  /// Closes what is open.
  private mutating func finish(_ state: State, isTold: Bool) {
    let end = at
    if open.isEmpty, !hasValue { return reportNothing() }
    if !isTold, let container = open.last {
      tell(
        .truncated, count..<count, container.kind == .object ? .object : .array,
        since: container.start)
    }
    if inObject, state == .value || state == .afterKey {
      // A member whose value never began is left out.
      mended.takeBack(to: member.mark)
      mended.delete(member.start..<count)
    }
    let closers = open.reversed().map { $0.kind == .object ? UInt8(0x7D) : 0x5D }
    if end < count {
      mended.delete(end..<count)
      mended.replace(count..<count, closers)
    } else if !closers.isEmpty {
      mended.replace(count..<count, closers)
    }
    mended.finish(at: count, count: count)
  }

  /// There was something, but no value.
  private mutating func reportNothing() {
    let isBeside = faults.kept.allSatisfy {
      switch $0.rule {
      case .comment, .bom, .oddBlank, .terminalEscape, .xssiPrefix, .jsonp, .nul,
        .controlCharacter:
        true
      default: false
      }
    }
    if isBeside { tell(.empty, count..<count) }
  }
}
