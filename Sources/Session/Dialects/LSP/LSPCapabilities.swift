public import LosslessJSON

/// What a language server offers: what it said when it was greeted, and what it registered since.
public struct LSPCapabilities: Sendable {
  /// A method that the server registered with `client/registerCapability`.
  public struct Registration: Sendable {
    /// The server's name for it.
    public var id: String
    /// The method.
    public var method: String
    /// The options that go with it.
    public var options: JSON?
  }

  /// What it said when it was greeted.
  public let offered: JSON
  /// What it registered, oldest first.
  public private(set) var registrations: [Registration] = []

  /// A server may never stop registering.
  private static let limit = 10_000

  /// Those of the answer to `initialize`.
  public init(_ offered: JSON = [:]) { self.offered = offered }

  /// Takes the params of `client/registerCapability`; gives the methods.
  @discardableResult
  public mutating func register(_ params: JSON?) -> [String] {
    var methods: [String] = []
    for item in params?["registrations"]?.elements.map({ $0 }) ?? [] {
      guard let id = item["id"]?.string, let method = item["method"]?.string,
        registrations.count < Self.limit
      else { continue }
      registrations.append(
        Registration(id: id, method: method, options: item["registerOptions"]))
      methods.append(method)
    }
    return methods
  }

  /// Takes the params of `client/unregisterCapability`; gives the methods.
  @discardableResult
  public mutating func unregister(_ params: JSON?) -> [String] {
    // The protocol's own spelling is this one.
    let list = params?["unregisterations"] ?? params?["unregistrations"]
    let gone = Set(list?.elements.compactMap { $0["id"]?.string } ?? [])
    let methods = registrations.filter { gone.contains($0.id) }.map(\.method)
    registrations.removeAll { gone.contains($0.id) }
    return methods
  }

  /// How it wants to be told of documents.
  public var sync: DocumentSync {
    var sync = DocumentSync(offered["textDocumentSync"])
    for registration in registrations {
      switch registration.method {
      case "textDocument/didOpen", "textDocument/didClose": sync.opensAndCloses = true
      case "textDocument/didChange":
        let kind = registration.options?["syncKind"]?.int
        sync.change = kind.flatMap { DocumentSync.Change(rawValue: $0) } ?? .full
      case "textDocument/didSave":
        sync.saves = true
        sync.savesText = registration.options?["includeText"]?.bool ?? false
      default: break
      }
    }
    return sync
  }

  /// How positions are counted.
  public var encoding: PositionEncoding { PositionEncoding(capabilities: offered) }

  /// Whether faults of a document have to be asked for.
  public var pullsDiagnostics: Bool {
    let provider = offered["diagnosticProvider"]
    return provider.map { !$0.isNull && $0.bool != false } ?? false
      || registrations.contains { $0.method == "textDocument/diagnostic" }
  }

  /// What goes with a question for the faults of a document.
  public var diagnosticIdentifier: String? {
    let registered = registrations.last { $0.method == "textDocument/diagnostic" }
    return (registered?.options ?? offered["diagnosticProvider"])?["identifier"]?.string
  }
}
