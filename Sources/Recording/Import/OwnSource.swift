import Session

/// Recordings of this program.
public enum OwnSource: RecordingSource {
  /// What it is called.
  public static var name: String { "rpcscope recording" }

  /// Whether the first line is a header.
  public static func recognises(_ start: ArraySlice<UInt8>) -> Bool { SessionFile.begins(start) }

  /// Reads the exchanges of a file that pass, a block at a time; nil if it is no recording.
  static func read(
    path: String, matching filter: ExchangeFilter
  ) throws(RecordingError) -> ImportedSession? {
    let file: SessionFile
    do throws(RecordingError) { file = try SessionFile(opening: path) } catch .unrecognised {
      return nil
    }
    // A filter that lets exchanges pass, and nothing else.
    let wanted = filter.isEmpty ? try ExchangeFilter(words: ["n:0.."], now: 0) : filter
    var exchanges: [RecordedExchange] = []
    let tally = try file.scan(matching: wanted) { line in
      if case .exchange(let exchange) = line.entry { exchanges.append(exchange) }
      return true
    }
    return ImportedSession(
      source: name, header: file.header, exchanges: exchanges,
      notes: notes(unreadable: tally.unreadable, torn: file.tornBytes))
  }

  private static func notes(unreadable: Int, torn: Int) -> [String] {
    var notes: [String] = []
    if unreadable > 0 { notes.append("lines that can't be read: \(unreadable)") }
    if torn > 0 { notes.append("the last line was torn; its \(torn) bytes are left out") }
    return notes
  }

  /// Reads all exchanges of a text; of a file, the other method holds only what is wanted.
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
    return ImportedSession(
      source: name, header: header, exchanges: exchanges,
      notes: notes(unreadable: unreadable, torn: torn.count))
  }
}
