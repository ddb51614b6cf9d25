import Catalog
import LosslessJSON

/// The results that were kept under a name; `_` is the last one.
struct Variables {
  private(set) var values: [String: JSON] = [:]

  /// The names in order.
  var names: [String] { values.keys.sorted() }

  subscript(_ name: String) -> JSON? { values[name] }

  mutating func set(_ name: String, _ value: JSON) { values[name] = value }

  /// The value that a reference means.
  func value(_ reference: Reference) throws(ArgumentBinder.BindError) -> JSON {
    guard let value = values[reference.name] else {
      let near = Suggestion.nearest(to: reference.name, among: names).first {
        // Of two names of one letter each, one is no slip of the other.
        reference.name.count > 1 || $0.lowercased() == reference.name.lowercased()
      }
      let quoted = "'$\(reference.name)' in single quotes is sent as text"
      throw .init(
        message: "there is no variable $\(reference.name)",
        hint: near.map { "did you mean $\($0)? \(quoted)" } ?? quoted)
    }
    do throws(JSONPath.Missing) {
      return try reference.path.select(in: value)
    } catch {
      throw .init(message: "$\(reference.name): \(error.sentence)")
    }
  }
}

extension JSONPath.Missing {
  /// What stood in the way, in words.
  var sentence: String {
    let place = reached.steps.isEmpty ? "the value" : "\(reached)"
    switch (step, kind) {
    case (.member(let name), .object):
      let near = Suggestion.nearest(to: name, among: names).first
      let list = names.prefix(8).joined(separator: ", ") + (count > 8 ? ", …" : "")
      let hint = near.map { "did you mean \($0)?" } ?? (names.isEmpty ? "" : "it has \(list)")
      return "\(place) has no member \(name)" + (hint.isEmpty ? "" : "; \(hint)")
    case (.element(let index), .array):
      return "\(place) has \(count) element\(count == 1 ? "" : "s"), none at \(index)"
    case (.member(let name), _):
      return "\(place) is \(Self.article(kind)), so it has no member \(name)"
    case (.element, _):
      return "\(place) is \(Self.article(kind)), so it has no elements"
    }
  }

  private static func article(_ kind: JSON.Kind) -> String {
    switch kind {
    case .array, .object: "an \(kind.rawValue)"
    case .null: "null"
    default: "a \(kind.rawValue)"
    }
  }
}
