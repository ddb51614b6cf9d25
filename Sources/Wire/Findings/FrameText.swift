import LosslessJSON

/// The findings about framing, in words.
enum FrameText {
  private static let lsp = "LSP base protocol, Header Part"

  // MARK: - The announced length

  /// The announced length against the true one.
  static func length(_ said: Int, _ body: [UInt8], _ block: [UInt8]) -> Finding {
    let size = body.count
    if said > size {
      return tooLong(said, size, block, "the message ends after \(size) bytes", "too many")
    }
    let field = lengthRange(block)
    let scalars = TextCount.scalars(body)
    let fix = "the server must send the number of bytes of the UTF-8 text"
    if said == scalars {
      return WireRule.lengthInCharacters.finding(
        "Content-Length says \(said), which is the text's length in characters; in bytes it is "
          + "\(size)", range: field, evidence: block, hint: fix, section: lsp)
    }
    if said == TextCount.utf16(body) {
      return WireRule.lengthInUTF16.finding(
        "Content-Length says \(said), which is the text's length in UTF-16 units; in bytes it is "
          + "\(size)", range: field, evidence: block, hint: fix, section: lsp)
    }
    return WireRule.lengthTooShort.finding(
      "Content-Length says \(said), but the message goes on to byte \(size): \(size - said) too few",
      range: field, evidence: block,
      hint: "a client that trusts the length loses the rest, and every message after it",
      section: lsp)
  }

  /// The header line says more than came before `what`.
  static func tooLong(_ said: Int, _ size: Int, _ block: [UInt8], _ what: String, _ rest: String)
    -> Finding
  {
    WireRule.lengthTooLong.finding(
      "Content-Length says \(said), but \(what): \(said - size) \(rest)",
      range: lengthRange(block), evidence: block,
      hint: "a client that trusts the length waits for them, or takes them from the next message",
      section: lsp)
  }

  /// The stream ended inside a body.
  static func cutShort(_ said: Int, _ size: Int, _ block: [UInt8]) -> Finding {
    WireRule.cutShort.finding(
      "the stream ended after \(size) of the \(said) bytes that Content-Length announced: "
        + "\(count(said - size, "byte")) missing", range: lengthRange(block), evidence: block,
      hint: "did the server end in the middle of writing? see what it says on stderr")
  }

  /// The stream ended inside a value whose length nobody told.
  static func cutShort(_ held: [UInt8]) -> Finding {
    WireRule.cutShort.finding(
      "the stream ended inside a message, after \(count(held.count, "byte")) of it",
      range: held.count..<held.count,
      hint: "did the server end in the middle of writing? see what it says on stderr")
  }

  /// The stream was ended on this side inside a message: what `cut` says of it, without the blame.
  static func given(up held: [UInt8], _ cut: Finding) -> Finding {
    var finding = cut
    finding.severity = .note
    finding.message =
      "the connection was closed on this side inside a message, after "
      + "\(count(held.count, "byte")) of it"
    finding.hint = ""
    return finding
  }

  /// The stream is silent inside a message.
  static func stalled(_ held: [UInt8], announced: Int?) -> Finding {
    let tail = Array(held.suffix(80))
    let due = announced.map { " of \($0)" } ?? ""
    let rest = announced.map { ", \($0 - held.count) missing" } ?? ", and its last bracket missing"
    return WireRule.stalled.finding(
      "a message stopped after \(held.count)\(due) bytes: silence\(rest)",
      range: tail.count..<tail.count, evidence: tail,
      hint: "the server may not have flushed its output, or announces more than it sends")
  }

  // MARK: - Shape

  /// That a frame holds several messages; of the first it is told where the second begins.
  static func several(_ number: Int, _ frame: [UInt8], _ ranges: [Range<Int>]) -> Finding {
    let isFirst = number == 1
    let start = ranges[isFirst ? 1 : number - 1].lowerBound
    return WireRule.severalValues.finding(
      "\(ranges.count) messages stand in one frame; "
        + (isFirst ? "the second begins here" : "number \(number) begins here"),
      range: start..<(start + 1), evidence: frame,
      hint: "a client that reads one message for each frame fails here")
  }

