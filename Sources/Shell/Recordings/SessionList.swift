import LosslessJSON
public import Recording
import Terminal
import View

/// `rpcscope sessions`: the recordings in the user's folder, the newest first.
public struct SessionList: Sendable {
  /// One JSON object a line.
  public var isJSON = false
  /// The folder.
  public var folder: RecordingFolder?

  /// A list of the user's own folder.
  public init(folder: RecordingFolder? = .standard) { self.folder = folder }

  /// Shows the list.
  public func run(screen: Screen) throws(Complaint) {
    guard let folder else {
      throw Complaint("there is no home in which sessions are kept", hint: "HOME is not set")
    }
    let paths = try Complaint.wrapping { () throws(RecordingError) in try folder.list() }
    if paths.isEmpty {
      screen.note(StyledText("no session was kept yet in \(SafeText.escape(folder.path))", .dim))
      return
    }
    let rows = paths.enumerated().map { Row(number: $0 + 1, path: $1) }
    if isJSON {
      for row in rows { screen.write(row.line) }
    } else {
      screen.show(StyledText(lines: lines(rows, screen)))
    }
  }

  private func lines(_ rows: [Row], _ screen: Screen) -> [StyledText] {
    let isTerminal = screen.isTerminal
    // A person says the number; a name takes more room than all the rest.
    let hasFiles = !isTerminal || screen.width >= 130
    var table = Table(
      [
        .init("#", isRight: true), .init("when"), .init("target", isFlexible: true),
        .init("exchanges", isRight: true), .init("errors", isRight: true),
        .init("size", isRight: true),
      ] + (hasFiles ? [.init("file")] : []))
    for row in rows {
      let file = StyledText(SafeText.escape(isTerminal ? row.name : row.path), .dim)
      table.add(row.cells + (hasFiles ? [file] : []))
    }
    var lines = table.lines(width: isTerminal ? screen.width : .max)
    if isTerminal, let folder {
      lines.append(
        StyledText(
          "in \(SafeText.escape(folder.path)); `rpcscope show 1` prints the newest", .dim))
    }
    return lines
  }
}

/// A recording in the list.
private struct Row {
  let number: Int
  let path: String
  let header: RecordingHeader?
  let exchanges: Int
  let errors: Int
  let size: Int

  init(number: Int, path: String) {
    self.number = number
    self.path = path
    let file = try? SessionFile(opening: path)
    header = file?.header
    size = file.map { $0.end + $0.tornBytes } ?? 0
    exchanges = Self.count(file, [])
    errors = Self.count(file, ["status:error|invalid|timeout|failed"])
  }

  private static func count(_ file: SessionFile?, _ words: [String]) -> Int {
    let filter = try? ExchangeFilter(words: ["n:0.."] + words, now: 0)
    guard let file, let filter, let tally = try? file.count(matching: filter) else { return 0 }
    return tally.matches
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  var cells: [StyledText] {
    guard let header else {
      return [
        StyledText("\(number)", .number), "", StyledText("can't be read", .error), "", "", "",
      ]
    }
    return [
      StyledText("\(number)", .number), StyledText(LocalTime(header.startedAt).minutes),
      StyledText(SafeText.escape(header.target), .promptTarget), StyledText("\(exchanges)"),
      StyledText(errors > 0 ? "\(errors)" : "", .error), StyledText(Units.text(bytes: size), .dim),
    ]
  }

  var line: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    func member(_ name: String, _ value: JSON) {
      writer.key(name)
      writer.value(value)
    }
    member("number", JSON(number))
    if let header {
      member("at", JSON(header.startedAt) ?? .null)
      member("target", JSON(header.target))
      member("dialect", JSON(header.dialect))
    }
    member("exchanges", JSON(exchanges))
    member("errors", JSON(errors))
    member("size", JSON(size))
    member("path", JSON(path))
    writer.endObject()
    return writer.bytes + [0x0A]
  }
}
