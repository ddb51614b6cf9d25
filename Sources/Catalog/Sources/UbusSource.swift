public import LosslessJSON

/// `list` of OpenWrt's ubus: objects, their functions and the types of the arguments.
///
/// Functions are named `object.function`; they are called through `call [session, object, function,
/// arguments]`, which a call template has to do.
public struct UbusSource: DiscoverySource {
  /// `list`.
  public var method: String { "list" }
  /// Every object with its functions; without a pattern there are names only.
  public var params: JSON? { ["*"] }

  /// The source.
  public init() {}

  /// The functions of each object; nil if the result is no such tree.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard result.kind == .object else { return nil }
    var methods: [Method] = []
    for object in result.members {
      guard object.value.kind == .object else { return nil }
      for function in object.value.members {
        guard function.value.kind == .object else { return nil }
        var method = Method("\(object.name).\(function.name)")
        method.structure = .byName
        method.params = function.value.members.map {
          MethodParam(name: $0.name, schema: ServiceType.schema($0.value))
        }
        methods.append(method)
      }
    }
    return methods.isEmpty ? nil : MethodCatalog(source: name, title: "ubus", methods: methods)
  }
}
