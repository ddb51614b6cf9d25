import LosslessJSON

extension DocumentComparison {
  /// Matches elements: equal ones in order, then equal ones that moved, then look-alikes.
  mutating func align(_ old: [JSON], _ new: [JSON]) -> [(old: Int, new: Int)] {
    if old.isEmpty || new.isEmpty { return [] }
    if old.count == 1, new.count == 1 { return [(0, 0)] }
    let before = old.map { digests.digest($0, oldPath).value }
    let after = new.map { digests.digest($0, oldPath).value }
    var alignment = ElementAlignment(before, after, allowance: options.workLimit - work)
    alignment.run()
    work = options.workLimit - alignment.allowance
    if alignment.isExhausted { exhaust() }
    var pairs = Pairs(old.count, new.count, alignment.matches)
    pairs.takeMoved(before, after)
    for gap in pairs.gaps(alignment.matches) { pair(gap, old, new, &pairs) }
    return pairs.matches
  }

  /// What is matched so far.
  struct Pairs {
    private(set) var matches: [(old: Int, new: Int)]
    private var isOldTaken: [Bool]
    private var isNewTaken: [Bool]

    init(_ oldCount: Int, _ newCount: Int, _ matches: [(old: Int, new: Int)]) {
      self.matches = matches
      isOldTaken = [Bool](repeating: false, count: oldCount)
      isNewTaken = [Bool](repeating: false, count: newCount)
      for match in matches { mark(match) }
    }

    mutating func add(_ match: (old: Int, new: Int)) {
      matches.append(match)
      mark(match)
    }

    private mutating func mark(_ match: (old: Int, new: Int)) {
      isOldTaken[match.old] = true
      isNewTaken[match.new] = true
    }

    /// Matches what is left and equal, wherever it is.
    mutating func takeMoved(_ old: [Int], _ new: [Int]) {
      var places: [Int: [Int]] = [:]
      for place in new.indices.reversed() where !isNewTaken[place] {
        places[new[place], default: []].append(place)
      }
      if places.isEmpty { return }
      for place in old.indices where !isOldTaken[place] {
        if let found = places[old[place]]?.popLast() { add((place, found)) }
      }
    }

    /// What is left on both sides between two neighbours that stayed in order.
    func gaps(_ fixed: [(old: Int, new: Int)]) -> [(old: [Int], new: [Int])] {
      var gaps: [(old: [Int], new: [Int])] = []
      var (low, newLow) = (0, 0)
      for end in fixed + [(isOldTaken.count, isNewTaken.count)] {
        if low < end.old || newLow < end.new {
          let old = (low..<max(low, end.old)).filter { !isOldTaken[$0] }
          let new = (newLow..<max(newLow, end.new)).filter { !isNewTaken[$0] }
          if !old.isEmpty, !new.isEmpty { gaps.append((old, new)) }
        }
        (low, newLow) = (end.old + 1, end.new + 1)
      }
      return gaps
    }
  }

  /// Matches what stands between the same neighbours.
  private mutating func pair(
    _ gap: (old: [Int], new: [Int]), _ old: [JSON], _ new: [JSON], _ pairs: inout Pairs
  ) {
    let area = gap.old.count * gap.new.count
    guard gap.old.count != gap.new.count, area <= 10_000, afford(area) else {
      for match in zip(gap.old, gap.new) { pairs.add((old: match.0, new: match.1)) }
      return
    }
    let table = gap.old.map { one in gap.new.map { likeness(old[one], new[$0]) } }
    for match in Self.best(table) { pairs.add((gap.old[match.old], gap.new[match.new])) }
  }

  /// How alike two elements are, from 0 to 1.
  private mutating func likeness(_ old: JSON, _ new: JSON) -> Double {
    guard old.kind == new.kind else { return 0 }
    switch old.kind {
    case .object:
      for name in ["id", "key", "name", "uuid"] {
        if let one = old[name], let two = new[name] { return one == two ? 1 : 0.1 }
      }
      let most = max(old.count, new.count)
      guard most > 0, afford(most) else { return 1 }
      let names = Set(new.members.map(\.name))
      let shared = old.members.prefix(50).filter { names.contains($0.name) }
      let equal = shared.filter { member in new[member.name].map { $0 == member.value } ?? false }
      return (Double(shared.count) * 0.4 + Double(equal.count) * 0.6) / Double(most)
    case .array:
      let equal = zip(old.elements, new.elements).prefix(20).filter { $0 == $1 }.count
      return Double(equal) / Double(max(1, min(20, max(old.count, new.count))))
    default: return 0
    }
  }

  /// The matches in order with the greatest likeness together; what is too unlike stays alone.
  private static func best(_ likeness: [[Double]]) -> [(old: Int, new: Int)] {
    let (n, m) = (likeness.count, likeness[0].count)
    var sums = [[Double]](repeating: [Double](repeating: 0, count: m + 1), count: n + 1)
    for i in stride(from: n - 1, through: 0, by: -1) {
      for j in stride(from: m - 1, through: 0, by: -1) {
        let pair = likeness[i][j] >= 0.3 ? likeness[i][j] + sums[i + 1][j + 1] : 0
        sums[i][j] = max(pair, sums[i + 1][j], sums[i][j + 1])
      }
    }
    var matches: [(old: Int, new: Int)] = []
    var (i, j) = (0, 0)
    while i < n, j < m {
      if likeness[i][j] >= 0.3, sums[i][j] == likeness[i][j] + sums[i + 1][j + 1] {
        matches.append((i, j))
        (i, j) = (i + 1, j + 1)
      } else if sums[i + 1][j] >= sums[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return matches
  }
}
