import LosslessJSON

/// Hashes of values by which elements of two arrays are matched: equal where nothing that counts is
/// different, whatever the order of members and the spelling.
struct ElementDigests {
  /// The hash of a value.
  struct Digest: Hashable {
    /// Equal for the same data, as far as the options let them differ.
    var value: Int
    /// How many values it holds.
    var size: Int
  }

  private struct Key: Hashable {
    let document: ObjectIdentifier
    let offset: Int
  }

  private let options: JSONDiff.Options
  private let hasPaths: Bool
  private var known: [Key: Digest] = [:]

  init(_ options: JSONDiff.Options) {
    self.options = options
    hasPaths = !options.ignored.isEmpty || !options.varying.isEmpty || !options.sets.isEmpty
  }

  /// The digest of an element of the array at that path.
  mutating func digest(_ element: JSON, _ array: [JSONPath.Step]) -> Digest {
    // No single element is meant: a pattern for any element covers it.
    var path = hasPaths ? array + [.element(-1)] : []
    return digest(element, &path, depth: 0)
  }

  private mutating func digest(
    _ json: JSON, _ path: inout [JSONPath.Step], depth: Int
  ) -> Digest {
    switch json.kind {
    case .object, .array:
      let key = Key(document: ObjectIdentifier(json.document), offset: json.start)
      if let digest = known[key] { return digest }
      let digest =
        depth >= DocumentComparison.deepest
        ? Digest(value: json.hashValue, size: 1)
        : json.kind == .object ? members(json, &path, depth) : elements(json, &path, depth)
      known[key] = digest
      return digest
    default: return Digest(value: scalar(json, path), size: 1)
    }
  }

  private func scalar(_ json: JSON, _ path: [JSONPath.Step]) -> Int {
    if hasPaths, options.varying.contains(where: { $0.pattern.matches(path) }) {
      return json.kind.hashValue
    }
    guard json.kind == .number else { return json.hashValue }
    return options.tolerance.isNone ? DecimalValue(json.bytes).hashValue : json.kind.hashValue
  }

  private mutating func members(
    _ json: JSON, _ path: inout [JSONPath.Step], _ depth: Int
  ) -> Digest {
    var sum = 1
    var size = 1
    for member in json.members {
      if hasPaths {
        path.append(.member(member.name))
        if options.ignored.contains(where: { $0.matches(path) }) {
          path.removeLast()
          continue
        }
      }
      let digest = digest(member.value, &path, depth: depth + 1)
      if hasPaths { path.removeLast() }
      var hasher = Hasher()
      member.key.hash(into: &hasher)
      hasher.combine(digest.value)
      // A sum, since members may come in any order.
      sum &+= hasher.finalize()
      size += digest.size
    }
    return Digest(value: sum, size: size)
  }

  private mutating func elements(
    _ json: JSON, _ path: inout [JSONPath.Step], _ depth: Int
  ) -> Digest {
    let isSet = hasPaths && options.sets.contains { $0.matches(path) }
    var hasher = Hasher()
    var sum = 2
    var size = 1
    if hasPaths { path.append(.element(-1)) }
    for element in json.elements {
      if hasPaths, options.ignored.contains(where: { $0.matches(path) }) { continue }
      let digest = digest(element, &path, depth: depth + 1)
      hasher.combine(digest.value)
      sum &+= digest.value &* 31
      size += digest.size
    }
    if hasPaths { path.removeLast() }
    return Digest(value: isSet ? sum : hasher.finalize(), size: size)
  }
}
