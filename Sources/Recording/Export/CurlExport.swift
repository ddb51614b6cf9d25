import Session
import Wire

/// Commands for curl, one a request.
public enum CurlExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "curl" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "sh" }
  /// One line about it.
  public static var summary: String {
    "curl commands (requests only; URLs only; masked values stay so)"
  }

  /// The commands as a script for `sh`.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var text = FileText()
    text.line("#!/bin/sh")
    guard session.isHTTP else {
      text.line("# \(oneLine(session.header.target)) is no URL: curl can't reach it.")
      return text.bytes
    }
    for recorded in session.scripted { write(recorded, session.header, &text) }
    return text.bytes
  }

  private static func write(
    _ recorded: RecordedExchange, _ header: RecordingHeader, _ text: inout FileText
  ) {
    let target = header.target
    let exchange = recorded.exchange
    text.line("# \(exchange.number): \(oneLine(exchange.method ?? exchange.kind.word))")
    if !recorded.maskedNames.isEmpty {
      text.line("# masked: \(oneLine(recorded.maskedNames.joined(separator: ", ")))")
    }
    var words = ["curl", "--silent", "--show-error"]
    // To curl, these letters in a URL stand for several.
    if target.contains(where: { "[]{}".contains($0) }) { words.append("--globoff") }
    for field in exchange.ownHeaders(withAccept: header.dialect != "plain") {
      // Without a value, a colon would take the header away.
      let line = field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
      words += ["--header", quoted(line)]
    }
    let command = (words + ["--data-binary"]).joined(separator: " ")
    let data = String(validating: exchange.request, as: UTF8.self)
    if let data, !exchange.request.contains(0), !data.hasPrefix("@"),
      exchange.request.count < longestWord
    {
      text.line("\(command) \(quoted(data)) \(quoted(target))")
    } else {
      // A shell word can't hold every byte, nor any length, and one that begins with @ names a file.
      var coded: [UInt8] = []
      Base64.encode(exchange.request, into: &coded)
      let body = String(decoding: coded, as: UTF8.self)
      text.line("printf %s \(body) | base64 -d | \(command) @- \(quoted(target))")
    }
    text.line("echo")
  }

  /// Linux takes arguments of 128 KB.
  private static let longestWord = 100_000

  /// A word for `sh` that means exactly that text.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }

  /// A text without line ends and other control characters, for a comment.
  static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 })
    )
  }
}
