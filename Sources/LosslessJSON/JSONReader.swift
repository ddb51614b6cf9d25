/// Reads a text as one JSON value, strictly as RFC 8259 has it, in one pass without recursion.
struct JSONReader {
  private let base: UnsafePointer<UInt8>
  let count: Int
  private let limits: JSONLimits
  private var at = 0
  private var tape: [UInt64] = []
  /// Tape indexes of the containers that are open.
  private var open: [Int] = []
  /// Elements or members so far of each open container.
  private var counts: [Int] = []

  /// Reads the first `count` bytes, which 64 zero bytes follow.
  static func read(padded: [UInt8], count: Int, limits: JSONLimits) throws(JSONReadError)
    -> JSONDocument
  {
    var outcome: Result<[UInt64], JSONReadError> = .success([])
    padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var reader = JSONReader(base: base, count: count, limits: limits)
      do throws(JSONReadError) {
        try reader.readDocument()
        outcome = .success(reader.tape)
      } catch {
        outcome = .failure(error)
      }
    }
    return JSONDocument(padded: padded, count: count, tape: try outcome.get())
  }

  private init(base: UnsafePointer<UInt8>, count: Int, limits: JSONLimits) {
    self.base = base
    self.count = count
    self.limits = limits
    // Dense text has a value every eight bytes; what of a large index is not used is never touched.
    tape.reserveCapacity(count / 8 + 16)
  }

  // MARK: - Structure

  private mutating func readDocument() throws(JSONReadError) {
    guard count <= limits.maxBytes else {
      throw failure(.tooLarge(limit: limits.maxBytes), at: limits.maxBytes)
    }
    skipBlanks()
    if at == count { throw failure(.empty, at: at) }
    var expected = JSONReadError.Expected.value
    while true {
      try readValueOrOpen(expected)
      // A value was read or a container opened: close what ends here and find what comes next.
      guard let next = try advance() else { break }
      expected = next
    }
    skipBlanks()
    if at < count { throw failure(.trailingText(found: base[at]), at: at) }
  }

  /// After a value or an opening bracket: moves to the next value. Nil when the root is complete.
  private mutating func advance() throws(JSONReadError) -> JSONReadError.Expected? {
    var fresh = justOpened
    justOpened = false
    while let container = open.last {
      let isObject = Node(word: tape[container]).tag == .object
      skipBlanks()
      let byte = base[at]
      if byte == (isObject ? 0x7D : 0x5D) {
        close(container, isObject: isObject)
        fresh = false
        continue
      }
      if !fresh {
        guard byte == 0x2C else {
          throw unexpected(isObject ? .commaOrBrace : .commaOrBracket)
        }
        at += 1
        skipBlanks()
      }
      counts[counts.count - 1] += 1
      if isObject {
        try readKey(fresh ? .keyOrEnd : .key)
        return .value
      }
      return fresh ? .valueOrEnd : .value
    }
    return nil
  }

  private var justOpened = false

  private mutating func readKey(_ expected: JSONReadError.Expected) throws(JSONReadError) {
    guard base[at] == 0x22 else { throw unexpected(expected) }
    try readString()
    skipBlanks()
    guard base[at] == 0x3A else { throw unexpected(.colon) }
    at += 1
    skipBlanks()
  }

  private mutating func close(_ container: Int, isObject: Bool) {
    let end = tape.count
    let start = Node(word: tape[container])
    tape[container] = Node(isObject ? .object : .array, payload: end, offset: start.offset).word
    push(isObject ? .objectEnd : .arrayEnd, payload: counts.removeLast(), offset: at)
    open.removeLast()
    at += 1
  }

  private mutating func readValueOrOpen(_ expected: JSONReadError.Expected) throws(JSONReadError) {
    switch base[at] {
    case 0x22: try readString()
    case 0x7B: try openContainer(.object)
    case 0x5B: try openContainer(.array)
    case 0x2D, 0x30...0x39: try readNumber()
    case 0x74: try readWord("true", tag: .bool)
    case 0x66: try readWord("false", tag: .bool)
    case 0x6E: try readWord("null", tag: .null)
    default: throw unexpected(expected)
    }
    if tape.count > Node.maxPayload { throw failure(.tooLarge(limit: Node.maxPayload), at: at) }
  }

  private mutating func openContainer(_ tag: Node.Tag) throws(JSONReadError) {
    guard open.count < limits.maxDepth else {
      throw failure(.tooDeep(limit: limits.maxDepth), at: at)
    }
    open.append(tape.count)
    counts.append(0)
    push(tag, payload: 0, offset: at)
    at += 1
    justOpened = true
  }

  @inline(__always)
  private mutating func push(_ tag: Node.Tag, payload: Int, offset: Int) {
    tape.append(Node(tag, payload: payload, offset: offset).word)
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while true {
      switch base[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  // MARK: - Scalars

  private mutating func readWord(_ word: StaticString, tag: Node.Tag) throws(JSONReadError) {
    let start = at
    let length = word.utf8CodeUnitCount
    for index in 0..<length where base[start + index] != word.utf8Start[index] {
      if start + index == count { throw unfinished(.literal, since: start) }
      throw badWord(at: start)
    }
    at = start + length
    if Self.isWordByte(base[at]) { throw badWord(at: start) }
    push(tag, payload: length, offset: start)
  }

  private func badWord(at start: Int) -> JSONReadError {
    var end = start
    while Self.isWordByte(base[end]), end - start < 40 { end += 1 }
    let word = String(
      decoding: UnsafeBufferPointer(start: base + start, count: end - start), as: UTF8.self)
    return failure(.badLiteral(word), at: start)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }

  private mutating func readNumber() throws(JSONReadError) {
    let start = at
    if base[at] == 0x2D { at += 1 }
    if base[at] == 0x30 {
      at += 1
      if Self.isDigit(base[at]) { throw failure(.badNumber(.leadingZero), at: start) }
    } else {
      try readDigits(.noDigits, since: start)
    }
    if base[at] == 0x2E {
      at += 1
      try readDigits(.noFraction, since: start)
    }
    if base[at] | 0x20 == 0x65 {
      at += 1
      if base[at] == 0x2B || base[at] == 0x2D { at += 1 }
      try readDigits(.noExponent, since: start)
    }
    guard at - start <= Node.maxPayload else {
      throw failure(.tooLarge(limit: Node.maxPayload), at: start)
    }
    push(.number, payload: at - start, offset: start)
  }

  private mutating func readDigits(
    _ fault: JSONReadError.NumberFault, since start: Int
  ) throws(JSONReadError) {
    guard Self.isDigit(base[at]) else {
      if at == count { throw unfinished(.number, since: start) }
      throw failure(.badNumber(fault), at: at)
    }
    while Self.isDigit(base[at]) { at += 1 }
  }

  @inline(__always)
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private mutating func readString() throws(JSONReadError) {
    let start = at
    at += 1
    var tag = Node.Tag.plainString
    scan: while true {
      at = StringScan.skipPlainASCII(base, from: at)
      let byte = base[at]
      switch byte {
      case 0x22: break scan
      case 0x5C:
        tag = .escapedString
        try readEscape(since: start)
      case 0x80...0xFF:
        let length = UTF8Scan.length(base + at)
        guard length > 0 else {
          throw at + UTF8Scan.announcedLength(byte) > count
            ? unfinished(.string, since: start) : failure(.invalidUTF8, at: at)
        }
        at += length
      default:
        if at >= count { throw unfinished(.string, since: start) }
        throw failure(.controlCharacter(byte), at: at)
      }
    }
    let length = at - start - 1
    guard length <= Node.maxPayload else {
      throw failure(.tooLarge(limit: Node.maxPayload), at: start)
    }
    push(tag, payload: length, offset: start)
    at += 1
  }

  private mutating func readEscape(since start: Int) throws(JSONReadError) {
    let escape = at
    switch base[at + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: at += 2
    case 0x75:
      for index in 2..<6 where !Self.isHexDigit(base[at + index]) {
        if at + index >= count { throw unfinished(.string, since: start) }
        throw failure(.badEscape, at: escape)
      }
      at += 6
    default:
      if at + 1 >= count { throw unfinished(.string, since: start) }
      throw failure(.badEscape, at: escape)
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 6
  }

  // MARK: - Errors

  private func unexpected(_ expected: JSONReadError.Expected) -> JSONReadError {
    if at >= count { return unfinished(.container, since: containerOffset) }
    if expected == .value || expected == .valueOrEnd, Self.isWordByte(base[at]) {
      return badWord(at: at)
    }
    return failure(.unexpected(found: base[at], expected: expected), at: at)
  }

  private var containerOffset: Int {
    open.last.map { Node(word: tape[$0]).offset } ?? 0
  }

  private func unfinished(_ what: JSONReadError.Unfinished, since start: Int) -> JSONReadError {
    var error = failure(.unexpectedEnd(what), at: count)
    error.openedAt = position(start)
    return error
  }

  private func failure(_ problem: JSONReadError.Problem, at offset: Int) -> JSONReadError {
    JSONReadError(problem: problem, position: position(offset))
  }

  private func position(_ offset: Int) -> TextPosition {
    let text = UnsafeBufferPointer(start: base, count: min(offset + 1, count))
    return TextPosition(offset: offset, in: ArraySlice(text))
  }
}
