public import LosslessJSON

/// `__describe_functions` of ReflectRPC: functions with typed and documented params.
public struct ReflectRPCSource: DiscoverySource {
  /// `__describe_functions`.
  public var method: String { "__describe_functions" }

  /// An empty array; it wants the member even where there is nothing to say.
  public var params: JSON? { [] }

  /// The source.
  public init() {}

  /// The functions; nil unless each has a name.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard result.kind == .array else { return nil }
    let methods = result.elements.compactMap(Self.method)
    guard !methods.isEmpty, methods.count == result.count else { return nil }
    return MethodCatalog(source: name, methods: methods)
  }

  private static func method(_ json: JSON) -> Method? {
    guard let name = json["name"]?.string else { return nil }
    var method = Method(name)
    method.setDoc(json["description"]?.string)
    method.structure = .byPosition
    method.params = json["params"].map { $0.elements.map(ServiceType.param) }
    method.result = json["result_type"].map {
      MethodParam(
        name: "result", doc: json["result_desc"]?.string ?? "", schema: ServiceType.schema($0))
    }
    return method
  }
}
