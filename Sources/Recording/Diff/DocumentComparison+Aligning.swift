import LosslessJSON

extension JSON {
  /// Equal for values that are spelt alike.
  fileprivate var spellingHash: Int {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

extension DocumentComparison {
  /// Matches elements: those spelt alike in order, then equal ones in order, then equal ones that
  /// moved, then look-alikes.
  mutating func align(_ old: [JSON], _ new: [JSON]) -> [(old: Int, new: Int)] {
    if old.isEmpty || new.isEmpty { return [] }
    if old.count == 1, new.count == 1 { return [(0, 0)] }
    var fixed = commonPart(
      old.indices, old.map(\.spellingHash), new.indices, new.map(\.spellingHash),
      mayExhaust: false)
    var pairs = Pairs(old.count, new.count, fixed)
    // What is not spelt alike may be equal all the same.
    var before: [Int: Int] = [:]
    var after: [Int: Int] = [:]
    for gap in pairs.gaps(fixed) {
      for place in gap.old { before[place] = digests.digest(old[place], oldPath).value }
      for place in gap.new { after[place] = digests.digest(new[place], oldPath).value }
      let equal = commonPart(
        gap.old, gap.old.map { before[$0] ?? 0 }, gap.new, gap.new.map { after[$0] ?? 0 },
        mayExhaust: true)
      for match in equal { pairs.add(match) }
      fixed += equal
    }
    fixed.sort { $0.old < $1.old }
    let left = pairs.left
    for place in left.old where before[place] == nil {
      before[place] = digests.digest(old[place], oldPath).value
    }
    for place in left.new where after[place] == nil {
      after[place] = digests.digest(new[place], oldPath).value
    }
    if pairs.takeMoved(before, after), areEqual(old, new) {
      return ElementMatching.byPlace(old.indices, new.indices)
    }
    for gap in pairs.gaps(fixed) { pair(gap, old, new, &pairs) }
    return pairs.matches
  }

  /// Whether the elements are equal place by place, which those spelt alike elsewhere may hide.
  private mutating func areEqual(_ old: [JSON], _ new: [JSON]) -> Bool {
    guard old.count == new.count else { return false }
    return zip(old, new).allSatisfy {
      digests.digest($0, oldPath).value == digests.digest($1, oldPath).value
    }
  }

  /// The longest common part of two lists of places by their digests, or nearly so.
  private mutating func commonPart(
    _ old: some RandomAccessCollection<Int>, _ before: [Int],
    _ new: some RandomAccessCollection<Int>, _ after: [Int], mayExhaust: Bool
  ) -> [(old: Int, new: Int)] {
    // What is on one side only can be in no common part.
    let (known, others) = (Set(before), Set(after))
    let kept = zip(old, before).filter { others.contains($0.1) }
    let keptNew = zip(new, after).filter { known.contains($0.1) }
    var alignment = ElementAlignment(
      kept.map(\.1), keptNew.map(\.1), allowance: max(0, options.workLimit - work))
    alignment.run()
    work = options.workLimit - alignment.allowance
    if alignment.isExhausted, mayExhaust { exhaust() }
    return alignment.matches.map { (kept[$0.old].0, keptNew[$0.new].0) }
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
    ///
    /// Tells whether there was any.
    mutating func takeMoved(_ old: [Int: Int], _ new: [Int: Int]) -> Bool {
      var places: [Int: [Int]] = [:]
      for place in left.new.reversed() {
        if let digest = new[place] { places[digest, default: []].append(place) }
      }
      if places.isEmpty { return false }
      let before = matches.count
      for place in left.old {
        if let digest = old[place], let found = places[digest]?.popLast() { add((place, found)) }
      }
      return matches.count > before
    }

    /// What is not matched.
    var left: (old: [Int], new: [Int]) {
      (
        isOldTaken.indices.filter { !isOldTaken[$0] }, isNewTaken.indices.filter { !isNewTaken[$0] }
      )
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
