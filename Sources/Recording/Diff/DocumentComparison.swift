import LosslessJSON

/// The walk over two documents in step.
struct DocumentComparison {
  let options: JSONDiff.Options
  private(set) var changes: [JSONChange] = []
  /// Values looked at for alignment so far.
  var work = 0
  private(set) var isExhausted = false
  var oldPath: [JSONPath.Step] = []
  var newPath: [JSONPath.Step] = []
  var digests: ElementDigests

  /// Deeper than this, values are compared whole: the walk itself would need too much stack.
  static let deepest = 200

  init(_ options: JSONDiff.Options) {
    self.options = options
    digests = ElementDigests(options)
  }

  mutating func note(_ change: JSONChange) { changes.append(change) }

  /// Whether so many more values may be looked at.
  mutating func afford(_ count: Int) -> Bool {
    work += count
    if work > options.workLimit { isExhausted = true }
    return !isExhausted
  }

  mutating func exhaust() { isExhausted = true }

  func isIgnored(_ path: [JSONPath.Step]) -> Bool {
    !options.ignored.isEmpty && options.ignored.contains { $0.matches(path) }
  }

  mutating func compare(_ old: JSON, _ new: JSON) {
    // What is spelt alike is alike, and quick to compare.
    if old.range.count == new.range.count, old.bytes == new.bytes { return }
    if isIgnored(oldPath) { return }
    guard old.kind == new.kind, oldPath.count < Self.deepest else {
      if old.kind != new.kind || old != new { compareWhole(old, new) }
      return
    }
    switch old.kind {
    case .object: compareMembers(old, new)
    case .array: compareElements(old, new)
    default: compareScalars(old, new)
    }
  }

  private mutating func compareWhole(_ old: JSON, _ new: JSON) {
    if isVarying(old, new) { return }
    change(.changed, old, new)
  }

  private mutating func change(_ kind: JSONChange.Kind, _ old: JSON, _ new: JSON) {
    note(
      JSONChange(
        kind, oldPath: oldPath, newPath: newPath, old: old, new: new,
        container: Array(oldPath.dropLast())))
  }

  private mutating func compareScalars(_ old: JSON, _ new: JSON) {
    if old == new || isVarying(old, new) { return }
    guard old.kind == .number else { return change(.changed, old, new) }
    if DecimalValue(old.bytes) == DecimalValue(new.bytes) { return change(.respelled, old, new) }
    if !isTolerated(old, new) { change(.changed, old, new) }
  }

  private func isVarying(_ old: JSON, _ new: JSON) -> Bool {
    !options.varying.isEmpty
      && options.varying.contains { $0.pattern.matches(oldPath) && $0.kind.covers(old, new) }
  }

  private func isTolerated(_ old: JSON, _ new: JSON) -> Bool {
    let tolerance = options.tolerance
    guard !tolerance.isNone, let one = old.double, let two = new.double, one.isFinite,
      two.isFinite
    else { return false }
    let distance = abs(one - two)
    return distance <= tolerance.absolute
      || distance <= tolerance.relative * max(abs(one), abs(two))
  }

  // MARK: - Members

  private struct Names {
    /// The last member of each name, in the order of first appearance.
    var order: [String] = []
    var values: [String: JSON] = [:]
    /// What the last one of a name hides.
    var hidden: [String: [JSON]] = [:]

    init(_ object: JSON) {
      for member in object.members {
        let name = member.name
        if let earlier = values.updateValue(member.value, forKey: name) {
          hidden[name, default: []].append(earlier)
        } else {
          order.append(name)
        }
      }
    }
  }

  private mutating func compareMembers(_ old: JSON, _ new: JSON) {
    let before = Names(old)
    let after = Names(new)
    let container = oldPath
    for name in before.order {
      guard let value = before.values[name] else { continue }
      oldPath.append(.member(name))
      newPath.append(.member(name))
      if let other = after.values[name] {
        compareHidden(before.hidden[name] ?? [], after.hidden[name] ?? [])
        compare(value, other)
      } else if !isIgnored(oldPath) {
        note(JSONChange(.removed, oldPath: oldPath, old: value, container: container))
      }
      oldPath.removeLast()
      newPath.removeLast()
    }
    for name in after.order where before.values[name] == nil {
      guard let value = after.values[name] else { continue }
      if isIgnored(oldPath + [.member(name)]) { continue }
      note(
        JSONChange(
          .added, newPath: newPath + [.member(name)], new: value, container: container))
    }
  }

