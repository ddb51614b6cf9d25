/// Reads a text as one JSON value, strictly as RFC 8259 has it, in one pass without recursion.
///
/// The pass itself only finds out that something is wrong and where; `JSONReader+Faults.swift` then
/// says what. All that changes is kept in local variables, which stay in registers.
struct JSONReader {
  let base: UnsafePointer<UInt8>
  let count: Int
  let limits: JSONLimits

  /// The text followed by what `read` wants behind it; not copied where there is room.
  static func padded(_ text: consuming [UInt8]) -> [UInt8] {
    // Room for just that: growing as appending does would ask for twice the text.
    if text.capacity < text.count + paddingCount {
      text = LargeMemory.copy(text, room: paddingCount)
    }
    text.append(contentsOf: padding)
    return text
  }

  private static let paddingCount = 64
  /// Zeros; an array of them would be retained and released for each text.
  /// Guard: written here, before anybody has it, and never freed.
  nonisolated(unsafe) private static let padding: UnsafeBufferPointer<UInt8> = {
    let zeros = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: paddingCount)
    zeros.initialize(repeating: 0)
    return UnsafeBufferPointer(zeros)
  }()

  /// Reads the first `count` bytes, which 64 zero bytes follow. Somebody may look for what is odd on
  /// the way.
  static func read(
    padded: consuming [UInt8], count: Int, limits: JSONLimits,
    audit: UnsafeMutablePointer<ReadingAudit>? = nil
  ) throws(JSONReadError) -> JSONDocument {
    guard count <= limits.maxBytes else {
      throw JSONReadError(
        problem: .tooLarge(limit: limits.maxBytes),
        position: TextPosition(offset: limits.maxBytes, in: padded[..<count]))
    }
    var fault: JSONReadError?
    let tape = padded.withUnsafeBufferPointer { buffer -> Tape? in
      let base = buffer.baseAddress.unsafelyUnwrapped
      let reader = JSONReader(base: base, count: count, limits: limits)
      var stop = ReadingStop()
      let tape = reader.read(&stop, audit)
      if tape == nil { fault = reader.fault(stop) }
      return tape
    }
    guard let tape else { throw fault.unsafelyUnwrapped }
    return JSONDocument(padded: padded, count: count, tape: tape)
  }

  /// Texts of fewer bytes hardly have more nodes than there is room for on the stack.
  private static let smallCount = 512
  /// No more words, or they would not be on the stack.
  private static let stackWords = 128

  private func read(
    _ stop: inout ReadingStop, _ audit: UnsafeMutablePointer<ReadingAudit>?
  ) -> Tape? {
    var utf8 = UTF8Check(base, count: count)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.stackWords) { levels in
      if count >= Self.smallCount {
        var tape = Tape(forBytes: count)
        let end = runWhole(&tape, WordStack(lent: levels), &utf8, audit, &stop)
        if end < 0 { tape.deallocate() }
        return end < 0 ? nil : tape
      }
      // Of a message, whose tape gets just the memory that it needs.
      return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.stackWords) { room in
        var tape = Tape(in: room)
        let end = runWhole(&tape, WordStack(lent: levels), &utf8, audit, &stop)
        if end < 0 { tape.deallocate() }
        return end < 0 ? nil : tape.settled()
      }
    }
  }

  /// Reads the value that the text begins with, which another one may follow; the index behind it,
  /// or -1.
  func readFirst(_ tape: inout Tape, _ utf8: inout UTF8Check, _ stop: inout ReadingStop) -> Int {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.stackWords) { levels in
      run(&tape, WordStack(lent: levels), &utf8, nil, &stop, isWhole: false)
    }
  }

  // MARK: - The pass

  /// The pass as it is for each use, which is faster for not having to ask.
  @inline(never)
  private func runWhole(
    _ tape: inout Tape, _ levels: WordStack, _ utf8: inout UTF8Check,
    _ audit: UnsafeMutablePointer<ReadingAudit>?, _ stop: inout ReadingStop
  ) -> Int {
    if let audit { return run(&tape, levels, &utf8, audit, &stop, isWhole: true) }
    return run(&tape, levels, &utf8, nil, &stop, isWhole: true)
  }

  /// The index behind the value, or -1 and why.
  @inline(__always)
  private func run(
    _ finished: inout Tape, _ openLevels: WordStack, _ utf8: inout UTF8Check,
    _ audit: UnsafeMutablePointer<ReadingAudit>?, _ stopped: inout ReadingStop,
    isWhole: Bool
  ) -> Int {
    let base = base
    // Copies: what others have the address of is not kept in registers.
    var tape = finished
    var writer = TapeWriter(tape)
    var levels = openLevels
    var stop = ReadingStop.Reason.none
    var at = ByteRun.blanksEnd(base, from: 0)
    // The container that values go into.
    var container = -1
    var isObject = false

    reading: while true {
      // Room for a value or a container and its key, and for the key after it.
      if writer.isFull {
        guard writer.grow(&tape, at: at, of: isWhole ? count : at) else {
          stop = .tooManyNodes
          break reading
        }
      }
      // A value. The most frequent come first.
      let start = at
      let first = base[at]
      if first == 0x22 {
        var tag = Node.Tag.plainString
        let end = StringScan.end(base, from: at &+ 1, &tag, &utf8)
        let length = end &- start &- 1
        guard Node.holds(length) else {
          stop = .string
          break reading
        }
        writer.add(tag, length, start)
        if let audit, tag == .oddString { audit.pointee.look(base, writer.last) }
        at = end &+ 1
      } else if first &- 0x30 < 10 || first == 0x2D {
        var tag = Node.Tag.number
        at = NumberScan.end(base, from: at, &tag)
        guard Node.holds(at &- start) else {
          at = start
          stop = .number
          break reading
        }
        writer.add(tag, at &- start, start)
        if let audit, tag == .longNumber { audit.pointee.look(base, writer.last) }
      } else if first | 0x20 == 0x7B {
        // A bracket or a brace.
        guard levels.count < limits.maxDepth else {
          stop = .tooDeep
          break reading
        }
        levels.push(OpenLevel.word(container: container, isObject))
        container = writer.count
        isObject = first == 0x7B
        writer.add(isObject ? .object : .array, 0, at)
        if let audit, isObject { audit.pointee.open() }
        at = ByteRun.blanksEnd(base, from: at &+ 1)
        // The closing ones are two further on.
        if base[at] != first &+ 2 {
          if isObject {
            let key = readKey(at, &writer, &utf8, audit)
            guard key >= 0 else {
              stop = .firstKey
              break reading
            }
            at = key
          }
          continue reading
        }
      } else {
        let length = WordScan.length(base + at)
        guard length > 0 else {
          stop = !isObject && container == writer.count &- 1 ? .firstValue : .value
          break reading
        }
        writer.add(first == 0x6E ? .null : .bool, length, start)
        at &+= length
      }

      // What follows a value: the ends of containers, and then a comma.
      while container >= 0 {
        at = ByteRun.blanksEnd(base, from: at)
        let byte = base[at]
        if byte == 0x2C {
          at = ByteRun.blanksEnd(base, from: at &+ 1)
          if isObject {
            let key = readKey(at, &writer, &utf8, audit)
            guard key >= 0 else {
              stop = .key
              break reading
            }
            at = key
          }
          continue reading
        }
        guard byte == (isObject ? 0x7D : 0x5D) else {
          stop = isObject ? .commaOrBrace : .commaOrBracket
          break reading
        }
        writer.close(container)
        if let audit, isObject { audit.pointee.close(container) }
        at &+= 1
        let level = levels.pop()
        container = OpenLevel.container(level)
        isObject = OpenLevel.isObject(level)
      }
      if !isWhole {
        if at > limits.maxBytes { stop = .tooLarge }
        if base[at] > 0x20, WordScan.runsOn(base[at]) { stop = .trailing }
        break
      }
      at = ByteRun.blanksEnd(base, from: at)
      if at < count { stop = .trailing }
      break
    }
    levels.deallocate()
    tape.count = writer.count
    finished = tape
    if stop == .none { return at }
    stopped = ReadingStop(reason: stop, at: at, opening: writer.offset(container))
    return -1
  }

  /// Reads a key and its colon; the index of what follows, or -1.
  @inline(__always)
  private func readKey(
    _ start: Int, _ writer: inout TapeWriter, _ utf8: inout UTF8Check,
    _ audit: UnsafeMutablePointer<ReadingAudit>?
  ) -> Int {
    guard base[start] == 0x22 else { return -1 }
    var tag = Node.Tag.plainString
    let end = StringScan.end(base, from: start &+ 1, &tag, &utf8)
    let length = end &- start &- 1
    guard Node.holds(length) else { return -1 }
    if tag.hasEscapes {
      writer.add(.key, 0, start)
      writer.add(tag, length, start)
      if let audit, tag == .oddString { audit.pointee.look(base, writer.last) }
    }
    if let audit {
      audit.pointee.key(base, from: start, length: length, hasEscapes: tag.hasEscapes)
    }
    // Mostly the colon follows at once.
    if base[end &+ 1] == 0x3A { return ByteRun.blanksEnd(base, from: end &+ 2) }
    let colon = ByteRun.blanksEnd(base, from: end &+ 1)
    guard base[colon] == 0x3A else { return -1 }
    return ByteRun.blanksEnd(base, from: colon &+ 1)
  }
}

/// The containers around the one being read, as words of a stack.
private enum OpenLevel {
  @inline(__always)
  static func word(container: Int, _ isObject: Bool) -> UInt64 {
    UInt64(truncatingIfNeeded: container &+ 1) << 1 | (isObject ? 1 : 0)
  }

  @inline(__always)
  static func container(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word >> 1) &- 1 }
  @inline(__always)
  static func isObject(_ word: UInt64) -> Bool { word & 1 != 0 }
}
