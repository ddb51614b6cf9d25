/// Where the bytes of a mended text stand in the text it was made from.
///
/// A list of runs, each beginning where the one before ends. A run that is as long in both texts is
/// a copy, byte by byte; any other stands for its counterpart as a whole.
struct OffsetMap: Sendable {
  /// `mended:32 | original:32` of the beginning of each run.
  private var starts: [UInt64] = []
  private var end: (mended: Int, original: Int) = (0, 0)

  /// The number of runs.
  var count: Int { starts.count }

  /// Begins a run.
  mutating func begin(mended: Int, original: Int) {
    starts.append(UInt64(mended) << 32 | UInt64(original))
  }

  /// Begins a run of the original that has no counterpart; runs of such runs are one.
  mutating func skip(mended: Int, original: Int) {
    if let last = starts.last, Int(last >> 32) == mended { return }
    begin(mended: mended, original: original)
  }

  /// Takes back the last runs.
  mutating func removeLast(_ count: Int) { starts.removeLast(count) }

  /// Ends the last run.
  mutating func finish(mended: Int, original: Int) { end = (mended, original) }

  /// The bytes of the original that a range of the mended text stands for.
  func original(_ range: Range<Int>) -> Range<Int> {
    let lower = place(range.lowerBound, isUpper: false)
    guard !range.isEmpty else { return lower..<lower }
    return lower..<max(lower, place(range.upperBound, isUpper: true))
  }

  private func place(_ offset: Int, isUpper: Bool) -> Int {
    // An upper bound belongs to the byte before it.
    let run = lastRun(notAfter: isUpper ? offset - 1 : offset)
    guard run >= 0 else { return 0 }
    let start = pair(run)
    let next = run + 1 < starts.count ? pair(run + 1) : end
    if next.mended - start.mended == next.original - start.original {
      return min(start.original + offset - start.mended, next.original)
    }
    return isUpper ? next.original : start.original
  }

  private func pair(_ index: Int) -> (mended: Int, original: Int) {
    (Int(starts[index] >> 32), Int(starts[index] & 0xFFFF_FFFF))
  }

  /// The last run that begins at or before an offset of the mended text, or -1.
  private func lastRun(notAfter offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle] >> 32) <= offset { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
