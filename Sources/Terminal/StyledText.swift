/// A run of text with one meaning.
public struct Span: Sendable, Hashable {
  /// The characters.
  public var text: String
  /// What they mean.
  public var role: Role

  /// A run of text with that meaning.
  public init(_ text: String, _ role: Role = .plain) {
    self.text = text
    self.role = role
  }
}

/// Text whose parts have meanings, before a renderer makes colours of them.
public struct StyledText: Sendable, Hashable {
  /// The runs in order; neighbours have different roles when built by `append`.
  public private(set) var spans: [Span]

  /// Nothing.
  public init() { spans = [] }

  /// One run.
  public init(_ text: String, _ role: Role = .plain) {
    spans = text.isEmpty ? [] : [Span(text, role)]
  }

  /// Several runs.
  public init(_ spans: [Span]) {
    self.spans = []
    for span in spans { append(span.text, span.role) }
  }

  /// Adds a run at the end, joining it with a last run of the same role.
  public mutating func append(_ text: String, _ role: Role = .plain) {
    if text.isEmpty { return }
    if let last = spans.indices.last, spans[last].role == role {
      spans[last].text += text
    } else {
      spans.append(Span(text, role))
    }
  }

  /// Adds another text at the end.
  public mutating func append(_ other: StyledText) {
    for span in other.spans { append(span.text, span.role) }
  }

  /// The characters without their meanings.
  public var plain: String {
    spans.count == 1 ? spans[0].text : spans.reduce(into: "") { $0 += $1.text }
  }

  /// Whether there is no character in it.
  public var isEmpty: Bool { spans.isEmpty }

  /// The columns it takes on one row.
  public var columns: Int { spans.reduce(0) { $0 + displayWidth($1.text) } }

  /// One text after the other.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.append(right)
    return sum
  }

  /// Adds a text at the end.
  public static func += (left: inout StyledText, right: StyledText) { left.append(right) }

  /// The lines it consists of, without their newlines.
  public var lines: [StyledText] {
    var lines = [StyledText()]
    for span in spans {
      var rest = span.text[...]
      while let newline = rest.firstIndex(where: \.isNewline) {
        lines[lines.count - 1].append(String(rest[..<newline]), span.role)
        lines.append(StyledText())
        rest = rest[rest.index(after: newline)...]
      }
      lines[lines.count - 1].append(String(rest), span.role)
    }
    return lines
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  /// Gathers the parts of a literal such as `"calling \(name, .method)"`.
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = StyledText()

    /// Starts empty.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds the characters of the literal itself, as plain text.
    public mutating func appendLiteral(_ literal: String) { text.append(literal) }

    /// Adds text with a meaning.
    public mutating func appendInterpolation(_ part: String, _ role: Role = .plain) {
      text.append(part, role)
    }

    /// Adds anything that describes itself, with a meaning.
    public mutating func appendInterpolation(
      _ part: some CustomStringConvertible, _ role: Role = .plain
    ) {
      text.append(part.description, role)
    }

    /// Adds text that has meanings already.
    public mutating func appendInterpolation(_ part: StyledText) { text.append(part) }
  }

  /// Plain text.
  public init(stringLiteral value: String) { self.init(value) }

  /// Text made of a literal's parts.
  public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }
}
