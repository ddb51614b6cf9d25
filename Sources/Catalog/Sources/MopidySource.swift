public import LosslessJSON

/// `core.describe` of Mopidy: docs and the names of params, no types.
public struct MopidySource: DiscoverySource {
  /// `core.describe`.
  public var method: String { "core.describe" }

  /// The source.
  public init() {}

  /// The methods by name; nil unless each has a list of params.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard result.kind == .object, !result.isEmpty else { return nil }
    var methods: [Method] = []
    for member in result.members {
      guard let params = member.value["params"], params.kind == .array else { return nil }
      var method = Method(member.name)
      method.setDoc(member.value["description"]?.string)
      method.params = params.elements.compactMap(Self.param)
      methods.append(method)
    }
    return MethodCatalog(source: name, title: "Mopidy", methods: methods)
  }

  /// Mopidy 4 leaves a default of null out, so a param without one is not known to be required.
  private static func param(_ json: JSON) -> MethodParam? {
    guard let name = json["name"]?.string else { return nil }
    let schema = json["default"].map { Schema(["default": $0], root: [:]) } ?? .any
    return MethodParam(name: name, schema: schema, isVariadic: json["varargs"]?.bool ?? false)
  }
}
