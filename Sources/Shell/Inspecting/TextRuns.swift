/// Where bytes that were taken out of a text stand in it: in one run, or in several where something
/// else stands between (a log's line, the size of a chunk).
struct TextRuns: Sendable {
  /// The runs, in the order of the text.
  private(set) var ranges: [Range<Int>]

  /// Bytes that stand together.
  init(_ range: Range<Int>) { ranges = [range] }

  /// Bytes in those runs, one at least; runs that touch are one.
  init(_ all: [Range<Int>]) {
    ranges = []
    for range in all {
      if let last = ranges.last, last.upperBound == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
  }

  /// From the first of the bytes to the last, with what stands between.
  var whole: Range<Int> {
    guard let first = ranges.first, let last = ranges.last else { return 0..<0 }
    return first.lowerBound..<last.upperBound
  }

  /// Where a part of the bytes stands.
  func original(_ range: Range<Int>) -> Range<Int> {
    let lower = place(range.lowerBound)
    // An upper bound belongs to the byte before it.
    return lower..<(range.isEmpty ? lower : max(lower, place(range.upperBound - 1) + 1))
  }

  /// Where one of the bytes stands, or what follows the last.
  func place(_ offset: Int) -> Int {
    var left = offset
    for range in ranges {
      if left < range.count { return range.lowerBound + left }
      left -= range.count
    }
    return whole.upperBound + max(0, left)
  }
}
