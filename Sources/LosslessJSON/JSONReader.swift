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
  /// Zeros, never written and never freed; an array would be retained and released for each text.
  nonisolated(unsafe) private static let padding: UnsafeBufferPointer<UInt8> = {
    let zeros = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: paddingCount)
    zeros.initialize(repeating: 0)
    return UnsafeBufferPointer(zeros)
  }()

  /// Reads the first `count` bytes, which 64 zero bytes follow.
  static func read(
    padded: consuming [UInt8], count: Int, limits: JSONLimits
  ) throws(JSONReadError) -> JSONDocument {
    guard count <= limits.maxBytes else {
      throw JSONReadError(
        problem: .tooLarge(limit: limits.maxBytes),
        position: TextPosition(offset: limits.maxBytes, in: padded[..<count]))
    }
    var fault: JSONReadError?
    let tape = padded.withUnsafeBufferPointer { buffer in
      let reader = JSONReader(
        base: buffer.baseAddress.unsafelyUnwrapped, count: count, limits: limits)
      return count < smallCount ? reader.readSmall(&fault) : reader.readLarge(&fault)
    }
    guard let tape else { throw fault.unsafelyUnwrapped }
    return JSONDocument(padded: padded, count: count, tape: tape)
  }

  /// Texts of fewer bytes hardly have more nodes than there is room for on the stack.
  private static let smallCount = 512
  /// No more words, or they would not be on the stack.
  private static let stackWords = 128

  /// Reads a message, whose tape gets just the memory that it needs.
  private func readSmall(_ fault: inout JSONReadError?) -> Tape? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.stackWords) { room in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.stackWords) { levels in
        var tape = Tape(in: room)
        guard run(&tape, OpenLevels(levels), &fault) else { return nil }
        return tape.settled()
      }
    }
  }

  private func readLarge(_ fault: inout JSONReadError?) -> Tape? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.stackWords) { levels in
      var tape = Tape(forBytes: count)
      return run(&tape, OpenLevels(levels), &fault) ? tape : nil
    }
  }

  // MARK: - The pass

  /// Whether the text was read; else the tape is gone, and there is a fault.
  private func run(
    _ finished: inout Tape, _ openLevels: OpenLevels, _ found: inout JSONReadError?
  ) -> Bool {
    let base = base
    // Copies: what others have the address of is not kept in registers.
    var tape = finished
    var writer = TapeWriter(tape)
    var levels = openLevels
    var fault: JSONReadError?
    var at = ByteRun.blanksEnd(base, from: 0)
    // The container that values go into: its node, and its elements or members so far.
    var container = -1
    var members = 0
    var isObject = false
    var depth = 0

    reading: while true {
      // Room for a value or a container and its key, and for the key after it.
      if writer.isFull {
        guard writer.grow(&tape, at: at, of: count) else {
          fault = failure(.tooLarge(limit: Node.maxPayload), at: at)
          break reading
        }
      }
      // A value. The most frequent come first.
      let start = at
      let first = base[at]
      if first == 0x22 {
        var tag = Node.Tag.plainString
        let end = StringScan.end(base, from: at &+ 1, &tag)
        let length = end &- start &- 1
        guard Node.holds(length) else {
          fault = stringFault(start)
          break reading
        }
        writer.add(tag, length, start)
        at = end &+ 1
      } else if first &- 0x30 < 10 || first == 0x2D {
        var tag = Node.Tag.number
        at = NumberScan.end(base, from: at, &tag)
        guard Node.holds(at &- start) else {
          fault = numberFault(start)
          break reading
        }
        writer.add(tag, at &- start, start)
      } else if first | 0x20 == 0x7B {
        // A bracket or a brace.
        guard depth < limits.maxDepth else {
          fault = failure(.tooDeep(limit: limits.maxDepth), at: at)
          break reading
        }
        if depth == levels.capacity { levels = levels.grown() }
        levels.pointer[depth] = OpenLevels.word(container: container, members: members, isObject)
        depth &+= 1
        container = writer.count
        isObject = first == 0x7B
        members = 0
        writer.add(isObject ? .object : .array, 0, at)
        at = ByteRun.blanksEnd(base, from: at &+ 1)
        // The closing ones are two further on.
        if base[at] != first &+ 2 {
          members = 1
          if isObject {
            let key = readKey(at, &writer)
            guard key >= 0 else {
              fault = keyFault(at, opening: writer.offset(container), .keyOrEnd)
              break reading
            }
            at = key
          }
          continue reading
        }
      } else {
        let length = WordScan.length(base + at)
        guard length > 0 else {
          fault = valueFault(
            at, opening: writer.offset(container), isFirst: !isObject && members == 1)
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
          members &+= 1
          if isObject {
            let key = readKey(at, &writer)
            guard key >= 0 else {
              fault = keyFault(at, opening: writer.offset(container), .key)
              break reading
            }
            at = key
          }
          continue reading
        }
        guard byte == (isObject ? 0x7D : 0x5D) else {
          fault = unexpected(
            at, opening: writer.offset(container),
            expected: isObject ? .commaOrBrace : .commaOrBracket)
          break reading
        }
        if writer.isFull {
          guard writer.grow(&tape, at: at, of: count) else {
            fault = failure(.tooLarge(limit: Node.maxPayload), at: at)
            break reading
          }
        }
        writer.close(container, members: members, isObject: isObject, at: at)
        at &+= 1
        depth &-= 1
        let level = levels.pointer[depth]
        container = OpenLevels.container(level)
        members = OpenLevels.members(level)
        isObject = OpenLevels.isObject(level)
      }
      at = ByteRun.blanksEnd(base, from: at)
      if at < count { fault = failure(.trailingText(found: base[at]), at: at) }
      break
    }
    levels.deallocateGrown()
    if let fault {
      found = fault
      tape.deallocate()
      return false
    }
    tape.count = writer.count
    finished = tape
    return true
  }

  /// Reads a key and its colon; the index of what follows, or -1.
  @inline(__always)
  private func readKey(_ start: Int, _ writer: inout TapeWriter) -> Int {
    guard base[start] == 0x22 else { return -1 }
    var tag = Node.Tag.plainString
    let end = StringScan.end(base, from: start &+ 1, &tag)
    let length = end &- start &- 1
    guard Node.holds(length) else { return -1 }
    writer.add(tag, length, start)
    // Mostly the colon follows at once.
    if base[end &+ 1] == 0x3A { return ByteRun.blanksEnd(base, from: end &+ 2) }
    let colon = ByteRun.blanksEnd(base, from: end &+ 1)
    guard base[colon] == 0x3A else { return -1 }
    return ByteRun.blanksEnd(base, from: colon &+ 1)
  }
}

