public import LosslessJSON

/// `JSONRPC.Introspect` of Kodi: methods, notifications and types in JSON Schema's third draft.
public struct KodiSource: DiscoverySource {
  /// `JSONRPC.Introspect`.
  public var method: String { "JSONRPC.Introspect" }
  /// Descriptions are asked for; they are left out otherwise.
  public var params: JSON? { ["getdescriptions": true, "getmetadata": true] }

  /// The source.
  public init() {}

  /// The methods, then the notifications that the server sends.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard let methods = result["methods"], methods.kind == .object, result["types"] != nil else {
      return nil
    }
    let title = [result["description"]?.string, result["version"].map { $0.string ?? $0.text }]
    return MethodCatalog(
      source: name, title: title.compactMap { $0 }.joined(separator: " "),
      methods: methods.members.map { Self.method($0.name, $0.value, root: result) })
  }

  private static func method(_ name: String, _ json: JSON, root: JSON) -> Method {
    var method = Method(name)
    method.setDoc(json["description"]?.string)
    method.params = json["params"].map { list in
      list.elements.compactMap { param in
        guard let name = param["name"]?.string else { return nil }
        let schema = Schema(param, root: root)
        return MethodParam(
          name: name, doc: schema.doc, schema: schema,
          isRequired: param["required"]?.bool ?? false)
      }
    }
    method.result = json["returns"].map { returns in
      let schema = returns.string.map { Schema.type($0) } ?? Schema(returns, root: root)
      return MethodParam(name: "result", doc: schema.doc, schema: schema)
    }
    return method
  }
}
