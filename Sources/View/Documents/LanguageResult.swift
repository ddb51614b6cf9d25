public import LosslessJSON
import Session
public import Terminal

/// What a language server's result says, for people, beside the result itself: places with their
/// lines, edits, the words of a hover.
public struct LanguageResult: Sendable {
  private let sources: DocumentSources

  /// Results about those documents.
  public init(_ sources: DocumentSources) { self.sources = sources }

  /// The lines; empty where the result says all there is to say.
  ///
  /// `uri` is the document that was asked about.
  public func lines(_ result: JSON, document uri: String?) -> [StyledText] {
    if let contents = result["contents"] { return Self.words(contents) }
    if result["changes"] != nil || result["documentChanges"] != nil {
      return EditText.workspace(result, sources)
    }
    guard let first = result.kind == .array ? result[0] : result else { return [] }
    if first["newText"] != nil, first["range"] != nil, let uri {
      return EditText.document(result, of: uri, sources)
    }
    if let items = completions(result) { return items }
    if first["title"] != nil { return actions(result) }
    return LocationText(sources).lines(result, document: uri)
  }

  // MARK: - Hover

  /// The words of `MarkupContent`, `MarkedString`s or a string, without the fences of code.
  static func words(_ contents: JSON) -> [StyledText] {
    let parts = contents.kind == .array ? Array(contents.elements) : [contents]
    let texts = parts.compactMap { $0.string ?? $0["value"]?.string }
    let lines = texts.joined(separator: "\n").split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).filter { !$0.hasPrefix("```") }
    var shown: [StyledText] = []
    for line in lines.drop(while: { $0.isEmpty }) {
      // One blank line at a time.
      if line.isEmpty, shown.last?.columns == 2 { continue }
      shown.append(
        StyledText("| ", .dim) + StyledText(SafeText.escape(String(line), .keepTabs), .serverText))
    }
    while shown.last?.columns == 2 { shown.removeLast() }
    return EditText.cut(shown, to: 40)
  }

  // MARK: - Completion

  /// The labels of `CompletionItem`s with their details; nil if it holds none.
  private func completions(_ result: JSON) -> [StyledText]? {
    guard let items = result["items"] ?? (result.kind == .array ? result : nil),
      let first = items[0], first["label"]?.string != nil,
      first["kind"] != nil || first["insertText"] != nil || first["textEdit"] != nil
        || first["sortText"] != nil
    else { return nil }
    let sorted = items.elements.prefix(5000).sorted { Self.order($0) < Self.order($1) }
    var table = Table([.init(""), .init("", isFlexible: true)])
    for item in sorted.prefix(12) {
      let label = item["label"]?.string ?? ""
      let details =
        item["labelDetails"]?["detail"]?.string ?? item["detail"]?.string ?? ""
      table.add([
        StyledText(SafeText.escape(label), .method), StyledText(SafeText.escape(details), .dim),
      ])
    }
    let lines = table.lines(width: 100)
    if items.count <= 12 { return lines }
    return lines + [StyledText("… \(items.count - 12) more", .dim)]
  }

  private static func order(_ item: JSON) -> String {
    item["sortText"]?.string ?? item["label"]?.string ?? ""
  }

  // MARK: - Code actions

  /// The titles of `CodeAction`s and `Command`s, and the edits that they bring along.
  private func actions(_ result: JSON) -> [StyledText] {
    let items = result.kind == .array ? Array(result.elements) : [result]
    var lines: [StyledText] = []
    for (place, item) in items.prefix(50).enumerated() {
      guard let title = item["title"]?.string else { continue }
      var line = StyledText("[\(place)] ", .dim) + StyledText(SafeText.escape(title), .strong)
      if let kind = item["kind"]?.string { line.append("  \(SafeText.escape(kind))", .dim) }
      lines.append(line)
      guard let edit = item["edit"] else { continue }
      lines += EditText.workspace(edit, sources, limit: 6).map { StyledText("    ") + $0 }
    }
    return EditText.cut(lines, to: 60)
  }
}
