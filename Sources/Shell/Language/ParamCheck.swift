import Catalog
import JSONRPC
import LosslessJSON

/// Compares params with what the catalog says of a method, before anything is sent.
///
/// Only what can't be right is told: a required param missing, one too many, a name that does not
/// exist, a value of a plainly different type. `! ` sends a call all the same.
enum ParamCheck {
  /// What is wrong, in words, or nil.
  static func fault(_ params: JSON?, method: Method) -> String? {
    guard let known = method.params else { return nil }
    switch params?.kind {
    case .array: return positionalFault(params.map { Array($0.elements) } ?? [], method, known)
    case .object:
      if known.isEmpty, params?.count ?? 0 > 0 { return "\(method.name) takes no params" }
      return namedFault(params ?? [:], known)
    default: return missing(known.filter(\.isRequired))
    }
  }

  private static func positionalFault(
    _ values: [JSON], _ method: Method, _ known: [MethodParam]
  ) -> String? {
    if values.count > known.count, known.last?.isVariadic != true {
      return known.isEmpty
        ? "\(method.name) takes no params"
        : "\(method.name) takes \(known.count) param\(known.count == 1 ? "" : "s"), not \(values.count)"
    }
    if let fault = missing(known.dropFirst(values.count).filter { $0.isRequired && !$0.isVariadic })
    {
      return fault
    }
    for (place, value) in values.enumerated() {
      if let param = method.param(at: place), let fault = typeFault(value, param) { return fault }
    }
    return nil
  }

  private static func namedFault(_ object: JSON, _ known: [MethodParam]) -> String? {
    for member in object.members {
      guard let param = known.first(where: { $0.name == member.name }) else {
        let near = Suggestion.nearest(to: member.name, among: known.map(\.name)).first
        let names = known.map(\.name).joined(separator: ", ")
        let hint = near.map { "did you mean '\($0)'?" } ?? "the params are \(names)"
        return "there is no param '\(member.name)'; \(hint)"
      }
      if let fault = typeFault(member.value, param) { return fault }
    }
    return missing(known.filter { $0.isRequired && object[$0.name] == nil })
  }

  private static func missing(_ params: [MethodParam]) -> String? {
    if params.isEmpty { return nil }
    let names = params.map { "\($0.name) (\($0.schema.typeText))" }.joined(separator: ", ")
    return "missing param\(params.count == 1 ? "" : "s"): \(names)"
  }

  private static func typeFault(_ value: JSON, _ param: MethodParam) -> String? {
    let types = param.schema.types
    if types.isEmpty || types.contains(where: { fits(value, $0) }) { return nil }
    return "param '\(param.name)' wants \(param.schema.typeText), not \(name(value))"
  }

  private static func fits(_ value: JSON, _ type: String) -> Bool {
    switch type {
    case "integer": value.kind == .number && (value.int != nil || isWhole(value))
    case "boolean": value.kind == .bool
    default:
      value.kind.rawValue == type
        || !["number", "string", "array", "object", "null"].contains(type)
    }
  }

  private static func isWhole(_ value: JSON) -> Bool {
    value.double.map { $0.rounded() == $0 } ?? false
  }

  private static func name(_ value: JSON) -> String {
    let text = value.text
    return text.utf8.count <= 40
      ? text : "\(value.kind.rawValue == "array" ? "an" : "a") \(value.kind.rawValue)"
  }
}
