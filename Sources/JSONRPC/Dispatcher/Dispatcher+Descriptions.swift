public import LosslessJSON

extension Dispatcher {
  /// What `rpc.discover` gives: an OpenRPC document of all methods.
  public var openRPC: JSON { document ?? OpenRPCDocument(dispatcher: self).json }

  /// The methods with which a dispatcher describes itself.
  func descriptions() -> [RPCMethod] {
    [discover, listMethods, methodHelp, methodSignature].map { method in
      var method = method
      method.isBuiltIn = true
      method.tags = ["introspection"]
      return method
    }
  }

  private var discover: RPCMethod {
    RPCMethod(
      "rpc.discover", summary: "Describe all methods.",
      doc: "Gives an OpenRPC document: every method with its parameters, result and examples.",
      result: .init(
        name: "OpenRPC Schema", doc: "An OpenRPC document.", schema: OpenRPCDocument.schema)
    ) { [weak self] _ in
      self?.openRPC ?? .null
    }
  }

  private var listMethods: RPCMethod {
    RPCMethod(
      "system.listMethods", summary: "List the names of all methods.",
      result: .init(
        name: "names", doc: "The names, sorted.",
        schema: ["type": "array", "items": ["type": "string"]])
    ) { [weak self] _ in
      self?.methods.map(\.name).sorted() ?? []
    }
  }

  private var methodHelp: RPCMethod {
    RPCMethod(
      "system.methodHelp", summary: "Tell what a method does.",
      result: .init(name: "help", doc: "What is known about it.", schema: ["type": "string"]),
      examples: [
        .init(
          "about itself", params: ["system.listMethods"], result: "List the names of all methods.")
      ],
      Param<String>("method", doc: "The name of the method.")
    ) { [weak self] _, name in
      let method = try Self.known(self?[name])
      return [method.summary, method.doc].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
  }

  private var methodSignature: RPCMethod {
    RPCMethod(
      "system.methodSignature", summary: "Tell the types of a method's result and parameters.",
      doc: "Gives one list for each number of parameters with which it can be called: the type of "
        + "the result, then those of the parameters, as XML-RPC introspection has them.",
      result: .init(
        name: "signatures", doc: "The signatures.",
        schema: [
          "type": "array", "items": ["type": "array", "items": ["type": "string"]],
        ]),
      examples: [
        .init(
          "of a method with one parameter", params: ["system.methodHelp"],
          result: [["string", "string"]])
      ],
      Param<String>("method", doc: "The name of the method.")
    ) { [weak self] _, name in
      try Self.known(self?[name]).signatures
    }
  }

  private static func known(_ method: RPCMethod?) throws -> RPCMethod {
    guard let method else { throw RPCError.invalidParams("method", "is no method of this server") }
    return method
  }
}

extension RPCMethod {
  fileprivate var signatures: [[String]] {
    let least = params.prefix { $0.presence == .required }.count
    let types = params.map { Self.type($0.schema) }
    return (least...params.count).map { [Self.type(result.schema)] + types.prefix($0) }
  }

  private static func type(_ schema: JSON) -> String {
    switch schema["type"]?.string {
    case "integer": "int"
    case "number": "double"
    case "object": "struct"
    case "null": "nil"
    case let other?: other
    case nil: "any"
    }
  }
}
