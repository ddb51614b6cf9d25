import LosslessJSON

extension Schema {
  /// The type in a few words for a reader: `integer`, `"asc" | "desc"`, `[Pet]`, `{id, name?}`.
  public var typeText: String { typeText(depth: 0) }

  private func typeText(depth: Int) -> String {
    if let name = referenceName { return name }
    if let values = json["enum"] ?? json["enums"] { return Self.list(values.elements.map(\.text)) }
    if let constant = json["const"] { return constant.text }
    if depth < 3 {
      let choices = alternatives
      if !choices.isEmpty { return Self.list(choices.map { $0.typeText(depth: depth + 1) }) }
      if let all = json["allOf"] {
        let parts = all.elements.map { Schema($0, root: root).typeText(depth: depth + 1) }
        return parts.joined(separator: " & ")
      }
    }
    let names = types.map { name in
      switch name {
      case "array": arrayText(depth)
      case "object": objectText(depth)
      default: name
      }
    }
    return names.isEmpty ? "any" : Self.list(names)
  }

  private func arrayText(_ depth: Int) -> String {
    guard depth < 3, let items else { return "[any]" }
    return "[\(items.typeText(depth: depth + 1))]"
  }

  private func objectText(_ depth: Int) -> String {
    let properties = properties
    if properties.isEmpty || depth > 0 { return "object" }
    let names = properties.prefix(6).map { $0.isRequired ? $0.name : "\($0.name)?" }
    return "{" + names.joined(separator: ", ") + (properties.count > 6 ? ", …}" : "}")
  }

  private static func list(_ words: [String]) -> String {
    var seen: Set<String> = []
    let unique = words.filter { seen.insert($0).inserted }
    let shown = unique.prefix(8).joined(separator: " | ")
    return unique.count > 8 ? shown + " | …" : shown
  }
}
