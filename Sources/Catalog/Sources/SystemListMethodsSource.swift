import JSONRPC
public import LosslessJSON
public import Session

/// `system.listMethods` with `system.methodHelp` and `system.methodSignature`, as XML-RPC had them.
///
/// Names come first; help and signature of a method are asked for when somebody wants to know.
public struct SystemListMethodsSource: DiscoverySource {
  /// `system.listMethods`.
  public var method: String { "system.listMethods" }

  /// The source.
  public init() {}

  /// The names; nil unless the result is an array of strings.
  public func read(_ result: JSON) -> MethodCatalog? {
    let names = result.elements.compactMap(\.string)
    guard !names.isEmpty, names.count == result.count else { return nil }
    return MethodCatalog(source: name, methods: names.map { Method($0) })
  }

  /// Asks for help and signature; a server without them changes nothing.
  public func describe(_ method: Method, client: Client) async -> Method {
    var described = method
    let patience = Duration.seconds(3)
    let params: JSON = [JSON(method.name)]
    let help = try? await client.call(
      "system.methodHelp", params: params, options: .probe(timeout: patience))
    if let text = help?.response?.result?.string {
      described.doc = text
      described.summary = text.split(separator: "\n").first.map(String.init) ?? ""
    }
    let signature = try? await client.call(
      "system.methodSignature", params: params, options: .probe(timeout: patience))
    if let list = signature?.response?.result, list.kind == .array {
      described.signatures = list.elements.map { $0.elements.compactMap(\.string) }
        .filter { !$0.isEmpty }
    }
    return described.typedBySignature()
  }
}

extension Method {
  /// Params from the only signature there is, named by their place.
  fileprivate func typedBySignature() -> Method {
    guard signatures.count == 1, params == nil else { return self }
    var typed = self
    typed.structure = .byPosition
    typed.params = signatures[0].dropFirst().enumerated().map { place, type in
      MethodParam(name: "param\(place + 1)", schema: Self.schema(type), isRequired: true)
    }
    typed.result = MethodParam(name: "result", schema: Self.schema(signatures[0][0]))
    return typed
  }

  /// The types of XML-RPC in terms of JSON Schema.
  private static func schema(_ type: String) -> Schema {
    switch type {
    case "int", "i4", "i8": .type("integer")
    case "double", "number": .type("number")
    case "struct", "object": .type("object")
    case "string", "array", "boolean", "integer": .type(type)
    case "bool": .type("boolean")
    case "nil", "null": .type("null")
    default: .any
    }
  }
}
