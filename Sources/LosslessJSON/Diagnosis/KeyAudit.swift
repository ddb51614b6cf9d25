/// Finds objects whose keys repeat.
///
/// Two keys of different signatures differ. An object whose keys all have different signatures is
/// done; any other is looked at again, exactly. Objects with the same keys in the same order as one
/// before are recognised as they are read, which is nearly all in practice.
struct KeyAudit {
  private static let memoSize = 24
  private static let memos = 16

  /// The keys of some objects seen, by the first of them; empty while there were only a few, as in a
  /// message.
  private var memo: [KeyShape] = []
  private var memoCounts: [Int] = []
  private var unknown = 0
  private var signatures: [UInt64] = []
  private var table: [UInt64] = []
  /// Random, so that nobody can choose keys that fall on one place; 0 while it is not needed.
  private var seed: UInt64 = 0

  /// Whether a key may stand twice among the members whose nodes begin at `first`.
  mutating func mayRepeat(
    _ base: UnsafePointer<UInt8>, _ tape: UnsafePointer<UInt64>, _ first: Int, end: Int
  ) -> Bool {
    let second = Self.after(tape, first + 1)
    if second >= end { return false }
    let head = Node(word: tape[first])
    let next = Node(word: tape[second])
    // Escapes may spell one key in two ways.
    guard head.tag == .plainString, next.tag == .plainString else { return true }
    if Self.after(tape, second + 1) >= end {
      return head.payload == next.payload
        && Self.signature(base, head) == Self.signature(base, next)
    }
    let slot = Int(truncatingIfNeeded: (Self.signature(base, head) &* 0xD6E8_FEB8_6659_FD93) >> 60)
    if isKnown(base, tape, first, end, slot) { return false }
    // In a message, comparing each with each is less.
    if !memo.isEmpty, KeyOrder.ascends(base, tape, first, end: end) { return false }
    return mayRepeatUnknown(base, tape, first, end, slot)
  }

  /// Whether the keys are those of an object that was seen and has none twice.
  private func isKnown(
    _ base: UnsafePointer<UInt8>, _ tape: UnsafePointer<UInt64>, _ first: Int, _ end: Int,
    _ slot: Int
  ) -> Bool {
    if memo.isEmpty { return false }
    let places = slot * Self.memoSize
    let known = memoCounts[slot]
    return memo.withUnsafeBufferPointer { memo in
      let keys = memo.baseAddress.unsafelyUnwrapped + places
      var index = first
      var matched = 0
      while index < end, matched < known {
        guard keys[matched].matches(base, Node(word: tape[index])) else { return false }
        matched &+= 1
        index = Self.after(tape, index &+ 1)
      }
      return index >= end
    }
  }

  /// The node after a member's value.
  @inline(__always)
  static func after(_ tape: UnsafePointer<UInt64>, _ value: Int) -> Int {
    let node = Node(word: tape[value])
    return node.isContainer ? node.payload &+ 1 : value &+ 1
  }

