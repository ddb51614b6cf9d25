public import LosslessJSON

/// `help` of Core Lightning: a usage line a command.
public struct LightningHelpSource: DiscoverySource {
  /// `help`.
  public var method: String { "help" }
  /// What `.discover` calls it, as Bitcoin's method has the same name.
  public var name: String { "help (Lightning)" }

  /// The source.
  public init() {}

  /// The commands; nil unless each has a usage line.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard let list = result["help"], list.kind == .array else { return nil }
    let methods = list.elements.compactMap { json -> Method? in
      guard let usage = json["command"]?.string, var method = Self.method(usage) else { return nil }
      method.setDoc(json["verbose"]?.string ?? json["description"]?.string)
      if let summary = json["description"]?.string { method.summary = summary }
      return method
    }
    return methods.isEmpty ? nil : MethodCatalog(source: name, methods: methods)
  }

  /// A usage such as `pay bolt11 [amount_msat] order=asc|desc`: brackets mean optional, `a=x|y` lists
  /// the values.
  static func method(_ usage: String) -> Method? {
    let words = usage.split(whereSeparator: \.isWhitespace)
    guard let name = words.first else { return nil }
    var method = Method(String(name))
    method.params = words.dropFirst().compactMap { word in
      let isOptional = word.hasPrefix("[")
      let bare = word.filter { !"[]".contains($0) }
      let parts = bare.split(separator: "=", maxSplits: 1)
      guard let name = parts.first else { return nil }
      let values = parts.count > 1 ? parts[1].split(separator: "|") : []
      let schema: Schema =
        values.count > 1
        ? .oneOf(values.map(String.init)) : .any
      return MethodParam(name: String(name), schema: schema, isRequired: !isOptional)
    }
    return method
  }
}
