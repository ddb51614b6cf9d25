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
    for exchange in session.own {
      text.line("# \(exchange.number): \(oneLine(exchange.method ?? exchange.kind.word))")
      var words = ["curl", "--silent", "--show-error"]
      for field in exchange.ownHeaders {
        words += ["--header", quoted("\(field.name): \(field.value)")]
      }
      let command = (words + ["--data-binary"]).joined(separator: " ")
      let target = quoted(session.header.target)
      let data = String(validating: exchange.request, as: UTF8.self)
      if let data, !exchange.request.contains(0), !data.hasPrefix("@") {
        text.line("\(command) \(quoted(data)) \(target)")
      } else {
        // A shell word can't hold every byte, and one that begins with @ names a file.
        var coded: [UInt8] = []
        Base64.encode(exchange.request, into: &coded)
        let body = String(decoding: coded, as: UTF8.self)
        text.line("printf %s \(body) | base64 -d | \(command) @- \(target)")
      }
      text.line("echo")
    }
    return text.bytes
  }

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
