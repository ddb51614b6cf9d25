public import LosslessJSON

/// A catalog as text, to be read again in a later run.
///
/// Everything that completion, help and checks go by is in it; schemas stand as the server wrote them,
/// each document that references point into once.
public enum CatalogDocument {
  /// The version of the form; a text in another is not read.
  public static let version = 1

  // MARK: - Writing

  /// The text of a catalog; nil if it would be larger than the limit.
  public static func write(_ catalog: MethodCatalog, limit: Int = 16 << 20) -> [UInt8]? {
    var writer = Writer()
    for method in catalog.methods {
      writer.add(method)
      if writer.size > limit { return nil }
    }
    let text = writer.finish(catalog)
    return text.count > limit ? nil : text
  }

  private struct Writer {
    private var methods: [JSON] = []
    /// Documents that references point into, told apart by where they are.
    private var roots: [JSON] = []
    private var places: [RootID: Int] = [:]
    private(set) var size = 0

    private struct RootID: Hashable {
      let document: ObjectIdentifier
      let start: Int
    }

    mutating func add(_ method: Method) {
      var members: [(String, JSON)] = [("name", JSON(method.name))]
      func text(_ name: String, _ value: String) {
        if !value.isEmpty { members.append((name, JSON(value))) }
      }
      func flag(_ name: String, _ value: Bool) { if value { members.append((name, true)) } }
      text("summary", method.summary)
      text("doc", method.doc == method.summary ? "" : method.doc)
      if let params = method.params { members.append(("params", .array(params.map { param($0) }))) }
      switch method.structure {
      case .byPosition: text("structure", "position")
      case .byName: text("structure", "name")
      case .either: break
      }
      if let result = method.result { members.append(("result", param(result))) }
      flag("notification", method.isNotification)
      flag("deprecated", method.isDeprecated)
      if method.basis == .knownByHeart { text("basis", "known") }
      if let wrapping = method.wrapping {
        members.append(("in", JSON(wrapping.method)))
        if let name = wrapping.name { members.append(("as", JSON(name))) }
        if let uri = wrapping.uri { members.append(("uri", JSON(uri.text))) }
      }
      text("nature", method.nature)
      if let reference = method.reference { members.append(("reference", reference)) }
      if !method.errors.isEmpty {
        let errors = method.errors.map { JSON.array([JSON($0.code), JSON($0.message)]) }
        members.append(("errors", .array(errors)))
      }
      if !method.examples.isEmpty {
        members.append(("examples", .array(method.examples.map(example))))
      }
      if !method.signatures.isEmpty {
        let signatures = method.signatures.map { JSON.array($0.map { JSON($0) }) }
        members.append(("signatures", .array(signatures)))
      }
      let json = JSON.object(members)
      size += json.bytes.count
      methods.append(json)
    }

    private mutating func param(_ param: MethodParam) -> JSON {
      var members: [(String, JSON)] = [("name", JSON(param.name))]
      if !param.doc.isEmpty, param.doc != param.schema.doc {
        members.append(("doc", JSON(param.doc)))
      }
      if !param.schema.json.isEmpty { members.append(("schema", param.schema.json)) }
      if let root = root(of: param.schema) { members.append(("root", JSON(root))) }
      if param.isRequired { members.append(("required", true)) }
      if param.isVariadic { members.append(("variadic", true)) }
      return .object(members)
    }

    /// The number of the document that a schema's references point into.
    private mutating func root(of schema: Schema) -> Int? {
      guard schema.root.count > 0, Self.hasReference(schema.json) else { return nil }
      let id = RootID(
        document: ObjectIdentifier(schema.root.document), start: schema.root.start)
      if let place = places[id] { return place }
      places[id] = roots.count
      size += schema.root.bytes.count
      roots.append(schema.root)
      return roots.count - 1
    }

    private static let reference = Array("\"$ref\"".utf8)

    private static func hasReference(_ json: JSON) -> Bool {
      json.bytes.firstRange(of: reference) != nil
    }

    private func example(_ example: Method.Example) -> JSON {
      let params = example.params.map { JSON.array([JSON($0.name), $0.value]) }
      var members: [(String, JSON)] = [("name", JSON(example.name)), ("params", .array(params))]
      if let result = example.result { members.append(("result", result)) }
      return .object(members)
    }

    func finish(_ catalog: MethodCatalog) -> [UInt8] {
      let json: JSON = [
        "version": JSON(CatalogDocument.version), "source": JSON(catalog.source),
        "title": JSON(catalog.title), "roots": .array(roots), "methods": .array(methods),
      ]
      return Array(json.bytes)
    }
  }

  // MARK: - Reading

  /// The catalog of a text; nil if it is none, or of another version.
  public static func read(_ json: JSON) -> MethodCatalog? {
    guard json["version"]?.int == version, let methods = json["methods"], methods.kind == .array,
      let source = json["source"]?.string
    else { return nil }
    let roots = json["roots"].map { Array($0.elements) } ?? []
    return MethodCatalog(
      source: source, title: json["title"]?.string ?? "",
      methods: methods.elements.compactMap { method($0, roots) })
  }

  private static func method(_ json: JSON, _ roots: [JSON]) -> Method? {
    guard let name = json["name"]?.string else { return nil }
    var method = Method(name)
    for member in json.members {
      let value = member.value
      switch member.name {
      case "summary": method.summary = value.string ?? ""
      case "doc": method.doc = value.string ?? ""
      case "params": method.params = value.elements.map { param($0, roots) }
      case "structure": method.structure = value.isString("position") ? .byPosition : .byName
      case "result": method.result = param(value, roots)
      case "notification": method.isNotification = true
      case "deprecated": method.isDeprecated = true
      case "basis": method.basis = .knownByHeart
      case "in":
        method.wrapping = value.string.map {
          Method.Wrapping(
            method: $0, name: json["as"]?.string, uri: json["uri"]?.string.map { URITemplate($0) })
        }
      case "nature": method.nature = value.string ?? ""
      case "reference": method.reference = value
      case "errors":
        method.errors = value.elements.map {
          Method.KnownError(code: $0[0]?.string ?? "", message: $0[1]?.string ?? "")
        }
      case "examples": method.examples = value.elements.map(example)
      case "signatures":
        method.signatures = value.elements.map { $0.elements.compactMap(\.string) }
      default: break
      }
    }
    if json["doc"] == nil { method.doc = method.summary }
    return method
  }

  private static func param(_ json: JSON, _ roots: [JSON]) -> MethodParam {
    let root = json["root"]?.int.flatMap { roots.indices.contains($0) ? roots[$0] : nil }
    let schema = json["schema"] ?? [:]
    let read = Schema(schema, root: root ?? schema)
    return MethodParam(
      name: json["name"]?.string ?? "", doc: json["doc"]?.string ?? read.doc, schema: read,
      isRequired: json["required"]?.bool ?? false, isVariadic: json["variadic"]?.bool ?? false)
  }

  private static func example(_ json: JSON) -> Method.Example {
    let params = json["params"] ?? []
    return Method.Example(
      name: json["name"]?.string ?? "",
      params: params.elements.compactMap { pair in
        pair[1].map { (pair[0]?.string ?? "", $0) }
      },
      result: json["result"])
  }
}
