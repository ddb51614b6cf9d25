import LosslessJSON

/// Writes what a dispatcher offers as an OpenRPC document.
struct OpenRPCDocument {
  static let schema: JSON = [
    "$ref": "https://raw.githubusercontent.com/open-rpc/meta-schema/master/schema.json"
  ]

  let dispatcher: Dispatcher

  var json: JSON {
    var info: [(String, JSON)] = [
      ("title", JSON(dispatcher.title)), ("version", JSON(dispatcher.version)),
    ]
    if !dispatcher.doc.isEmpty { info.append(("description", JSON(dispatcher.doc))) }
    return [
      "openrpc": "1.3.2", "info": .object(info),
      "methods": .array(dispatcher.methods.map { method($0) }),
    ]
  }

  private func method(_ method: RPCMethod) -> JSON {
    var members: [(String, JSON)] = [("name", JSON(method.name))]
    func addText(_ name: String, _ text: String) {
      if !text.isEmpty { members.append((name, JSON(text))) }
    }
    addText("summary", method.summary)
    addText("description", method.doc)
    if !method.tags.isEmpty {
      members.append(("tags", .array(method.tags.map { ["name": JSON($0)] })))
    }
    if method.isDeprecated { members.append(("deprecated", true)) }
    members.append(("paramStructure", JSON(method.structure.rawValue)))
    members.append(("params", .array(method.params.map { param($0) })))
    members.append(
      ("result", descriptor(method.result.name, method.result.doc, method.result.schema)))
    if !method.errors.isEmpty {
      members.append(("errors", .array(method.errors.map { error($0) })))
    }
    if !method.examples.isEmpty {
      members.append(("examples", .array(method.examples.map { example($0, of: method) })))
    }
    return .object(members)
  }

  private func descriptor(
    _ name: String, _ doc: String, _ schema: JSON, _ more: [(String, JSON)] = []
  ) -> JSON {
    var members: [(String, JSON)] = [("name", JSON(name))]
    if !doc.isEmpty { members.append(("description", JSON(doc))) }
    return .object(members + more + [("schema", schema)])
  }

  private func param(_ info: ParamInfo) -> JSON {
    var more: [(String, JSON)] = [("required", JSON(info.presence == .required))]
    var schema = info.schema
    switch info.presence {
    case .required: break
    case .optional(let value):
      if let value, !value.isNull, schema.kind == .object {
        schema = .object(schema.members.map { ($0.name, $0.value) } + [("default", value)])
      }
    // OpenRPC has no word for it: each further positional value is one such value.
    case .rest: more.append(("x-variadic", true))
    }
    return descriptor(info.name, info.doc, schema, more)
  }

  private func error(_ info: RPCMethod.ErrorInfo) -> JSON {
    ["code": JSON(info.code), "message": JSON(info.message)]
  }

  /// OpenRPC names each value of an example; values of a rest are named by their place.
  private func example(_ example: RPCMethod.Example, of method: RPCMethod) -> JSON {
    var params: [JSON] = []
    if let given = example.params, given.kind == .object {
      params = given.members.map { ["name": $0.key, "value": $0.value] }
    } else if let given = example.params {
      params = given.elements.enumerated().map { place, value in
        let isNamed = place < method.params.count
        let name =
          isNamed ? method.params[place].name : "\(method.params.last?.name ?? "")[\(place)]"
        return ["name": JSON(name), "value": value]
      }
    }
    return [
      "name": JSON(example.name),
      "params": .array(params),
      "result": ["name": JSON(method.result.name), "value": example.result],
    ]
  }
}
