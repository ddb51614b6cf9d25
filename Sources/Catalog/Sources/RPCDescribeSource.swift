public import LosslessJSON

/// `rpc.describe` of Flask-JSONRPC: a service description with typed params.
public struct RPCDescribeSource: DiscoverySource {
  /// `rpc.describe`.
  public var method: String { "rpc.describe" }

  /// The source.
  public init() {}

  /// The methods, listed by name or as an array.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard let list = result["methods"] ?? result["procs"] else { return nil }
    let methods: [Method]
    switch list.kind {
    case .object: methods = list.members.map { Self.method($0.name, $0.value) }
    case .array:
      methods = list.elements.compactMap { json in
        json["name"]?.string.map { Self.method($0, json) }
      }
    default: return nil
    }
    guard !methods.isEmpty, methods.count == list.count else { return nil }
    return MethodCatalog(
      source: name, title: result["name"]?.string ?? "", methods: methods)
  }

  private static func method(_ name: String, _ json: JSON) -> Method {
    var method = Method(name)
    method.setDoc(json["description"]?.string ?? json["summary"]?.string)
    method.params = json["params"].map { $0.elements.map(ServiceType.param) }
    method.result = (json["returns"] ?? json["return"]).map { returns in
      MethodParam(name: "result", schema: ServiceType.schema(returns["type"] ?? returns))
    }
    method.isNotification = json["notification"]?.bool == true && method.result == nil
    method.isDeprecated = json["deprecated"]?.bool ?? false
    return method
  }
}
