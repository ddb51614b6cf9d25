public import LosslessJSON
import Session
public import Terminal

/// Edits that a language server proposes, a line each.
public enum EditText {
  /// A `WorkspaceEdit`: of each document its edits, and what becomes of files. Empty if it is none.
  public static func workspace(
    _ edit: JSON, _ sources: DocumentSources, limit: Int = 60
  ) -> [StyledText] {
    var lines: [StyledText] = []
    for change in edit["documentChanges"]?.elements.map({ $0 }) ?? [] {
      if let kind = change["kind"]?.string {
        lines.append(file(kind, change, sources))
      } else if let uri = change["textDocument"]?["uri"]?.string, let edits = change["edits"] {
        lines += self.edits(edits, of: uri, sources)
      }
    }
    if lines.isEmpty {
      for change in edit["changes"]?.members.map({ $0 }) ?? [] {
        lines += edits(change.value, of: change.name, sources)
      }
    }
    return cut(lines, to: limit)
  }

  /// The `TextEdit`s of one document; empty if they are none.
  public static func document(
    _ edits: JSON, of uri: String, _ sources: DocumentSources, limit: Int = 60
  ) -> [StyledText] {
    cut(self.edits(edits, of: uri, sources), to: limit)
  }

  static func cut(_ lines: [StyledText], to limit: Int) -> [StyledText] {
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + [StyledText("… \(lines.count - limit) more", .dim)]
  }

  private static func edits(
    _ list: JSON, of uri: String, _ sources: DocumentSources
  ) -> [StyledText] {
    let text = sources.text(uri)
    return list.elements.flatMap { edit -> [StyledText] in
      guard let range = LSPRange(edit["range"]),
        let new = edit["newText"]?.string ?? edit["snippet"]?["value"]?.string
      else { return [] }
      if range.end.line > range.start.line, let text {
        return lines(of: range, new, text, uri, sources)
      }
      var line = sources.placed(uri, range, in: text)
      line.append("  ")
      if range.start != range.end {
        let old = text.map { $0.text(in: range, sources.encoding) }
        line.append(quoted(old ?? "…"), .error)
        line.append(" → ", .dim)
      } else {
        line.append("+ ", .success)
      }
      line.append(new.isEmpty ? "nothing" : quoted(new), new.isEmpty ? .dim : .success)
      return [line]
    }
  }

  /// An edit of several lines, as a comparison shows it: only what differs.
  private static func lines(
    of range: LSPRange, _ new: String, _ text: DocumentText, _ uri: String,
    _ sources: DocumentSources
  ) -> [StyledText] {
    let old = text.text(in: range, sources.encoding)
    let change = LineComparison(old, new)
    let first = sources.place(range.start, in: text).line + change.start
    var lines = [StyledText(sources.name(uri), .method) + StyledText(":\(first)", .number)]
    for (sign, role, side) in [("- ", Role.error, change.old), ("+ ", .success, change.new)] {
      for line in side.prefix(12) {
        lines.append(StyledText("  " + sign, role) + StyledText(quoted(line, most: 100), role))
      }
      if side.count > 12 {
        lines.append(StyledText("  \(sign)… \(side.count - 12) more lines", .dim))
      }
    }
    return lines
  }

  /// A piece of text on one line, cut if it is long.
  private static func quoted(_ text: String, most: Int = 60) -> String {
    let safe = SafeText.escape(String(text.prefix(200)), .keepTabs)
    return safe.count > most || text.count > 200 ? safe.prefix(most) + "…" : safe
  }

  private static func file(
    _ kind: String, _ change: JSON, _ sources: DocumentSources
  ) -> StyledText {
    var line = StyledText(SafeText.escape(kind) + " ", .warning)
    let name = { (member: String) in change[member]?.string.map(sources.name) ?? "?" }
    if change["oldUri"] != nil {
      line.append("\(name("oldUri")) → \(name("newUri"))", .method)
    } else {
      line.append(name("uri"), .method)
    }
    return line
  }
}
