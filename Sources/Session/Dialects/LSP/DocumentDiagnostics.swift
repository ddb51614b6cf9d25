public import LosslessJSON

/// The faults that a server found, by document.
public struct DocumentDiagnostics: Sendable {
  /// Those of one document.
  public struct Entry: Sendable {
    /// The document as the server names it.
    public let uri: String
    /// What was found, in the server's order.
    public var items: [PublishedDiagnostic] = []
    /// The name that the server gave this state, to be asked for what changed.
    public var resultID: String?
  }

  /// What a message changed.
  public enum News: Sendable, Equatable {
    /// The faults are others than before.
    case changed
    /// They are the same.
    case same
  }

  private var entries: [String: Entry] = [:]
  private var order: [String] = []

  /// A server may tell of as many documents as it likes.
  private static let limit = 20_000

  /// None.
  public init() {}

  /// Those of each document that was told of, in the order in which they came first.
  public var all: [Entry] { order.compactMap { entries[$0] } }

  /// Those of a document, by its URI or path; nil if nothing was told of it.
  public subscript(_ uri: String) -> Entry? { entries[FileURI.key(uri)] }

  /// Takes the params of a message that publishes; nil if they are none.
  ///
  /// `adds` keeps what was there, as the Build Server Protocol wants it where `reset` is false.
  public mutating func publish(
    _ params: JSON?, adds: Bool = false
  ) -> (uri: String, news: News)? {
    let uri = params?["uri"]?.string ?? params?["textDocument"]?["uri"]?.string
    guard let uri, let list = params?["diagnostics"], list.kind == .array else { return nil }
    let items = list.elements.compactMap { PublishedDiagnostic($0) }
    let old = adds ? self[uri]?.items ?? [] : []
    return (uri, set(uri, old + items, resultID: nil))
  }

  /// Takes the answer to a question for the faults of a document.
  public mutating func take(_ report: JSON, of uri: String) -> News {
    let id = report["resultId"]?.string
    if report["kind"]?.string == "unchanged" {
      entries[FileURI.key(uri)]?.resultID = id
      return .same
    }
    let items = report["items"]?.elements.compactMap { PublishedDiagnostic($0) } ?? []
    return set(uri, items, resultID: id)
  }

  private mutating func set(
    _ uri: String, _ items: [PublishedDiagnostic], resultID: String?
  ) -> News {
    let key = FileURI.key(uri)
    let old = entries[key]
    if old == nil {
      guard entries.count < Self.limit else { return .same }
      order.append(key)
    }
    entries[key] = Entry(uri: uri, items: items, resultID: resultID)
    return old?.items == items ? .same : .changed
  }

  /// Forgets all: the next server tells anew.
  public mutating func removeAll() { self = DocumentDiagnostics() }

  /// Forgets a document's.
  public mutating func remove(_ uri: String) {
    let key = FileURI.key(uri)
    entries[key] = nil
    order.removeAll { $0 == key }
  }
}
