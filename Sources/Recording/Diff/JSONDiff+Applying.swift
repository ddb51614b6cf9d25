public import LosslessJSON

extension JSONDiff {
  /// Makes the new document out of the old one.
  ///
  /// The data are the same as in the new document, numbers spelt alike. Members stand in the order of
  /// the old one, hidden ones are left out, and arrays compared as sets keep their old order.
  public func apply(to old: JSON) -> JSON {
    JSONPatching(changes).patched(old, [])
  }
}

/// Puts changes into a document.
private struct JSONPatching {
  private var replaced: [String: JSON] = [:]
  private var removed: Set<String> = []
  /// Where elements moved to, by their old path.
  private var moved: [String: Int] = [:]
  private var added: [String: [(step: JSONPath.Step, value: JSON)]] = [:]
  /// Every path that holds a change at any depth.
  private var touched: Set<String> = []

  init(_ changes: [JSONChange]) {
    for change in changes {
      let container = Self.key(change.container)
      touch(change.container)
      let path = change.oldPath.map { Self.key($0.steps) } ?? ""
      switch change.kind {
      case .added:
        if let step = change.newPath?.steps.last, let value = change.new {
          added[container, default: []].append((step, value))
        }
      case .removed: removed.insert(path)
      case .changed, .respelled: replaced[path] = change.new
      case .moved:
        if case .element(let place)? = change.newPath?.steps.last { moved[path] = place }
      case .hidden: break
      }
    }
  }

  private mutating func touch(_ path: [JSONPath.Step]) {
    for count in stride(from: path.count, through: 0, by: -1) {
      if !touched.insert(Self.key(path.prefix(count))).inserted { return }
    }
  }

  private static func key(_ path: some Sequence<JSONPath.Step>) -> String {
    JSONPath(Array(path)).description
  }

  func patched(_ value: JSON, _ path: [JSONPath.Step]) -> JSON {
    let key = Self.key(path)
    if let new = replaced[key] { return new }
    guard touched.contains(key) else { return value }
    switch value.kind {
    case .object: return object(value, path, added[key] ?? [])
    case .array: return array(value, path, added[key] ?? [])
    default: return value
    }
  }

  private func object(
    _ value: JSON, _ path: [JSONPath.Step], _ added: [(step: JSONPath.Step, value: JSON)]
  ) -> JSON {
    var members: [(String, JSON)] = []
    var places: [String: Int] = [:]
    for member in value.members {
      let name = member.name
      let inner = path + [.member(name)]
      if removed.contains(Self.key(inner)) { continue }
      let new = patched(member.value, inner)
      if let place = places[name] {
        members[place].1 = new
      } else {
        places[name] = members.count
        members.append((name, new))
      }
    }
    for (step, value) in added {
      if case .member(let name) = step { members.append((name, value)) }
    }
    return .object(members)
  }

  private func array(
    _ value: JSON, _ path: [JSONPath.Step], _ added: [(step: JSONPath.Step, value: JSON)]
  ) -> JSON {
    var fixed: [Int: JSON] = [:]
    var rest: [JSON] = []
    for (place, element) in value.elements.enumerated() {
      let inner = path + [.element(place)]
      let key = Self.key(inner)
      if removed.contains(key) { continue }
      let new = patched(element, inner)
      if let target = moved[key] { fixed[target] = new } else { rest.append(new) }
    }
    for (step, value) in added {
      if case .element(let place) = step { fixed[place] = value }
    }
    var elements: [JSON] = []
    var next = rest.makeIterator()
    for place in 0..<(rest.count + fixed.count) {
      if let value = fixed[place] ?? next.next() { elements.append(value) }
    }
    return .array(elements)
  }
}
