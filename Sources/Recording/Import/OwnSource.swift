import Session

/// Recordings of this program.
public enum OwnSource: RecordingSource {
  /// What it is called.
  public static var name: String { "rpcscope recording" }

  /// Whether the first line is a header.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool { SessionFile.begins(start) }

  /// Reads all exchanges; `SessionFile` reads large files without holding them.
  public static func read(_ bytes: [UInt8], path: String) throws(RecordingError) -> ImportedSession
  {
    let file = try SessionFile(opening: path)
    var exchanges: [RecordedExchange] = []
    var unreadable = 0
    try file.scan { line in
      switch line.entry {
      case .exchange(let exchange): exchanges.append(exchange)
      case .unreadable: unreadable += 1
      case .header, .event: break
      }
      return true
    }
    var notes: [String] = []
    if unreadable > 0 { notes.append("lines that can't be read: \(unreadable)") }
    if file.tornBytes > 0 {
      notes.append("the last line was torn; its \(file.tornBytes) bytes are left out")
    }
    return ImportedSession(source: name, header: file.header, exchanges: exchanges, notes: notes)
  }
}
