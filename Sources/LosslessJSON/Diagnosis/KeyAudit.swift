/// Finds objects whose keys may repeat, from the keys of each as they come.
///
/// Two keys of different signatures differ. An object whose keys all have different signatures is
/// done; any other must be looked at again, exactly. Objects with the same keys in the same order as
/// one before are recognised, which is nearly all in practice.
struct KeyAudit: ~Copyable {
  private static let memoSize = 24
  private static let memos = 16

  /// The signatures of the keys of the objects that are open, and where those of each begin.
  private var signatures: WordStack
  private var starts: WordStack
  /// The signatures of some objects seen, by the first of them, each after their number; none while
  /// there were only a few objects, as in a message.
  private var memo: UnsafeMutablePointer<UInt64>?
  private var unknown = 0
  private var table = SignatureTable()

  /// Stands for a key with escapes, which may spell another one.
  private static let unclear = UInt64.max

  /// An audit that starts in room that is lent for as long as it lives.
  init(_ room: UnsafeMutableBufferPointer<UInt64>) {
    let half = room.count / 2
    signatures = WordStack(lent: UnsafeMutableBufferPointer(rebasing: room[..<half]))
    starts = WordStack(lent: UnsafeMutableBufferPointer(rebasing: room[half...]))
  }

  deinit {
    signatures.deallocate()
    starts.deallocate()
    memo?.deallocate()
  }

  /// An object begins.
  @inline(__always)
  mutating func open() { starts.push(UInt64(truncatingIfNeeded: signatures.count)) }

  /// The object that is open has that key.
  @inline(__always)
  mutating func add(_ base: UnsafePointer<UInt8>, _ key: Node) {
    add(base, from: key.offset, length: key.payload, hasEscapes: key.tag.hasEscapes)
  }

  /// The same of a key that begins with the quote at `offset`.
  @inline(__always)
  mutating func add(
    _ base: UnsafePointer<UInt8>, from offset: Int, length: Int, hasEscapes: Bool
  ) {
    signatures.push(hasEscapes ? Self.unclear : Self.signature(base + (offset &+ 1), length))
  }

  /// The object ends: whether a key may stand in it twice.
  @inline(__always)
  mutating func close() -> Bool {
    let start = Int(truncatingIfNeeded: starts.pop())
    let keys = signatures.words(from: start)
    signatures.truncate(to: start)
    return keys.count > 1 && !isKnown(keys) && mayRepeat(keys)
  }

  /// A number that equal keys share and different ones hardly ever: from the length, the first and
  /// the last eight bytes. Of fewer than eight, different ones never.
  @inline(__always)
  private static func signature(_ key: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let head = load(key)
    if length < 8 {
      return head & ~(UInt64.max &<< UInt64(length &* 8)) | UInt64(length) &<< 56
    }
    return (head &* 0x9E37_79B9_7F4A_7C15)
      ^ (load(key + (length &- 8)) &* 0xD6E8_FEB8_6659_FD93) &+ UInt64(length)
  }

  @inline(__always)
  private static func load(_ place: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
  }

  // MARK: - Objects seen

  private static func place(_ keys: UnsafeBufferPointer<UInt64>) -> Int {
    Int(truncatingIfNeeded: (keys[0] &* 0xD6E8_FEB8_6659_FD93) >> 60) &* (memoSize &+ 1)
  }

  /// Whether the keys are those of an object that was seen and has none twice.
  @inline(__always)
  private func isKnown(_ keys: UnsafeBufferPointer<UInt64>) -> Bool {
    guard let memo else { return false }
    let known = memo + Self.place(keys)
    guard known[0] == UInt64(truncatingIfNeeded: keys.count) else { return false }
    var place = 0
    while place < keys.count {
      if keys[place] != known[place &+ 1] { return false }
      place &+= 1
    }
    return true
  }

  private mutating func remember(_ keys: UnsafeBufferPointer<UInt64>) {
    unknown += 1
    // Of no use in a message.
    if unknown < 4 { return }
    let memo = memo ?? Self.emptyMemo()
    self.memo = memo
    let place = memo + Self.place(keys)
    place[0] = UInt64(keys.count)
    for (index, key) in keys.enumerated() { place[index + 1] = key }
  }

  private static func emptyMemo() -> UnsafeMutablePointer<UInt64> {
    let count = memos * (memoSize + 1)
    let memo = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    memo.initialize(repeating: 0, count: count)
    return memo
  }

  // MARK: - Others

  @inline(never)
  private mutating func mayRepeat(_ keys: UnsafeBufferPointer<UInt64>) -> Bool {
    if keys.count > Self.memoSize {
      return keys.contains(Self.unclear) || table.hasRepeated(keys)
    }
    for (place, key) in keys.enumerated() {
      if key == Self.unclear { return true }
      for earlier in 0..<place where keys[earlier] == key { return true }
    }
    remember(keys)
    return false
  }
}

/// Finds equal ones among many signatures.
private struct SignatureTable {
  private var table: [UInt64] = []
  /// Random, so that nobody can choose keys that fall on one place; 0 while it is not needed.
  private var seed: UInt64 = 0

  /// Whether one of them stands there twice, or it looks like it.
  ///
  /// Of very many it looks part by part, so that the table stays in the processor's cache.
  mutating func hasRepeated(_ keys: UnsafeBufferPointer<UInt64>) -> Bool {
    if seed == 0 { seed = .random(in: .min ... .max) | 1 }
    if keys.count <= 1 << 14 { return repeats(keys) }
    var ends: [Int] = []
    let sorted = partition(keys, &ends)
    return sorted.withUnsafeBufferPointer { sorted in
      var start = 0
      for end in ends {
        if repeats(UnsafeBufferPointer(rebasing: sorted[start..<end])) { return true }
        start = end
      }
      return false
    }
  }

  /// All bits mixed; different ones stay different.
  @inline(__always)
  private static func mixed(_ signature: UInt64) -> UInt64 {
    let one = (signature ^ signature >> 32) &* 0x9E37_79B9_7F4A_7C15
    return one ^ one >> 29
  }

  /// Sorts the signatures by their highest bits, so that equal ones come to lie in one part.
  private func partition(
    _ keys: UnsafeBufferPointer<UInt64>, _ ends: inout [Int]
  ) -> [UInt64] {
    var places = [Int](repeating: 0, count: 256)
    let seed = seed
    func part(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (Self.mixed(key) &* seed) >> 56) }
    for key in keys { places[part(key)] += 1 }
    var start = 0
    for index in places.indices { (start, places[index]) = (start + places[index], start) }
    let sorted = [UInt64](unsafeUninitializedCapacity: keys.count) { target, count in
      for key in keys {
        let part = part(key)
        target.initializeElement(at: places[part], to: key)
        places[part] += 1
      }
      count = keys.count
    }
    ends = places
    return sorted
  }

  /// Puts signatures into a table with open addressing; a long search counts as a repetition.
  private mutating func repeats(_ keys: UnsafeBufferPointer<UInt64>) -> Bool {
    if keys.count < 2 { return false }
    let bits = Int.bitWidth - (keys.count * 2 - 1).leadingZeroBitCount
    let size = 1 << bits
    if table.count < size { table = [UInt64](repeating: 0, count: size) }
    let seed = seed
    return table.withUnsafeMutableBufferPointer { table in
      for place in 0..<size { table[place] = 0 }
      for key in keys {
        // Zero marks a free place.
        let key = Self.mixed(key) | 1
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
}
