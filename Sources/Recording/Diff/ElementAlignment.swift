import LosslessJSON

/// Aligns two lists of digests: the longest common part in order, or nearly so.
struct ElementAlignment {
  typealias Match = ElementMatching.Match

  private let old: [Int]
  private let new: [Int]
  /// How many steps may still be taken.
  private(set) var allowance: Int
  private(set) var isExhausted = false
  private(set) var matches: [Match] = []

  /// More differences than this in one stretch are not searched for the best alignment.
  private static let mostDifferences = 1000

  init(_ old: [Int], _ new: [Int], allowance: Int) {
    self.old = old
    self.new = new
    self.allowance = allowance
  }

  mutating func run() {
    align(0..<old.count, 0..<new.count, mayAnchor: true)
    matches.sort { $0.old < $1.old }
  }

  private mutating func align(_ oldRange: Range<Int>, _ newRange: Range<Int>, mayAnchor: Bool) {
    var (low, high) = (oldRange.lowerBound, oldRange.upperBound)
    var (newLow, newHigh) = (newRange.lowerBound, newRange.upperBound)
    while low < high, newLow < newHigh, old[low] == new[newLow] {
      matches.append((low, newLow))
      low += 1
      newLow += 1
    }
    while low < high, newLow < newHigh, old[high - 1] == new[newHigh - 1] {
      high -= 1
      newHigh -= 1
      matches.append((high, newHigh))
    }
    if low == high || newLow == newHigh { return }
    if mayAnchor, high - low + newHigh - newLow > 200 {
      anchor(low..<high, newLow..<newHigh)
    } else {
      shortest(low..<high, newLow..<newHigh)
    }
  }

  /// Matches what is there just once on both sides, and aligns what is between.
  private mutating func anchor(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    var counts: [Int: (old: Int, new: Int, oldPlace: Int, newPlace: Int)] = [:]
    for place in oldRange {
      let known = counts[old[place]] ?? (0, 0, 0, 0)
      counts[old[place]] = (known.old + 1, known.new, place, known.newPlace)
    }
    for place in newRange {
      guard let known = counts[new[place]] else { continue }
      counts[new[place]] = (known.old, known.new + 1, known.oldPlace, place)
    }
    let unique = counts.values.filter { $0.old == 1 && $0.new == 1 }
      .sorted { $0.oldPlace < $1.oldPlace }
    let rising = ElementMatching.risingPlaces(unique.map(\.newPlace)).map { unique[$0] }
    var (low, newLow) = (oldRange.lowerBound, newRange.lowerBound)
    for found in rising {
      align(low..<found.oldPlace, newLow..<found.newPlace, mayAnchor: false)
      matches.append((found.oldPlace, found.newPlace))
      (low, newLow) = (found.oldPlace + 1, found.newPlace + 1)
    }
    align(low..<oldRange.upperBound, newLow..<newRange.upperBound, mayAnchor: false)
  }

  /// Finds the fewest removals and additions (Myers 1986), as long as they are not too many.
  private mutating func shortest(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    let (n, m) = (oldRange.count, newRange.count)
    let (base, newBase) = (oldRange.lowerBound, newRange.lowerBound)
    let most = min(n + m, Self.mostDifferences)
    var reach = [Int](repeating: 0, count: 2 * most + 3)
    var history: [[Int]] = []
    for distance in 0...most {
      allowance -= 2 * distance + 1
      if allowance < 0 { break }
      history.append(Array(reach[(most + 1 - distance)...(most + 1 + distance)]))
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        let middle = most + 1 + diagonal
        let isDown =
          diagonal == -distance || diagonal != distance && reach[middle - 1] < reach[middle + 1]
        var x = isDown ? reach[middle + 1] : reach[middle - 1] + 1
        var y = x - diagonal
        while x < n, y < m, x >= 0, y >= 0, old[base + x] == new[newBase + y] {
          x += 1
          y += 1
          allowance -= 1
        }
        reach[middle] = x
        if x >= n, y >= m {
          walkBack(history, n, m, base, newBase)
          return
        }
      }
    }
    // What is between is compared place by place.
    isExhausted = true
  }

  private mutating func walkBack(
    _ history: [[Int]], _ n: Int, _ m: Int, _ base: Int, _ newBase: Int
  ) {
    var (x, y) = (n, m)
    for distance in stride(from: history.count - 1, through: 0, by: -1) {
      let reach = history[distance]
      func at(_ diagonal: Int) -> Int {
        let place = diagonal + distance
        return reach.indices.contains(place) ? reach[place] : 0
      }
      let diagonal = x - y
      let isDown =
        diagonal == -distance || diagonal != distance && at(diagonal - 1) < at(diagonal + 1)
      let before = isDown ? diagonal + 1 : diagonal - 1
      let startX = distance == 0 ? 0 : at(before)
      let startY = distance == 0 ? 0 : startX - before
      while x > startX, y > startY, x > 0, y > 0, old[base + x - 1] == new[newBase + y - 1] {
        x -= 1
        y -= 1
        matches.append((base + x, newBase + y))
      }
      if distance == 0 { return }
      (x, y) = (startX, startY)
    }
  }
}
