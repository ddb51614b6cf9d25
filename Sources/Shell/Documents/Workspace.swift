import JSONRPC
import LosslessJSON
import Session
import Terminal
import View

/// What lies open between the user and one language or build server: documents, what the server said
/// about them, and what it asked.
///
/// Fed with the events of the session in order, on whatever thread they arise.
final class Workspace: Sendable {
  /// What the server speaks.
  enum Kind: Sendable {
    case language
    case build
  }

  struct State {
    var documents = OpenDocuments()
    var diagnostics = DocumentDiagnostics()
    var capabilities = LSPCapabilities()
    /// Whether the server registered anything since it was greeted.
    var hasRegistered = false
    /// Documents whose faults should be asked for, where the server does not tell by itself.
    var stale: Set<String> = []
    /// Documents of whose faults the server told by itself.
    var pushed: Set<String> = []
    /// Documents of whose faults something was told since they changed last.
    var answered: Set<String> = []
    /// Who waits to be told of the faults of a document, by its path.
    var waiters: [String: Milestone] = [:]
    /// Whether faults are about to be listed, so that telling of them would say it twice.
    var isListing = false
    /// What reports its progress, by its token.
    var progress: [String: ProgressReport] = [:]
    /// The edit that was proposed last.
    var edit: JSON?
    /// What is to be shown of the exchange that ended last.
    var news: (number: Int, lines: [StyledText])?
    /// Words that are worth saying once.
    var told: Set<String> = []
  }

  let kind: Kind
  private let state: Shared<State>

  init(_ kind: Kind) {
    self.kind = kind
    state = Shared(State())
  }

  /// A workspace for another connection to the same server, with the same documents.
  init(_ kind: Kind, documentsOf other: Workspace?) {
    self.kind = kind
    var state = State()
    if let other {
      state.documents = other.update { $0.documents }
      state.documents.forgetServer()
    }
    self.state = Shared(state)
  }

  /// Looks at or changes what lies there.
  func update<Result: Sendable>(_ change: (inout State) -> Result) -> Result {
    state.update(change)
  }

  /// Names and texts of documents, as they are now.
  var sources: DocumentSources {
    let (encoding, documents) = update { ($0.capabilities.encoding, $0.documents) }
    return DocumentSources(encoding: encoding, folder: SourceFile.folder) { uri in
      guard let path = FileURI.path(of: uri) else { return nil }
      if let open = documents[path] { return open.text }
      return try? SourceFile.read(path, limit: SourceFile.foreignLimit).text
    }
  }

  /// What is to be shown of an exchange instead of the message itself; nil to show that.
  func takeNews(of exchange: Exchange) -> [StyledText]? {
    update { state in
      guard let news = state.news, news.number == exchange.number else { return nil }
      state.news = nil
      return news.lines
    }
  }

  /// The milestone of being told of a document's faults.
  func waiter(for path: String) -> Milestone {
    update { state in
      if let known = state.waiters[path] { return known }
      let milestone = Milestone()
      state.waiters[path] = milestone
      return milestone
    }
  }
}

/// Something that takes a while at the server.
struct ProgressReport: Sendable {
  /// What it is.
  var title: String
  /// When a line of it was shown last.
  var shownAt: ContinuousClock.Instant
}
