/// A stack of words, which starts in room that somebody lends for as long as it lives.
struct WordStack {
  private(set) var count = 0
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private var isOwned: Bool

  init(lent room: UnsafeMutableBufferPointer<UInt64>) {
    words = room.baseAddress.unsafelyUnwrapped
    capacity = room.count
    isOwned = false
  }

  init(capacity: Int) {
    self.capacity = capacity
    words = .allocate(capacity: capacity)
    isOwned = true
  }

  func deallocate() { if isOwned { words.deallocate() } }

  @inline(__always)
  mutating func push(_ word: UInt64) {
    if count == capacity { self = grown() }
    words[count] = word
    count &+= 1
  }

  /// Takes the last word, of which there must be one.
  @inline(__always)
  mutating func pop() -> UInt64 {
    count &-= 1
    return words[count]
  }

  /// Forgets all from that place on.
  @inline(__always)
  mutating func truncate(to place: Int) { count = place }

  /// The words from that place on.
  @inline(__always)
  func words(from place: Int) -> UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: words + place, count: count &- place)
  }

  @inline(never)
  private func grown() -> WordStack {
    var larger = WordStack(capacity: capacity * 2)
    larger.words.update(from: words, count: count)
    larger.count = count
    deallocate()
    return larger
  }
}
