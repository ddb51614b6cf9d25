/// A text written from another one: what is right is copied in long runs, what is wrong replaced.
///
/// Changes must come in the order of the text.
struct MendedText {
  private let base: UnsafePointer<UInt8>
  private(set) var bytes: [UInt8] = []
  private(set) var map = OffsetMap()
  /// How much of the original has been copied or replaced.
  private var done = 0
  /// Where the last `replaceMore` ended.
  private var lastReplaced = 0

  /// Nothing yet of the text at `base`, which must outlive this.
  init(_ base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    bytes.reserveCapacity(count + 128)
  }

  /// Copies the original up to there.
  private mutating func copy(to end: Int) {
    guard end > done else { return }
    map.begin(mended: bytes.count, original: done)
    bytes.append(contentsOf: UnsafeBufferPointer(start: base + done, count: end - done))
    done = end
  }

  /// Writes something instead of some bytes of the original.
  mutating func replace(_ range: Range<Int>, _ text: some Sequence<UInt8>) {
    copy(to: range.lowerBound)
    map.begin(mended: bytes.count, original: range.lowerBound)
    bytes.append(contentsOf: text)
    done = max(done, range.upperBound)
  }

  /// Writes something instead of some bytes of the original.
  mutating func replace(_ range: Range<Int>, _ text: StaticString) {
    replace(range, UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Writes something instead of some bytes of the original; what is replaced right before it is
  /// made one with it.
  mutating func replaceMore(_ range: Range<Int>, _ text: some Sequence<UInt8>) {
    if done < range.lowerBound || lastReplaced != done || done == 0 {
      replace(range, text)
    } else {
      bytes.append(contentsOf: text)
      done = max(done, range.upperBound)
    }
    lastReplaced = done
  }

  /// Writes something before a byte of the original.
  mutating func insert(_ text: StaticString, at place: Int) { replace(place..<place, text) }

  /// Leaves out some bytes of the original.
  mutating func delete(_ range: Range<Int>) {
    copy(to: range.lowerBound)
    map.skip(mended: bytes.count, original: range.lowerBound)
    done = max(done, range.upperBound)
  }

  /// How far something was written, so that what comes after it can be taken back.
  struct Mark {
    fileprivate var bytes = 0
    fileprivate var runs = 0
    fileprivate var done = 0
    fileprivate var lastReplaced = 0
  }

  /// What is written so far.
  var mark: Mark {
    Mark(bytes: bytes.count, runs: map.count, done: done, lastReplaced: lastReplaced)
  }

  /// Takes back what was written since.
  mutating func takeBack(to mark: Mark) {
    bytes.removeLast(bytes.count - mark.bytes)
    map.removeLast(map.count - mark.runs)
    (done, lastReplaced) = (mark.done, mark.lastReplaced)
  }

  /// Copies what is left before `end`, of a text of `count` bytes.
  mutating func finish(at end: Int, count: Int) {
    copy(to: end)
    map.finish(mended: bytes.count, original: count)
  }
}
