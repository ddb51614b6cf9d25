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
    let beginning = beginning(
      of: value, width: width, maxLines: maxLines, maxTokenBytes: maxTokenBytes)
    return (beginning.text, beginning.omittedLines)
  }

  /// What is shown of a value that may be too large to be shown whole.
  public struct Beginning: Sendable {
    /// The lines that are shown.
    public var text: StyledText
    /// How many lines follow.
    public var omittedLines: Int
    /// How many of the strings and numbers shown were cut.
    public var cutTokens: Int

    /// Whether that is all of the value.
    public var isWhole: Bool { omittedLines == 0 && cutTokens == 0 }
  }

  /// The first lines of a value, as `pretty` lays it out, and what was left out.
  public static func beginning(
    of value: JSON, width: Int, maxLines: Int, maxTokenBytes: Int
  ) -> Beginning {
    var sink = StyledSink(maxLines: maxLines, maxTokenBytes: maxTokenBytes)
    layout(width: width).format(value, into: &sink)
    return Beginning(text: sink.text, omittedLines: sink.omitted, cutTokens: sink.cut)
  }

  /// Any text as JSON on one line, coloured as far as it is any; newlines are shown escaped.
  ///
  /// Of more than `limit` bytes the beginning is given and how much was left out.
  public static func line(_ bytes: some Collection<UInt8>, limit: Int = .max) -> StyledText {
    let shown = beginning(bytes, limit)
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
    if bytes.count > shown.count {
      text.append(" … \(Units.text(bytes: bytes.count - shown.count)) more", .dim)
    }
    return text
  }

  /// Text that is no JSON, as it is, with its newlines.
  public static func raw(_ bytes: some Collection<UInt8>, limit: Int = .max) -> StyledText {
    let shown = beginning(bytes, limit)
    var text = StyledText(SafeText.escape(bytes: shown, .text), .serverText)
    if bytes.count > shown.count {
      text.append("\n… \(Units.text(bytes: bytes.count - shown.count)) more", .dim)
    }
    return text
  }

  /// At most so many bytes, without a part of a character at the end.
  private static func beginning(_ bytes: some Collection<UInt8>, _ limit: Int) -> [UInt8] {
    var shown = Array(bytes.prefix(limit))
    guard shown.count < bytes.count else { return shown }
    let tail = shown.suffix(4)
    guard let lead = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return shown }
    let length: Int
    switch shown[lead] {
    case 0xF0...0xF4: length = 4
    case 0xE0...0xEF: length = 3
    case 0xC2...0xDF: length = 2
    default: length = 1
    }
    if lead + length > shown.count { shown.removeSubrange(lead...) }
    return shown
  }
}

private struct StyledSink: JSONTokenSink {
  let maxLines: Int
  let maxTokenBytes: Int
  var text = StyledText()
  var omitted = 0
  var cut = 0
  private var lines = 1

  init(maxLines: Int, maxTokenBytes: Int) {
    self.maxLines = maxLines
    self.maxTokenBytes = maxTokenBytes
  }

  mutating func token(_ bytes: ArraySlice<UInt8>, _ role: JSONRole) {
    guard omitted == 0 else { return }
    text.append(SafeText.escape(bytes: bytes.prefix(maxTokenBytes)), role.style)
    if bytes.count > maxTokenBytes {
      cut += 1
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
