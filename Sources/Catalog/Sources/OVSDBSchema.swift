import LosslessJSON

/// The schema of an OVSDB database (RFC 7047 section 3.2) in terms of JSON Schema, so that names of
/// tables and columns can be completed where operations want them.
struct OVSDBSchema {
  private struct Table {
    var name: String
    var columns: [(name: String, type: JSON)]
  }

  private var databases: [String] = []
  private var tables: [Table] = []

  /// Names and versions of the databases that were taken.
  private(set) var titles: [String] = []

  private static let mostTables = 300

  /// A schema of databases of which only the names are known.
  init(_ databases: [String]) { self.databases = databases }

  /// Takes what `get_schema` gave.
  mutating func take(_ schema: JSON) {
    let words = [schema["name"]?.string, schema["version"]?.string].compactMap { $0 }
    if !words.isEmpty { titles.append(words.joined(separator: " ")) }
    guard let found = schema["tables"] else { return }
    for table in found.members where tables.count < Self.mostTables {
      let columns = table.value["columns"].map { columns in
        columns.members.map { (name: $0.name, type: $0.value["type"] ?? "string") }
      }
      tables.append(Table(name: table.name, columns: columns ?? []))
    }
  }

  /// The methods with their params' schemas put in.
  func refining(_ methods: [Method]) -> [Method] {
    methods.map { method in
      var refined = method
      refined.params = method.params.map { params in
        params.map { param in
          var param = param
          switch param.name {
          case "database": param.schema = .oneOf(databases)
          case "operations": param.schema = Schema(operation, root: [:])
          case "requests": param.schema = Schema(requests, root: [:])
          default: break
          }
          return param
        }
      }
      return refined
    }
  }

  // MARK: - Operations of `transact`

  /// Operations by the members that each takes (RFC 7047 section 5.2).
  private static let operations: [JSON] = [
    "insert", "select", "update", "mutate", "delete", "wait", "commit", "abort", "comment",
    "assert",
  ]
  private static let functions: [JSON] = ["==", "!=", "includes", "excludes", "<", "<=", ">", ">="]
  private static let mutators: [JSON] = ["+=", "-=", "*=", "/=", "%=", "insert", "delete"]

  private var operation: JSON {
    [
      "type": "object", "required": ["op"],
      "properties": [
        "op": ["enum": .array(Self.operations)],
        "table": ["enum": .array(tables.map { JSON($0.name) })],
        "where": ["type": "array"], "columns": ["type": "array"], "row": ["type": "object"],
        "rows": ["type": "array"], "mutations": ["type": "array"],
        "uuid-name": ["type": "string"], "until": ["enum": ["==", "!="]],
        "timeout": ["type": "integer"], "durable": ["type": "boolean"],
        "comment": ["type": "string"], "lock": ["type": "string"],
      ],
      "oneOf": .array(tables.map(Self.operation)),
    ]
  }

  private static func operation(_ table: Table) -> JSON {
    let row = row(table)
    return [
      "properties": [
        "table": ["const": JSON(table.name)], "row": row, "columns": columns(table),
        "rows": ["type": "array", "items": row],
        "where": ["type": "array", "items": clause(table, functions)],
        "mutations": ["type": "array", "items": clause(table, mutators)],
      ]
    ]
  }

  /// `[column, function, value]`
  private static func clause(_ table: Table, _ functions: [JSON]) -> JSON {
    let names = table.columns.map { JSON($0.name) } + ["_uuid"]
    return [
      "type": "array",
      "prefixItems": [["enum": .array(names)], ["enum": .array(functions)], [:]],
    ]
  }

  private static func columns(_ table: Table) -> JSON {
    [
      "type": "array",
      "items": ["enum": .array(table.columns.map { JSON($0.name) } + ["_uuid"])],
    ]
  }

  private static func row(_ table: Table) -> JSON {
    [
      "type": "object",
      "properties": .object(table.columns.map { ($0.name, value($0.type)) }),
    ]
  }

  /// A column's type: of one value its schema, of sets and maps what they are of, in words.
  private static func value(_ type: JSON) -> JSON {
    if let name = type.string { return atom(name, limits: nil) }
    let key = type["key"] ?? "string"
    let atom = atom(
      key.string ?? key["type"]?.string ?? "string", limits: key.kind == .object ? key : nil)
    if let value = type["value"] {
      let words = "map of \(name(of: key)) to \(name(of: value)): [\"map\", [[key, value], …]]"
      return ["description": JSON(words)]
    }
    let isSet = type["max"]?.isString("unlimited") ?? ((type["max"]?.int ?? 1) > 1)
    guard isSet || type["min"]?.int == 0 else { return atom }
    var members = atom.members.map { ($0.name, $0.value) }.filter { $0.0 != "type" }
    let many = isSet ? "any number of" : "none or one"
    members.append(("description", JSON("\(many) \(name(of: key)): [\"set\", [value, …]]")))
    return .object(members)
  }

  private static func name(of key: JSON) -> String {
    key.string ?? key["type"]?.string ?? "string"
  }

  private static func atom(_ name: String, limits: JSON?) -> JSON {
    if let allowed = limits?["enum"] {
      return ["enum": allowed[0]?.isString("set") == true ? allowed[1] ?? [] : [allowed]]
    }
    switch name {
    case "integer": return ["type": "integer"]
    case "real": return ["type": "number"]
    case "boolean": return ["type": "boolean"]
    case "uuid": return ["type": "array", "description": "[\"uuid\", \"…\"]"]
    default: return ["type": "string"]
    }
  }

  // MARK: - Requests of `monitor`

  private var requests: JSON {
    let flags: JSON = [
      "type": "object",
      "properties": .object(
        ["initial", "insert", "delete", "modify"].map { ($0, ["type": "boolean"]) }),
    ]
    return [
      "type": "object",
      "properties": .object(
        tables.map { table in
          let request: JSON = [
            "type": "object",
            "properties": [
              "columns": Self.columns(table), "select": flags,
              "where": ["type": "array", "items": Self.clause(table, Self.functions)],
            ],
          ]
          return (table.name, request)
        }),
    ]
  }
}
