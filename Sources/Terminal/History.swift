import Synchronization

/// The statements typed before, kept in a file that several shells may share.
///
/// One entry is one statement, however many lines it has. Each shell sees what the file held when
/// it started and what it added itself; the file gets everything.
public final class History: Sendable {
  private let limit: Int
  private let state: Mutex<State>

  private struct State {
    var file: HistoryFile?
    var entries: [String] = []
    var failure: Int32?

    init(path: String?, limit: Int) {
      file = path.map { HistoryFile(path: $0, limit: limit) }
      guard let file else { return }
      let loaded = file.load()
      if loaded.count > limit + limit / 10 { failure = file.compact() }
      for entry in loaded.suffix(limit) where entry != entries.last { entries.append(entry) }
    }
  }

  /// The history in that file, made when the first entry comes; without a path, in memory only.
  public init(path: String?, limit: Int = 10_000) {
    self.limit = limit
    state = Mutex(State(path: path, limit: limit))
  }

  /// Goes on in another file, with what is in that. One that is in memory only stays there.
  public func move(to path: String?) {
    state.withLock { state in
      guard let file = state.file, file.path != path else { return }
      state = State(path: path, limit: limit)
    }
  }

  /// All entries, the newest last.
  public var entries: [String] { state.withLock { $0.entries } }

  /// The `errno` of the last write that failed; entries stay in memory all the same.
  public var failure: Int32? { state.withLock { $0.failure } }

  /// Adds a statement at the end.
  ///
  /// Left out are blank ones, one that repeats the last, and those that begin with a blank, which
  /// is how a person keeps something out. The file gets the other text if there is one, which may
  /// leave out what should stand in no file.
  public func append(_ statement: String, kept: String? = nil) {
    guard let first = statement.first, first != " ",
      statement.contains(where: { !$0.isWhitespace })
    else { return }
    state.withLock { state in
      if state.entries.last == statement { return }
      state.entries.append(statement)
      if state.entries.count > limit + limit / 10 {
        state.entries.removeFirst(state.entries.count - limit)
      }
      if let file = state.file { state.failure = file.append(kept ?? statement) }
    }
  }
}
