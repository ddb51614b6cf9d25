import Catalog
import LosslessJSON
import Recording

/// Methods that were called, with the params and results that went to and fro: for servers that do
/// not tell what they offer.
struct LearnedMethods: Sendable {
  private struct Entry: Sendable {
    var calls = 0
    /// Names of params in the order in which they were first given.
    var order: [String] = []
    var named: [String: SchemaSketch] = [:]
    var counts: [String: Int] = [:]
    var positional: [SchemaSketch] = []
    /// The fewest params by position in a call.
    var fewest = Int.max
    var result = SchemaSketch()
    var hasResult = false
  }

  static let mostMethods = 2000
  private static let mostParams = 60
  /// Larger values are not looked into.
  private static let largestValue = 256 << 10

  private var entries: [String: Entry] = [:]
  /// The names in the order in which they were first called.
  private(set) var names: [String] = []

  /// Whether nothing was learned.
  var isEmpty: Bool { names.isEmpty }

  /// Whether a method of that name was called.
  func contains(_ name: String) -> Bool { entries[name] != nil }

  /// Takes a call that went well, or that was typed.
  mutating func take(_ method: String, params: JSON? = nil, result: JSON? = nil) {
    if entries[method] == nil {
      guard names.count < Self.mostMethods, method.utf8.count <= 300 else { return }
      names.append(method)
    }
    var entry = entries[method] ?? Entry()
    entry.calls += 1
    if let params, params.bytes.count <= Self.largestValue { Self.take(params, &entry) }
    if params == nil || params?.count == 0 { entry.fewest = 0 }
    if let result, result.bytes.count <= Self.largestValue {
      entry.result.take(result)
      entry.hasResult = true
    }
    entries[method] = entry
  }

  private static func take(_ params: JSON, _ entry: inout Entry) {
    switch params.kind {
    case .object:
      for member in params.members where entry.order.count < mostParams {
        let name = member.name
        if entry.named[name] == nil { entry.order.append(name) }
        entry.named[name, default: SchemaSketch()].take(member.value)
        entry.counts[name, default: 0] += 1
      }
    case .array:
      for (place, value) in params.elements.prefix(mostParams).enumerated() {
        if place == entry.positional.count { entry.positional.append(SchemaSketch()) }
        entry.positional[place].take(value)
      }
      entry.fewest = min(entry.fewest, params.count)
    default: break
    }
  }

  /// What was learned of a method.
  subscript(_ name: String) -> Method? {
    guard let entry = entries[name] else { return nil }
    var method = Method(name)
    method.basis = .learned
    if !entry.order.isEmpty {
      method.structure = entry.positional.isEmpty ? .byName : .either
      method.params = entry.order.map { name in
        MethodParam(
          name: name, schema: Schema(entry.named[name]?.schema ?? [:], root: [:]),
          isRequired: entry.counts[name] == entry.calls)
      }
    } else {
      method.structure = .byPosition
      method.params = entry.positional.enumerated().map { place, sketch in
        MethodParam(
          name: "param\(place + 1)", schema: Schema(sketch.schema, root: [:]),
          isRequired: place < entry.fewest)
      }
    }
    if entry.hasResult {
      method.result = MethodParam(name: "result", schema: Schema(entry.result.schema, root: [:]))
    }
    return method
  }

  /// All of them, in the order in which they were first called.
  var methods: [Method] { names.compactMap { self[$0] } }
}
