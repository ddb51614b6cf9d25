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
    var header: RecordingHeader?
    var exchanges: [RecordedExchange] = []
    var unreadable = 0
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let torn = lines.popLast() ?? []
    for line in lines where !line.isEmpty {
      switch RecordedLine(offset: line.startIndex, bytes: Array(line)).entry {
      case .exchange(let exchange): exchanges.append(exchange)
      case .header(let next): header = header ?? next
      case .event: break
      case .unreadable: unreadable += 1
      }
    }
    guard let header else {
      throw .unrecognised(path: path, message: "its first line is no header of a recording")
    }
    guard header.version <= RecordingHeader.currentVersion else {
      throw .tooNew(path: path, version: header.version)
    }
    var notes: [String] = []
    if unreadable > 0 { notes.append("lines that can't be read: \(unreadable)") }
    if !torn.isEmpty {
      notes.append("the last line was torn; its \(torn.count) bytes are left out")
    }
    return ImportedSession(source: name, header: header, exchanges: exchanges, notes: notes)
  }
}