  static func carriageReturn(_ line: [UInt8]) -> Finding {
    WireRule.carriageReturn.finding(
      "the line ends in a carriage return alone, where a line feed is expected",
      range: line.firstIndex(of: Byte.carriageReturn).map { $0..<($0 + 1) }, evidence: line,
      hint: "the server must end each message with a line feed (\\n)")
  }

  static func nulSeparated(_ line: [UInt8]) -> Finding {
    WireRule.nulSeparated.finding(
      "a NUL byte ends the message, where a line feed is expected",
      range: line.firstIndex(of: 0).map { $0..<($0 + 1) }, evidence: line,
      hint: "the server must end each message with a line feed (\\n)")
  }

  static func noLineEnd(_ line: [UInt8]) -> Finding {
    WireRule.noLineEnd.finding(
      "no line end follows the message: a client that reads lines would wait for ever",
      range: line.count..<line.count,
      hint: "the server must write a line feed (\\n) after each message, and flush")
  }

  static func multiLine(_ lines: Int, _ firstEnd: Int) -> Finding {
    WireRule.multiLine.finding(
      "one message is spread over \(lines) lines, where each line should be a message",
      range: firstEnd..<(firstEnd + 1),
      hint: "the server must print its JSON on one line; `--framing values` reads it as it is")
  }

  static func unclosed(_ held: [UInt8]) -> Finding {
    WireRule.swallowed.finding(
      "the next message begins before this one is closed", range: held.count..<held.count,
      hint: "a bracket or a quote is missing")
  }

  // MARK: - Encoding

  static var byteOrderMark: Finding {
    WireRule.byteOrderMark.finding(
      "a byte order mark stands before the message", range: 0..<3, evidence: [0xEF, 0xBB, 0xBF],
      hint: "the server must write UTF-8 without BOM", section: "RFC 8259 section 8.1")
  }

  static func utf16(_ bigEndian: Bool) -> Finding {
    WireRule.utf16.finding(
      "the server writes UTF-16 (\(bigEndian ? "big" : "little") endian); the message is shown "
        + "in UTF-8",
      hint: "the server must write UTF-8; on Windows set PYTHONUTF8=1, chcp 65001 "
        + "or the like", section: "RFC 8259 section 8.1")
  }

  // MARK: - Another framing

  static func headersMet(_ line: [UInt8]) -> Finding {
    WireRule.headersMet.finding(
      "the server puts a Content-Length header before its messages", range: 0..<line.count,
      evidence: line, hint: "connect with `--framing headers`, or `.set framing headers`")
  }

  static func netstringMet(_ text: [UInt8]) -> Finding {
    let shown = Array(text.prefix(80))
    return WireRule.netstringMet.finding(
      "the server writes netstrings (LENGTH:MESSAGE,)", range: 0..<shown.count, evidence: shown,
      hint: "connect with `--framing netstring`, or `.set framing netstring`")
  }

  static func noHeader(_ expected: String) -> Finding {
    WireRule.linesMet.finding(
      "\(expected) should stand before the message; there is none", range: 0..<1,
      hint: "connect with `--framing lines` (or `values`), or `.set framing lines`")
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Where the line that tells the length stands in a block.
  static func lengthRange(_ block: [UInt8]) -> Range<Int>? {
    var start = 0
    for line in block.split(separator: Byte.newline, omittingEmptySubsequences: false) {
      if let field = HeaderBlock.field(line), HeaderBlock.Name(field.name).isLength {
        let end = line.last == Byte.carriageReturn ? line.count - 1 : line.count
        return start..<(start + end)
      }
      start += line.count + 1
    }
    return nil
  }
}

/// Counts what servers take for the length of a text.
enum TextCount {
  /// Unicode scalars of UTF-8 text, as Python counts.
  static func scalars(_ text: [UInt8]) -> Int { text.count { $0 & 0xC0 != 0x80 } }

  /// UTF-16 units of UTF-8 text, as Java, C# and JavaScript count.
  static func utf16(_ text: [UInt8]) -> Int { scalars(text) + text.count { $0 >= 0xF0 } }
}