  private mutating func mayRepeatUnknown(
    _ base: UnsafePointer<UInt8>, _ tape: UnsafePointer<UInt64>, _ first: Int, _ end: Int,
    _ slot: Int
  ) -> Bool {
    let few = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.memoSize) {
      keys -> Bool? in
      var count = 0
      var index = first
      while index < end {
        let key = Node(word: tape[index])
        guard key.tag == .plainString else { return true }
        if count == Self.memoSize { return nil }
        let signature = Self.signature(base, key)
        for earlier in 0..<count where keys[earlier] == signature { return true }
        keys[count] = signature
        count += 1
        index = Self.after(tape, index + 1)
      }
      remember(base, tape, first, end, slot)
      return false
    }
    return few ?? manyMayRepeat(base, tape, first, end)
  }

  private mutating func remember(
    _ base: UnsafePointer<UInt8>, _ tape: UnsafePointer<UInt64>, _ first: Int, _ end: Int,
    _ slot: Int
  ) {
    unknown += 1
    // Of no use in a message.
    if unknown < 4 { return }
    if memo.isEmpty {
      memo = [KeyShape](repeating: KeyShape(), count: Self.memos * Self.memoSize)
      memoCounts = [Int](repeating: 0, count: Self.memos)
    }
    var count = 0
    var index = first
    while index < end {
      memo[slot * Self.memoSize + count] = KeyShape(base, Node(word: tape[index]))
      count += 1
      index = Self.after(tape, index + 1)
    }
    memoCounts[slot] = count
  }

  private mutating func manyMayRepeat(
    _ base: UnsafePointer<UInt8>, _ tape: UnsafePointer<UInt64>, _ first: Int, _ end: Int
  ) -> Bool {
    if memo.isEmpty, KeyOrder.ascends(base, tape, first, end: end) { return false }
    signatures.removeAll(keepingCapacity: true)
    var index = first
    while index < end {
      let key = Node(word: tape[index])
      guard key.tag == .plainString else { return true }
      signatures.append(Self.mixed(Self.signature(base, key)))
      index = Self.after(tape, index + 1)
    }
    return repeatsInTable()
  }

  /// Looks for equal signatures through a table; of very many at once, part by part, so that the
  /// table stays in the processor's cache.
  private mutating func repeatsInTable() -> Bool {
    if seed == 0 { seed = .random(in: .min ... .max) | 1 }
    let parts = signatures.count > 1 << 14 ? partition() : [0..<signatures.count]
    return parts.contains { repeats($0) }
  }

  /// Sorts the signatures by their highest bits, so that equal ones come to lie in one part.
  private mutating func partition() -> [Range<Int>] {
    var ends = [Int](repeating: 0, count: 256)
    let seed = seed
    func part(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* seed) >> 56) }
    for key in signatures { ends[part(key)] += 1 }
    var start = 0
    var parts: [Range<Int>] = []
    for index in ends.indices {
      parts.append(start..<(start + ends[index]))
      (start, ends[index]) = (start + ends[index], start)
    }
    let sorted = [UInt64](unsafeUninitializedCapacity: signatures.count) { places, count in
      for key in signatures {
        let part = part(key)
        places.initializeElement(at: ends[part], to: key)
        ends[part] += 1
      }
      count = signatures.count
    }
    signatures = sorted
    return parts
  }

  /// Puts signatures into a table with open addressing; a long search counts as a repetition.
  private mutating func repeats(_ range: Range<Int>) -> Bool {
    if range.count < 2 { return false }
    let bits = Int.bitWidth - (range.count * 2 - 1).leadingZeroBitCount
    let size = 1 << bits
    if table.count < size { table = [UInt64](repeating: 0, count: size) }
    let seed = seed
    return table.withUnsafeMutableBufferPointer { table in
      for place in 0..<size { table[place] = 0 }
      for key in signatures[range] {
        // Zero marks a free place.
        let key = key | 1
        // Not by the bits that the parts were made by.
        var place = Int(truncatingIfNeeded: (key &* seed) >> 8) & (size - 1)
        place = (place ^ Int(truncatingIfNeeded: (key &* seed) >> 32)) & (size - 1)
        var steps = 0
        while table[place] != 0 {
          steps += 1
          if table[place] == key || steps > 64 { return true }
          place = (place + 1) & (size - 1)
        }
        table[place] = key
      }
      return false
    }
  }

  /// A number that equal keys share and different ones hardly ever: from the length, the first and
  /// the last eight bytes.
  @inline(__always)
  private static func signature(_ base: UnsafePointer<UInt8>, _ key: Node) -> UInt64 {
    let length = key.payload
    let start = UnsafeRawPointer(base + (key.offset &+ 1))
    let head = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
    if length < 8 {
      return head & ~(UInt64.max &<< UInt64(length &* 8)) | UInt64(length) &<< 56
    }
    let tail = UInt64(littleEndian: (start + (length &- 8)).loadUnaligned(as: UInt64.self))
    return (head &* 0x9E37_79B9_7F4A_7C15) ^ (tail &* 0xD6E8_FEB8_6659_FD93) &+ UInt64(length)
  }

  /// The same number with all its bits mixed; different ones stay different.
  @inline(__always)
  private static func mixed(_ signature: UInt64) -> UInt64 {
    let one = (signature ^ signature >> 32) &* 0x9E37_79B9_7F4A_7C15
    return one ^ one >> 29
  }

  // MARK: - Exactly

  /// Tells every key that stood before in the same object.
  static func tellRepeated(
    _ document: JSONDocument, _ first: Int, end: Int, _ faults: inout FaultList
  ) {
    var seen: [KeyText: Int] = [:]
    var index = first
    while index < end {
      let key = document.node(index)
      let contents = document.contents(key)
      let text = KeyText(
        bytes: key.tag == .plainString ? Array(contents) : Unescape.utf8(contents))
      if let before = seen[text] {
        let range = key.offset..<(key.offset + key.payload + 2)
        faults.add(.duplicateKey, range, since: before, subject: name(document, range))
      } else {
        seen[text] = key.offset
      }
      index = document.after(index + 1)
    }
  }

  private static func name(_ document: JSONDocument, _ range: Range<Int>) -> String {
    document.padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return "" }
      return Characters.name(base + range.lowerBound + 1, range.count - 2)
    }
  }
}

