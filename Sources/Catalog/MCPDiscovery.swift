import JSONRPC
import LosslessJSON
import Session

/// Makes a catalog of what an MCP server offers: a method for each tool and prompt, called by its own
/// name, and the protocol's methods beside them.
struct MCPDiscovery {
  /// The most pages of one list that are asked for; a server may never stop.
  private static let maxPages = 100

  let client: Client
  let dialect: MCPDialect
  let patience: Duration

  /// Asks for every list that the server says it has.
  func run() async -> MethodCatalog {
    let offers = { (area: String) in dialect.capabilities?[area] != nil }
    let tools = offers("tools") ? await list("tools/list", "tools") : []
    let prompts = offers("prompts") ? await list("prompts/list", "prompts") : []
    let resources = offers("resources") ? await list("resources/list", "resources") : []
    let templates =
      offers("resources") ? await list("resources/templates/list", "resourceTemplates") : []
    let hasCompletions = offers("completions")
    var own = KnownMethods.mcp(capabilities: dialect.capabilities, isStateless: isStateless)
    let uris = resources.compactMap { $0["uri"]?.string }
    Self.suggest(tools.compactMap { $0["name"]?.string }, for: "tools/call", in: &own)
    Self.suggest(prompts.compactMap { $0["name"]?.string }, for: "prompts/get", in: &own)
    for method in ["resources/read", "resources/subscribe", "resources/unsubscribe"] {
      Self.suggest(uris, for: method, in: &own)
    }
    // A tool's name is its own; what else has that name is called with its kind before it.
    var methods = tools.compactMap(Self.tool)
    var taken = Set(methods.map(\.name)).union(own.map(\.name))
    for var method in prompts.compactMap(Self.prompt) + templates.compactMap(Self.template) {
      if !taken.insert(method.name).inserted { method.name = "\(method.nature).\(method.name)" }
      if !hasCompletions { method.reference = nil }
      methods.append(method)
    }
    methods += own
    let title = [dialect.serverName, "MCP \(dialect.protocolVersion)"].filter { !$0.isEmpty }
    return MethodCatalog(
      source: "tools/list", title: title.joined(separator: ", "), methods: methods)
  }

  private var isStateless: Bool {
    if case .stateless = dialect.era { true } else { false }
  }

  /// All pages of a list.
  private func list(_ method: String, _ member: String) async -> [JSON] {
    var items: [JSON] = []
    var cursor: JSON?
    var seen: Set<JSON> = []
    for _ in 0..<Self.maxPages {
      let params: JSON? = cursor.map { ["cursor": $0] }
      let exchange = try? await client.call(
        method, params: params, options: .probe(timeout: patience))
      guard let result = exchange?.response?.result else { break }
      items += result[member]?.elements.map { $0 } ?? []
      guard let next = result["nextCursor"], next.kind == .string, seen.insert(next).inserted
      else { break }
      cursor = next
    }
    return items
  }

  /// A tool, whose input schema has the params.
  static func tool(_ json: JSON) -> Method? {
    guard let name = json["name"]?.string else { return nil }
    var method = Method(name)
    method.setDoc(json["description"]?.string)
    if let title = json["title"]?.string, method.summary.isEmpty { method.summary = title }
    method.structure = .byName
    method.nature = "tool"
    method.wrapping = Method.Wrapping(method: "tools/call")
    let input = json["inputSchema"] ?? [:]
    method.params = Schema(input, root: input).properties.map { property in
      MethodParam(
        name: property.name, doc: property.schema.doc, schema: property.schema,
        isRequired: property.isRequired)
    }
    if let output = json["outputSchema"], output.kind == .object {
      method.result = MethodParam(name: "result", schema: Schema(output, root: output))
    }
    return method
  }

  /// A prompt, whose arguments are strings.
  static func prompt(_ json: JSON) -> Method? {
    guard let name = json["name"]?.string else { return nil }
    var method = Method(name)
    method.nature = "prompt"
    method.reference = ["type": "ref/prompt", "name": JSON(name)]
    method.setDoc(json["description"]?.string ?? json["title"]?.string)
    method.structure = .byName
    method.wrapping = Method.Wrapping(method: "prompts/get", name: name)
    method.params =
      json["arguments"].map { list in
        list.elements.compactMap { argument in
          guard let name = argument["name"]?.string else { return nil }
          return MethodParam(
            name: name, doc: argument["description"]?.string ?? "", schema: .type("string"),
            isRequired: argument["required"]?.bool ?? false)
        }
      } ?? []
    return method
  }

  /// A resource with places to fill in, which are params.
  static func template(_ json: JSON) -> Method? {
    guard let name = json["name"]?.string, let text = json["uriTemplate"]?.string else {
      return nil
    }
    let uri = URITemplate(text)
    var method = Method(name)
    method.nature = "resource"
    method.reference = ["type": "ref/resource", "uri": JSON(text)]
    method.setDoc(json["description"]?.string ?? json["title"]?.string)
    if method.summary.isEmpty { method.summary = text }
    method.structure = .byName
    method.wrapping = Method.Wrapping(method: "resources/read", uri: uri)
    method.params = uri.variables.map {
      MethodParam(name: $0.name, schema: .type("string"), isRequired: $0.isRequired)
    }
    return method
  }

  /// Lists the values that a method's first param is known to take.
  private static func suggest(_ values: [String], for name: String, in methods: inout [Method]) {
    guard !values.isEmpty, let place = methods.firstIndex(where: { $0.name == name }) else {
      return
    }
    methods[place].params?[0].schema = .oneOf(values)
  }
}
