public import LosslessJSON

/// Reads a Service Mapping Description (SMD 2.0), as servers give it for a GET.
public enum SMDReader {
  /// The services of a document; nil if it is none.
  public static func read(_ document: JSON, source: String) -> MethodCatalog? {
    guard document["SMDVersion"] != nil || document["envelope"] != nil,
      let services = document["services"], services.kind == .object
    else { return nil }
    return MethodCatalog(
      source: source, title: document["description"]?.string ?? "",
      methods: services.members.map { method($0.name, $0.value) })
  }

  private static func method(_ name: String, _ json: JSON) -> Method {
    var method = Method(json["name"]?.string ?? name)
    method.setDoc(json["description"]?.string)
    method.params = json["parameters"].map { list in
      list.elements.enumerated().map { place, json in
        MethodParam(
          name: json["name"]?.string ?? "param\(place + 1)",
          doc: json["description"]?.string ?? "", schema: Schema(json, root: json),
          isRequired: json["optional"]?.bool != true && json["default"] == nil)
      }
    }
    method.result = json["returns"].map {
      MethodParam(name: "result", schema: Schema($0, root: $0))
    }
    return method
  }
}
