/// Makes terminal output of styled text: with colours, or without.
public struct Renderer: Sendable {
  /// Whether colours are written.
  public var color: Bool
  /// How the roles look.
  public var theme: Theme

  /// A renderer that writes colours or leaves them out.
  public init(color: Bool, theme: Theme = .standard) {
    self.color = color
    self.theme = theme
  }

  /// The text as bytes for a terminal.
  ///
  /// The text itself is written as it is; what came from outside went through `SafeText` before.
  public func render(_ text: StyledText) -> String {
    guard color else { return text.plain }
    var output = ""
    for span in text.spans { append(span, to: &output) }
    return output
  }

  private func append(_ span: Span, to output: inout String) {
    let code = theme[span.role]
    if code.isEmpty {
      output += span.text
      return
    }
    // A colour never crosses a newline: pagers and `grep` cut there.
    var first = true
    for line in span.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !first { output += "\n" }
      first = false
      if line.isEmpty { continue }
      output += "\u{1b}[\(code)m"
      output += line
      output += "\u{1b}[0m"
    }
  }
}
