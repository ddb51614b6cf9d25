import JSONRPC
import Session
import Synchronization
import Wire

/// What `.set` changes.
struct Settings: Sendable {
  /// Where log lines go.
  enum Log: Sendable, Equatable {
    case on
    case off
    /// Appended to a file, without colours.
    case file(String)

    /// Whether it is a file.
    var isFile: Bool { if case .file = self { true } else { false } }
  }

  var log = Log.off
  var timeout: Duration = .seconds(30)
  /// The largest message that is taken, in bytes.
  var limit = 128 << 20
  /// HTTP headers that go with every request of the session.
  var headers: [HeaderField] = []
  var ids = IDGenerator.Style.decimal()
  /// The most lines of a result that the screen gets.
  var lines = 400
  /// Whether calls are checked against the catalog.
  var checks = true
  /// How strictly replies are judged.
  var replies = CheckMode.normal
  /// Whether nothing is redrawn.
  var plain = false
  /// NDJSON instead of text.
  var json = false
  /// What becomes of requests from the server; nil goes by whether a person is there.
  var requests: ServerRequestPolicy?
  /// Answers that lie ready for requests from the server, by method.
  var answers: [String: Response.Outcome] = [:]
  /// The folders that an MCP server is told of; nil for the working folder, where it means something.
  var roots: [String]?
  /// The least of an MCP server's log messages that are wanted; nil leaves it to the server.
  var logLevel: String?
  /// Whether there is a shell, whose commands a hint may name; not for `rpcscope call`.
  var isShell = true
}

/// A value that several threads share.
final class Shared<Value: Sendable>: Sendable {
  private let storage: Mutex<Value>

  init(_ value: Value) { storage = Mutex(value) }

  var value: Value {
    get { storage.withLock { $0 } }
    set { storage.withLock { $0 = newValue } }
  }

  func update<Result: Sendable>(_ change: (inout Value) -> Result) -> Result {
    storage.withLock { value in change(&value) }
  }
}
