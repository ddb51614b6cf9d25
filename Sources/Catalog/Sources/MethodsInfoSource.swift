public import LosslessJSON

/// Methods by name with their schemas: `system.getMethodsInfo` of Xen Orchestra and
/// `core.get_methods` of TrueNAS.
public struct MethodsInfoSource: DiscoverySource {
  /// The method that is asked.
  public let method: String

  /// Xen Orchestra: `params` is an object of schemas.
  public static let xenOrchestra = MethodsInfoSource(method: "system.getMethodsInfo")
  /// TrueNAS: `accepts` is a list of schemas, by position.
  public static let trueNAS = MethodsInfoSource(method: "core.get_methods")

  /// The methods; nil unless all are objects.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard result.kind == .object, !result.isEmpty else { return nil }
    let methods = result.members.map { member -> Method? in
      let isDescribed = ["description", "params", "accepts"].contains { member.value[$0] != nil }
      return isDescribed ? Self.method(member.name, member.value) : nil
    }
    guard methods.allSatisfy({ $0 != nil }) else { return nil }
    return MethodCatalog(source: name, methods: methods.compactMap { $0 })
  }

  private static func method(_ name: String, _ json: JSON) -> Method {
    var method = Method(name)
    method.setDoc(json["description"]?.string)
    if let params = json["params"], params.kind == .object {
      method.structure = .byName
      method.params = params.members.map { named($0.name, $0.value) }
    } else if let accepts = json["accepts"], accepts.kind == .array {
      method.structure = .byPosition
      method.params = accepts.elements.enumerated().map { place, schema in
        var param = named(
          schema["_name_"]?.string ?? schema["title"]?.string ?? "param\(place + 1)", schema)
        param.isRequired = schema["_required_"]?.bool ?? (schema["default"] == nil)
        return param
      }
    }
    let returns = json["returns"] ?? json["result"]
    let schema = returns?.kind == .array ? returns?[0] : returns
    if let schema, schema.kind == .object {
      method.result = MethodParam(name: "result", schema: Schema(schema, root: schema))
    }
    method.isDeprecated = json["deprecated"]?.bool ?? false
    return method
  }

  private static func named(_ name: String, _ schema: JSON) -> MethodParam {
    MethodParam(
      name: name, doc: schema["description"]?.string ?? "", schema: Schema(schema, root: schema),
      isRequired: schema["optional"]?.bool != true)
  }
}
