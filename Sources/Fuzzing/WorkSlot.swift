import Synchronization

/// What one thread is at, for others to see: the watchdog, and the handler of a crash.
final class WorkSlot: Sendable {
  /// The number of the input, or -1 between two.
  private let current = Atomic<Int>(-1)
  private let done = Atomic<Int>(0)
  private let length = Atomic<Int>(0)
  /// The place in `Check.all` of the check that runs.
  private let checkPlace = Atomic<Int>(0)
  /// The input.
  /// Guard: written by the thread alone; others read it only once that is stuck or crashed.
  nonisolated(unsafe) private let bytes: UnsafeMutablePointer<UInt8>

  init() { bytes = .allocate(capacity: Mutator.limit) }

  var index: Int { current.load(ordering: .acquiring) }
  var count: Int { done.load(ordering: .relaxed) }
  var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes, count: length.load(ordering: .acquiring))
  }
  var checkName: StaticString {
    let place = checkPlace.load(ordering: .relaxed)
    return Check.all.indices.contains(place) ? Check.all[place].name : "making the input"
  }

  func begin(index: Int, _ text: [UInt8]) {
    let count = min(text.count, Mutator.limit)
    text.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { bytes.update(from: start, count: count) }
    }
    length.store(count, ordering: .releasing)
    current.store(index, ordering: .releasing)
  }

  func enter(_ place: Int) { checkPlace.store(place, ordering: .relaxed) }

  func end() {
    current.store(-1, ordering: .releasing)
    done.add(1, ordering: .relaxed)
  }
}