  private mutating func compareHidden(_ old: [JSON], _ new: [JSON]) {
    if old == new || isIgnored(oldPath) { return }
    change(.hidden, JSON.array(old), JSON.array(new))
  }

  // MARK: - Elements

  private mutating func compareElements(_ old: JSON, _ new: JSON) {
    let before = Array(old.elements)
    let after = Array(new.elements)
    var matches: [(old: Int, new: Int)]
    var ordersCount = true
    if let key = key() {
      matches = ElementMatching.byKey(before, after, key)
    } else if options.sets.contains(where: { $0.matches(oldPath) }) {
      matches = matchSets(before, after)
      ordersCount = false
    } else {
      matches = align(before, after)
    }
    matches.sort { $0.old < $1.old }
    let moved = ordersCount ? ElementMatching.outOfOrder(matches.map(\.new)) : []
    report(before, after, matches, moved: moved)
  }

  /// The path inside each element that tells which is which, if there is one for this array.
  private func key() -> [JSONPath.Step]? {
    for pattern in options.keys {
      guard let place = pattern.steps.lastIndex(of: .anyElement) else { continue }
      let rest = pattern.steps[(place + 1)...].map { step -> JSONPath.Step? in
        switch step {
        case .member(let name): .member(name)
        case .element(let place): .element(place)
        default: nil
        }
      }
      guard rest.allSatisfy({ $0 != nil }) else { continue }
      if PathPattern(steps: Array(pattern.steps[..<place])).matches(oldPath) {
        return rest.compactMap { $0 }
      }
    }
    return nil
  }

  private mutating func matchSets(_ old: [JSON], _ new: [JSON]) -> [(old: Int, new: Int)] {
    work += old.count + new.count
    // The same ones first: what the options let differ may be like several.
    var matches = ElementMatching.bySet(old.map(\.hashValue), new.map(\.hashValue))
    let isTaken = (old: Set(matches.map(\.old)), new: Set(matches.map(\.new)))
    let before = old.indices.filter { !isTaken.old.contains($0) }
    let after = new.indices.filter { !isTaken.new.contains($0) }
    let rest = ElementMatching.bySet(
      before.map { digests.digest(old[$0], oldPath).value },
      after.map { digests.digest(new[$0], oldPath).value })
    matches += rest.map { (before[$0.old], after[$0.new]) }
    return matches
  }

  private mutating func report(
    _ old: [JSON], _ new: [JSON], _ matches: [(old: Int, new: Int)], moved: Set<Int>
  ) {
    let container = oldPath
    var isTaken = [Bool](repeating: false, count: new.count)
    for match in matches { isTaken[match.new] = true }
    var next = 0
    var matchAt = 0
    for place in old.indices {
      let isMatch = matchAt < matches.count && matches[matchAt].old == place
      let until = isMatch ? matches[matchAt].new : next
      // What was added before this one.
      while next < until {
        if !isTaken[next] { add(new[next], next, container) }
        next += 1
      }
      oldPath.append(.element(place))
      if isMatch {
        let partner = matches[matchAt].new
        newPath.append(.element(partner))
        if moved.contains(matchAt), !isIgnored(oldPath) { change(.moved, old[place], new[partner]) }
        compare(old[place], new[partner])
        newPath.removeLast()
        matchAt += 1
      } else if !isIgnored(oldPath) {
        note(JSONChange(.removed, oldPath: oldPath, old: old[place], container: container))
      }
      oldPath.removeLast()
    }
    while next < new.count {
      if !isTaken[next] { add(new[next], next, container) }
      next += 1
    }
  }

  private mutating func add(_ value: JSON, _ place: Int, _ container: [JSONPath.Step]) {
    let path = newPath + [.element(place)]
    if isIgnored(oldPath + [.element(place)]) { return }
    note(JSONChange(.added, newPath: path, new: value, container: container))
  }
}

extension PathPattern {
  /// A pattern of those steps.
  init(steps: [Step]) {
    self.steps = steps
    text = ""
  }
}
