public import LosslessJSON

/// Reads OpenRPC documents (any 1.x), bare or wrapped in a JSON-RPC reply.
public enum OpenRPCReader {
  /// Why a document is none.
  public struct Fault: Error, Sendable, Equatable {
    /// One sentence.
    public var message: String
  }

  /// The methods of a document.
  public static func read(_ document: JSON, source: String) throws(Fault) -> MethodCatalog {
    let root = document["openrpc"] == nil ? document["result"] ?? document : document
    guard let methods = root["methods"], methods.kind == .array else {
      throw Fault(message: "this is no OpenRPC document: it has no list of methods")
    }
    if let version = root["openrpc"]?.string, !version.hasPrefix("1.") {
      throw Fault(message: "this OpenRPC document has version \(version); 1.x is known")
    }
    let info = root["info"]
    let title = [info?["title"]?.string, info?["version"]?.string].compactMap { $0 }
    return MethodCatalog(
      source: source, title: title.joined(separator: " "),
      methods: methods.elements.compactMap { method(resolve($0, root), root) })
  }

  /// Follows a reference to a component, such as a shared content descriptor.
  private static func resolve(_ json: JSON, _ root: JSON) -> JSON {
    Schema(json, root: root).resolved.json
  }

  private static func method(_ json: JSON, _ root: JSON) -> Method? {
    guard let name = json["name"]?.string else { return nil }
    var method = Method(name)
    method.summary = trimmed(json["summary"]?.string)
    method.doc = trimmed(json["description"]?.string)
    if method.summary.isEmpty {
      method.summary = String(method.doc.prefix { !$0.isNewline })
    }
    method.params = json["params"].map { $0.elements.map { param(resolve($0, root), root) } } ?? []
    switch json["paramStructure"]?.string {
    case "by-position": method.structure = .byPosition
    case "by-name": method.structure = .byName
    default: method.structure = .either
    }
    method.result = json["result"].map { param(resolve($0, root), root) }
    // OpenRPC: a method without a result is a notification.
    method.isNotification = method.result == nil
    method.isDeprecated = json["deprecated"]?.bool ?? false
    method.errors = json["errors"].map { $0.elements.map { error(resolve($0, root)) } } ?? []
    method.examples =
      json["examples"].map { $0.elements.map { example(resolve($0, root), root) } } ?? []
    return method
  }

  private static func trimmed(_ text: String?) -> String {
    text?.trimmingBlanks ?? ""
  }

  private static func param(_ json: JSON, _ root: JSON) -> MethodParam {
    let schema = Schema(json["schema"] ?? [:], root: root)
    let doc = trimmed(json["description"]?.string ?? json["summary"]?.string)
    return MethodParam(
      name: json["name"]?.string ?? "", doc: doc.isEmpty ? schema.doc : doc, schema: schema,
      isRequired: json["required"]?.bool ?? false,
      // An extension that rpcscope's own servers write; OpenRPC has no word for it.
      isVariadic: json["x-variadic"]?.bool ?? json["schema"]?["x-variadic"]?.bool ?? false)
  }

  private static func error(_ json: JSON) -> Method.KnownError {
    Method.KnownError(
      code: json["code"]?.text ?? "", message: json["message"]?.string ?? "")
  }

  private static func example(_ json: JSON, _ root: JSON) -> Method.Example {
    let params = json["params"].map { $0.elements.map { resolve($0, root) } } ?? []
    let result = json["result"].map { resolve($0, root) }
    return Method.Example(
      name: json["name"]?.string ?? "",
      params: params.compactMap { param in
        param["value"].map { (param["name"]?.string ?? "", $0) }
      },
      result: result?["value"])
  }
}
