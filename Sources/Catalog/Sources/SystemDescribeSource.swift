public import LosslessJSON

/// `system.describe` of the working draft of JSON-RPC 1.1: procedures with typed params.
public struct SystemDescribeSource: DiscoverySource {
  /// `system.describe`.
  public var method: String { "system.describe" }

  /// The source.
  public init() {}

  /// The procedures; nil unless there is a list of them.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard let procedures = result["procs"], procedures.kind == .array else { return nil }
    return MethodCatalog(
      source: name, title: result["name"]?.string ?? "",
      methods: procedures.elements.compactMap(Self.method))
  }

  private static func method(_ json: JSON) -> Method? {
    guard let name = json["name"]?.string else { return nil }
    var method = Method(name)
    method.setDoc(json["help"]?.string ?? json["summary"]?.string)
    if let summary = json["summary"]?.string { method.summary = summary }
    method.params = json["params"].map { list in
      list.elements.enumerated().map { place, json in
        var param = ServiceType.param(json)
        if param.name.isEmpty { param.name = "param\(place + 1)" }
        return param
      }
    }
    method.result = json["return"].map { returns in
      MethodParam(name: "result", schema: ServiceType.schema(returns["type"] ?? returns))
    }
    return method
  }
}
