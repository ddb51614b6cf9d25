public import Session
public import Terminal

/// Faults of documents as compilers print them.
public enum DiagnosticText {
  /// `src/a.c:3:7: error: use of undeclared identifier 'x' [clang undeclared_var_use]`, further
  /// lines of the message set in; with the line of the document below it if it is wanted.
  public static func draw(
    _ diagnostic: PublishedDiagnostic, of uri: String, _ sources: DocumentSources,
    text: DocumentText?, showsLine: Bool = false
  ) -> StyledText {
    var line = sources.placed(uri, diagnostic.range.start, in: text)
    line.append(": ")
    line.append("\(diagnostic.severity.word): ", diagnostic.severity.role)
    line.append(message(diagnostic.message))
    let origin = [diagnostic.source, diagnostic.code].filter { !$0.isEmpty }
    if !origin.isEmpty {
      line.append(" [\(SafeText.escape(origin.joined(separator: " ")))]", .dim)
    }
    var lines = [line]
    if showsLine {
      let shown = sources.line(diagnostic.range, in: text)
      if !shown.isEmpty { lines.append(StyledText("    ") + shown) }
    }
    for related in diagnostic.related.prefix(8) {
      let other = related.uri == uri ? text : sources.text(related.uri)
      var line = StyledText("  ")
      line.append(sources.placed(related.uri, related.range.start, in: other))
      line.append(": ")
      line.append(message(related.message, indent: "    "))
      lines.append(line)
    }
    return StyledText(lines: lines)
  }

  /// A message whose further lines are set in, so that none of them can pass for one of ours.
  private static func message(_ text: String, indent: String = "  ") -> StyledText {
    var styled = StyledText()
    let lines = text.split(whereSeparator: \.isNewline).prefix(40)
    for (place, line) in lines.enumerated() {
      if place > 0 { styled.append("\n" + indent) }
      styled.append(SafeText.escape(String(line), .keepTabs), place == 0 ? .strong : .plain)
    }
    return styled
  }

  /// `2 errors, 1 warning`
  public static func count(_ items: [PublishedDiagnostic]) -> String {
    let kinds: [PublishedDiagnostic.Severity] = [.error, .warning, .information, .hint]
    let parts = kinds.compactMap { kind -> String? in
      let count = items.count { $0.severity == kind }
      return count == 0 ? nil : "\(count) \(kind.word)\(count == 1 ? "" : "s")"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}

extension PublishedDiagnostic.Severity {
  /// How it is shown.
  public var role: Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .information: .note
    case .hint: .hint
    }
  }
}
