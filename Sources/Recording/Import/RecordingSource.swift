/// A kind of file that sessions can be read from.
///
/// Adding one is adding a file with such a type, and naming it in `RecordingSources.all`.
public protocol RecordingSource: Sendable {
  /// What it is called in messages: `HAR`, `curl trace`.
  static var name: String { get }

  /// Whether a file that begins so is one; given its first 64 KB at most.
  static func recognises(_ start: ArraySlice<UInt8>) -> Bool

  /// Reads a whole file.
  static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
}

/// What was read from a file of some kind.
public struct ImportedSession: Sendable {
  /// What kind of file it was.
  public var source: String
  /// What was spoken to and how, as far as the file tells.
  public var header: RecordingHeader
  /// The exchanges, in order.
  public var exchanges: [RecordedExchange]
  /// What the file does not tell or what was left out, each in a sentence.
  public var notes: [String]

  /// A session of those parts.
  public init(
    source: String, header: RecordingHeader, exchanges: [RecordedExchange], notes: [String] = []
  ) {
    self.source = source
    self.header = header
    self.exchanges = exchanges
    self.notes = notes
  }
}

/// All kinds of files that sessions can be read from, told apart by what they begin with.
public enum RecordingSources {
  /// The kinds, in the order in which they are tried.
  public static let all: [any RecordingSource.Type] = [
    OwnSource.self, HARSource.self, CurlTraceSource.self, ArrowLogSource.self,
    EthereumIOSource.self, TraceLogSource.self, CaptureSource.self,
  ]

  /// The largest file of another program that is read: it is held in memory whole.
  public static let sizeLimit = 1 << 30

  /// Reads a file, a folder of `.io` files, or two captures of one session: what was sent and what came,
  /// as `SENT+RECEIVED`; the exchanges that pass a filter.
  ///
  /// Of recordings of this program only those are held in memory.
  public static func read(
    _ path: String, matching filter: ExchangeFilter = ExchangeFilter()
  ) throws(RecordingError) -> ImportedSession {
    var session = try readAll(path, filter)
    if !filter.isEmpty { session.exchanges.removeAll { !filter.matches($0.exchange) } }
    return session
  }

  private static func readAll(
    _ path: String, _ filter: ExchangeFilter
  ) throws(RecordingError) -> ImportedSession {
    if let (sent, received) = FolderTree.pair(path) {
      return CaptureSource.read(
        sent: try FolderTree.contents(sent, limit: sizeLimit),
        received: try FolderTree.contents(received, limit: sizeLimit))
    }
    if try FolderTree.isFolder(path) { return try EthereumIOSource.read(folder: path) }
    if let own = try OwnSource.read(path: path, matching: filter) { return own }
    let bytes = try FolderTree.contents(path, limit: sizeLimit)
    guard let source = source(of: bytes) else {
      let names = all.map { $0.name }.joined(separator: ", ")
      throw .unrecognised(path: path, message: "it is none of: \(names)")
    }
    return try source.read(bytes, path: path)
  }

  /// Whether files of that kind tell which request has which reply, or are no text that holds the messages
  /// as they were.
  public static func holdsExchanges(_ source: any RecordingSource.Type) -> Bool {
    source != ArrowLogSource.self && source != CaptureSource.self
  }

  /// The kind of a file with those contents; nil if it is none.
  public static func source(of bytes: [UInt8]) -> (any RecordingSource.Type)? {
    let start = bytes.prefix(64 << 10)
    return all.first { $0.recognises(start) }
  }
}