/// The containers around the one being read.
private struct OpenLevels {
  var pointer: UnsafeMutablePointer<UInt64>
  var capacity: Int
  private var isOwned = false

  init(_ buffer: UnsafeMutableBufferPointer<UInt64>) {
    pointer = buffer.baseAddress.unsafelyUnwrapped
    capacity = buffer.count
  }

  /// The same in twice the room.
  @inline(never)
  func grown() -> OpenLevels {
    var larger = self
    larger.capacity = capacity * 2
    larger.pointer = .allocate(capacity: larger.capacity)
    larger.pointer.update(from: pointer, count: capacity)
    larger.isOwned = true
    deallocateGrown()
    return larger
  }

  func deallocateGrown() { if isOwned { pointer.deallocate() } }

  /// `container + 1` and `members` have 28 bits each, as the tape has no more nodes.
  @inline(__always)
  static func word(container: Int, members: Int, _ isObject: Bool) -> UInt64 {
    UInt64(truncatingIfNeeded: container &+ 1) << 32 | UInt64(truncatingIfNeeded: members) << 1
      | (isObject ? 1 : 0)
  }

  @inline(__always)
  static func container(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word >> 32) &- 1 }
  @inline(__always)
  static func members(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word & 0xFFFF_FFFF) >> 1)
  }
  @inline(__always)
  static func isObject(_ word: UInt64) -> Bool { word & 1 != 0 }
}
