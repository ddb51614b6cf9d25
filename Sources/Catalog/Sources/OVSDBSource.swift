import JSONRPC
public import LosslessJSON
public import Session

/// `list_dbs` of an OVSDB server, which describes its data but not its methods: those are known.
public struct OVSDBSource: DiscoverySource {
  /// `list_dbs`.
  public var method: String { "list_dbs" }
  /// An empty array; JSON-RPC 1.0 wants one.
  public var params: JSON? { [] }

  /// The source.
  public init() {}

  /// The methods of RFC 7047 section 4; nil unless the result is a list of names.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard result.kind == .array, result.elements.allSatisfy({ $0.kind == .string }) else {
      return nil
    }
    let databases = result.elements.compactMap(\.string).joined(separator: ", ")
    return MethodCatalog(source: name, title: "OVSDB (\(databases))", methods: Self.known.methods)
  }

  /// Asks for the schemas of the databases, for the names of tables and columns.
  public func completing(
    _ catalog: MethodCatalog, _ result: JSON, client: Client
  ) async -> MethodCatalog {
    let names = result.elements.compactMap(\.string)
    var schema = OVSDBSchema(names)
    for name in names.prefix(Self.mostDatabases) {
      let exchange = try? await client.call(
        "get_schema", params: [JSON(name)], options: .probe(timeout: .seconds(3)))
      if let found = exchange?.response?.result { schema.take(found) }
    }
    let titles = schema.titles.isEmpty ? names : schema.titles
    return MethodCatalog(
      source: name, title: "OVSDB (\(titles.joined(separator: ", ")))",
      methods: schema.refining(catalog.methods))
  }

  private static let mostDatabases = 4

  private static let known = KnownMethods.table(
    """
    @position
    list_dbs -> a | Names of the databases
    get_schema database:s -> o | Tables and columns of a database
    transact database:s operations...:o -> a | Run operations as one transaction
    cancel id:* | Cancel a transaction
    monitor database:s id:* requests:o -> o | Be told changes of tables
    monitor_cancel id:* -> o | End a monitor
    monitor_cond database:s id:* requests:o -> o | Be told changes of rows that meet a condition
    monitor_cond_since database:s id:* requests:o transaction:s -> a | Be told changes since then
    lock name:s -> o | Take a lock
    steal name:s -> o | Take a lock from who has it
    unlock name:s -> o | Give a lock back
    echo values...:* -> a | Give back what was sent
    """, "OVSDB")
}
