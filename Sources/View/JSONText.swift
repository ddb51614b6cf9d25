public import LosslessJSON
public import Terminal

/// JSON as styled text that is safe to show.
public enum JSONText {
  /// A value laid out over lines no wider than `width` where that can be.
  ///
  /// Of more than `maxLines` lines the first are given, and how many were left out. Of a string
  /// of more than `maxTokenBytes` the beginning is given and how much was left out.
  public static func pretty(
    _ value: JSON, width: Int, maxLines: Int = .max, maxTokenBytes: Int = .max
  ) -> (text: StyledText, omitted: Int) {
    var sink = StyledSink(maxLines: maxLines, maxTokenBytes: maxTokenBytes)
    JSONFormatter(width: max(width, 20)).format(value, into: &sink)
    return (sink.text, sink.omitted)
  }

  /// Any text as JSON on one line, coloured as far as it is any; newlines are shown escaped.
  ///
  /// Of more than `limit` bytes the beginning is given and how much was left out.
  public static func line(_ bytes: some Collection<UInt8>, limit: Int = .max) -> StyledText {
    let shown = Array(bytes.prefix(limit))
    var text = StyledText()
    // Newlines between tokens are no part of the value: a blank reads better than an escape.
    for token in JSONLexer.tokens(shown[...]) {
      let part = shown[token.range]
      if token.role == .blank {
        text.append(" ")
      } else {
        text.append(SafeText.escape(bytes: part), token.role.style)
      }
    }
    if bytes.count > limit {
      text.append(" … \(Units.text(bytes: bytes.count - limit)) more", .dim)
    }
    return text
  }

  /// Text that is no JSON, as it is, with its newlines.
  public static func raw(_ bytes: some Collection<UInt8>, limit: Int = .max) -> StyledText {
    var text = StyledText(SafeText.escape(bytes: Array(bytes.prefix(limit)), .text), .serverText)
    if bytes.count > limit {
      text.append("\n… \(Units.text(bytes: bytes.count - limit)) more", .dim)
    }
    return text
  }
}

private struct StyledSink: JSONTokenSink {
  let maxLines: Int
  let maxTokenBytes: Int
  var text = StyledText()
  var omitted = 0
  private var lines = 1

  init(maxLines: Int, maxTokenBytes: Int) {
    self.maxLines = maxLines
    self.maxTokenBytes = maxTokenBytes
  }

  mutating func token(_ bytes: ArraySlice<UInt8>, _ role: JSONRole) {
    guard omitted == 0 else { return }
    text.append(SafeText.escape(bytes: bytes.prefix(maxTokenBytes)), role.style)
    if bytes.count > maxTokenBytes {
      text.append(" … \(Units.text(bytes: bytes.count - maxTokenBytes)) more", .dim)
    }
  }

  mutating func newLine(indent: Int) {
    lines += 1
    if lines > maxLines {
      omitted += 1
    } else {
      text.append("\n" + String(repeating: " ", count: indent))
    }
  }
}

extension JSONRole {
  /// How a piece of JSON is shown.
  public var style: Role {
    switch self {
    case .key: .key
    case .string: .string
    case .number: .number
    case .literal: .literal
    case .punctuation: .punctuation
    case .blank: .plain
    case .invalid: .error
    }
  }
}
