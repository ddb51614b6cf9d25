import Recording
import Terminal

/// `rpcscope export`: a recording for other programs.
public struct ExportRecording: Sendable {
  /// The file to write; nil for standard output.
  public var output: String?
  /// Which exchanges; all if there are no words.
  public var filter: [String] = []

  /// An export of everything to standard output.
  public init() {}

  /// The formats, for messages and help.
  public static var formats: String { SessionExports.all.map { $0.name }.joined(separator: ", ") }

  /// Writes a recording, or anything that can be read as one, in that format.
  public func run(_ word: String, as name: String, screen: Screen) throws(Complaint) {
    let format = try Self.format(name)
    let filter = try ExchangeChoice.filter(filter)
    let path = try RecordingPath.of(word)
    let session = try Complaint.wrapping { () throws(RecordingError) in
      try RecordingSources.read(path)
    }
    for note in session.notes { screen.note(StyledText(SafeText.escape(note), .note)) }
    let exchanges = session.exchanges.filter { filter.matches($0.exchange) }
    if exchanges.isEmpty {
      throw Complaint("none of \(session.exchanges.count) exchanges is meant")
    }
    let bytes = format.write(ExportedSession(header: session.header, exchanges: exchanges))
    if let output, output != "-" {
      try Interpreter.write(bytes, to: output, append: false)
    } else {
      screen.write(bytes)
    }
  }

  static func format(_ name: String) throws(Complaint) -> any SessionExport.Type {
    if let format = SessionExports.named(name) { return format }
    throw Complaint("there is no format \(name)", hint: formats)
  }

  /// Whether a word behind the format names a file, rather than exchanges.
  static func isFile(_ word: String) -> Bool {
    if ExchangeChoice.isNumbers(word) || word.hasPrefix("!") { return false }
    return !ExchangeFilter.keys.contains { word.hasPrefix($0 + ":") }
  }
}
