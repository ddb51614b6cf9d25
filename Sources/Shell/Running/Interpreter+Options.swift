import Catalog
public import JSONRPC
import LosslessJSON
import Session
import Terminal

extension Interpreter {
  /// What the program's options say about how things are shown and checked.
  public struct Options: Sendable {
    /// NDJSON instead of text.
    public var json = false
    /// Log lines `-->` and `<--`.
    public var log = false
    /// The longest to wait for a reply.
    public var timeout: Duration?
    /// The largest message that is taken, in bytes.
    public var limit: Int?
    /// The ids of requests.
    public var ids: IDGenerator.Style?

    /// Answers to requests from the server, `METHOD=VALUE` each.
    public var answers: [String] = []
    /// The folders that an MCP server is told of.
    public var roots: [String]?
    /// How strictly replies are judged.
    public var replies = CheckMode.normal

    /// Everything as usual.
    public init() {}
  }

  /// Takes over the program's options.
  public func apply(_ options: Options) throws(Complaint) {
    try layAnswers(options.answers)
    settings.update {
      $0.roots = options.roots
      $0.json = options.json
      if options.log { $0.log = .on }
      $0.replies = options.replies
      if let timeout = options.timeout { $0.timeout = timeout }
      if let limit = options.limit { $0.limit = limit }
      if let ids = options.ids { $0.ids = ids }
    }
  }

  /// Says how many methods the user's own document describes, if there is one.
  func tellOfFile() {
    let known = knowledge.value
    if known.isFixed { screen.note(ProbeReport.words(known.catalog)) }
  }

  /// Calls a method with arguments that the system's shell has split, as `rpcscope call` does.
  public func call(
    _ method: String, words: [String], id: RequestID?, asNotification: Bool
  ) async -> ExitStatus {
    settings.update { $0.isShell = false }
    let call = Statement.Call(
      method: method, methodRange: 0..<0, isQuoted: true,
      arguments: words.map { Argument(word: $0) })
    var options = CallOptions()
    options.id = id
    let statement = Statement(action: .call(call))
    do throws(Complaint) {
      return try await self.call(
        call, statement, "\(method) …", options: options, asNotification: asNotification)
    } catch {
      screen.note(error.text)
      return error.status
    }
  }
}
