public import Session
import Terminal

/// Names and texts of the documents that a language server speaks of.
public struct DocumentSources: Sendable {
  /// How the server counts the characters of a line.
  public var encoding: PositionEncoding
  /// The folder that names are shown from, an absolute path.
  public var folder: String
  /// The text of a document, by its URI; nil if there is none to be had.
  public var text: @Sendable (String) -> DocumentText?

  /// Documents as they are seen from a folder.
  public init(
    encoding: PositionEncoding, folder: String,
    text: @escaping @Sendable (String) -> DocumentText? = { _ in nil }
  ) {
    self.encoding = encoding
    self.folder = folder
    self.text = text
  }

  /// A document's name as it would be typed, safe to show: a path from the folder, or the URI.
  public func name(_ uri: String) -> String {
    guard let path = FileURI.path(of: uri) else { return SafeText.escape(uri) }
    return SafeText.escape(Self.relative(path, to: folder))
  }

  /// A path as it is seen from a folder that it is in.
  public static func relative(_ path: String, to folder: String) -> String {
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(start) && path.count > start.count
      ? String(path.dropFirst(start.count)) : path
  }

  /// A position as people write it; without the text, its units are taken for characters.
  public func place(_ position: LSPPosition, in text: DocumentText?) -> SourcePlace {
    text?.place(of: position, in: encoding)
      ?? SourcePlace(line: position.line + 1, column: position.character + 1)
  }

  /// `src/a.c:3:7`
  func placed(_ uri: String, _ position: LSPPosition, in text: DocumentText?) -> StyledText {
    let place = place(position, in: text)
    var styled = StyledText(name(uri), .method)
    styled.append(":\(place.line):\(place.column)", .number)
    return styled
  }

  /// `src/a.c:3:7-12`, `src/a.c:3:7-4:1`
  func placed(_ uri: String, _ range: LSPRange, in text: DocumentText?) -> StyledText {
    var styled = placed(uri, range.start, in: text)
    if range.start == range.end { return styled }
    let (start, end) = (place(range.start, in: text), place(range.end, in: text))
    let line = end.line == start.line ? "" : "\(end.line):"
    styled.append("-\(line)\(end.column)", .number)
    return styled
  }

  /// A line of a document without the blanks around, a part of it marked; empty if it can't be had.
  func line(_ range: LSPRange, in text: DocumentText?) -> StyledText {
    guard let text, range.start.line < text.lineCount else { return StyledText() }
    let line = Array(text.line(range.start.line).prefix(2000))
    let start = min(place(range.start, in: text).column - 1, line.count)
    let end =
      range.end.line == range.start.line
      ? min(max(start, place(range.end, in: text).column - 1), line.count) : line.count
    let first = line.firstIndex { $0 != " " && $0 != "\t" } ?? 0
    func part(_ range: Range<Int>) -> String {
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: line[range])
      return SafeText.escape(String(scalars), .keepTabs)
    }
    var styled = StyledText(part(min(first, start)..<start), .serverText)
    styled.append(part(start..<end), .match)
    styled.append(part(end..<line.count), .serverText)
    return styled
  }
}
