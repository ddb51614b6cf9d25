public import Recording
import Terminal

/// `rpcscope export`: a recording for other programs.
public struct ExportRecording: Sendable {
  /// The file to write; nil for standard output.
  public var output: String?
  /// Which exchanges; all if there are no words.
  public var filter: [String] = []
  /// What is masked; by other programs' files everything that a recording of ours would mask.
  public var mask = MaskRules()

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
      try RecordingSources.read(path, matching: filter)
    }
    for note in session.notes { screen.note(StyledText(SafeText.escape(note), .note)) }
    let exchanges = session.exchanges
    if exchanges.isEmpty { throw Complaint("no exchange is meant") }
    let bytes = format.write(masked(session, exchanges, screen))
    if let output, output != "-" {
      try Interpreter.write(bytes, to: output, append: false)
    } else {
      screen.write(bytes)
    }
  }

  /// The session without its secrets; our recordings have lost them already.
  private func masked(
    _ session: ImportedSession, _ exchanges: [RecordedExchange], _ screen: Screen
  ) -> ExportedSession {
    let isOwn = session.source == OwnSource.name
    guard mask.isOn, !isOwn || mask != MaskRules() else {
      return ExportedSession(header: session.header, exchanges: exchanges)
    }
    var mask = ExchangeMask(mask)
    var header = session.header
    header.target = mask.masked(header.target)
    let masked = exchanges.map { mask.masked($0.exchange) }
    let count = masked.reduce(0) { $0 + $1.masked.count }
    if count > 0 {
      let words = count == 1 ? "1 value is masked" : "\(count) values are masked"
      screen.note(StyledText("\(words); --no-mask leaves them", .note))
    }
    return ExportedSession(header: header, exchanges: masked)
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