/// What a signature is made of, so that comparing takes no arithmetic.
private struct KeyShape {
  /// The upper half of its node: what kind of string, and its length.
  private var kind: UInt32 = .max
  /// The bits of the first eight bytes that are not the key's.
  private var excess: UInt32 = 0
  private var head: UInt64 = 0
  private var tail: UInt64 = 0

  init() {}

  init(_ base: UnsafePointer<UInt8>, _ key: Node) {
    kind = UInt32(truncatingIfNeeded: key.word >> 32)
    // Of an empty key one foreign bit is compared, which may only make it unknown.
    excess = UInt32(min(63, 64 - 8 * min(key.payload, 8)))
    let start = UnsafeRawPointer(base + (key.offset + 1))
    head = Self.load(start)
    if excess == 0 { tail = Self.load(start + (key.payload - 8)) }
  }

  /// Whether a plain key has the same signature.
  @inline(__always)
  func matches(_ base: UnsafePointer<UInt8>, _ key: Node) -> Bool {
    guard UInt32(truncatingIfNeeded: key.word &>> 32) == kind else { return false }
    let start = UnsafeRawPointer(base + (key.offset &+ 1))
    guard (Self.load(start) ^ head) &<< UInt64(excess) == 0 else { return false }
    return excess > 0 || Self.load(start + (key.payload &- 8)) == tail
  }

  @inline(__always)
  private static func load(_ place: UnsafeRawPointer) -> UInt64 {
    UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
  }
}

/// Keys in ascending order, as many servers write them, cannot repeat.
enum KeyOrder {
  /// Whether the keys ascend, by their bytes or by length and then bytes, as numbers do.
  static func ascends(
    _ base: UnsafePointer<UInt8>, _ tape: UnsafePointer<UInt64>, _ first: Int, end: Int
  ) -> Bool {
    var (byBytes, byLength) = (true, true)
    var last = Node(word: tape[first])
    var index = KeyAudit.after(tape, first + 1)
    while index < end {
      let key = Node(word: tape[index])
      guard key.tag == .plainString else { return false }
      let isLess = precedes(base, last, key)
      byBytes = byBytes && isLess
      byLength =
        byLength
        && (last.payload < key.payload || last.payload == key.payload && isLess)
      if !byBytes && !byLength { return false }
      last = key
      index = KeyAudit.after(tape, index + 1)
    }
    return true
  }

  /// Whether one key's bytes come before another's.
  @inline(__always)
  private static func precedes(_ base: UnsafePointer<UInt8>, _ one: Node, _ other: Node) -> Bool {
    let (left, right) = (
      UnsafeRawPointer(base + one.offset + 1), UnsafeRawPointer(base + other.offset + 1)
    )
    let common = min(one.payload, other.payload)
    var at = 0
    while at < common {
      let (a, b) = (
        UInt64(bigEndian: (left + at).loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: (right + at).loadUnaligned(as: UInt64.self))
      )
      if a != b {
        // Bytes beyond the shorter one's end do not count.
        let same = (a ^ b).leadingZeroBitCount / 8
        return at + same < common ? a < b : one.payload < other.payload
      }
      at += 8
    }
    return one.payload < other.payload
  }
}

/// The decoded bytes of a key, hashed as a whole.
private struct KeyText: Hashable {
  var bytes: [UInt8]

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
