import JSONRPC
import LosslessJSON
import Session
import Wire

/// A test for Swift Testing that sends the requests with this package's libraries, over one connection
/// and in order, and expects the same results and error codes.
public enum SwiftTestExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "swift" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "swift" }
  /// One line about it.
  public static var summary: String {
    "a Swift test with the results expected (no batches, no bytes that are no text)"
  }

  /// The test's source.
  public static func write(_ session: ExportedSession) -> [UInt8] {
    var text = FileText()
    text.add(
      """
      import LosslessJSON
      import Session
      import Testing
      import Wire

      /// What a recorded session expects of its server.
      @Suite struct RecordedSessionTests {
        static let target = \(literal(session.header.target))

        /// What is sent, and what has to come.
        struct Call: Sendable {
          var request: String
          /// As JSON; nil for an error.
          var result: String?
          var code: Int?
          /// Whether a reply is due at all.
          var isCall = true
        }

        static let calls: [Call] = [

      """)
    for recorded in session.scripted { write(recorded, &text) }
    text.add(
      """
        ]

        @Test func `It replies as it did`() async throws {
          let client = try Client(makeChannel: { () throws(WireError) in
            \(channel(session))
          })
          for call in Self.calls {
            let exchange = await client.send(Outgoing(raw: Array(call.request.utf8)))
            guard call.isCall else { continue }
            guard let response = exchange.response else {
              Issue.record("no reply to \\(call.request)")
              continue
            }
            #expect(response.code == call.code, "\\(call.request)")
            if let result = call.result {
              let expected = try JSON(reading: result)
              #expect(response.result?.isEquivalent(to: expected) == true, "\\(call.request)")
            }
          }
          await client.close()
        }
      }

      """)
    return text.bytes
  }

  private static func write(_ recorded: RecordedExchange, _ text: inout FileText) {
    let exchange = recorded.exchange
    guard exchange.kind != .batch, let request = String(validating: exchange.request, as: UTF8.self)
    else { return }
    text.line(
      "    // \(exchange.number): \(VisibleText.line(exchange.method ?? exchange.kind.word))")
    if !recorded.maskedNames.isEmpty {
      text.line("    // masked: \(VisibleText.line(recorded.maskedNames.joined(separator: ", ")))")
    }
    if let response = exchange.response {
      let result = response.result.map { literal($0.text) } ?? "nil"
      let code = response.code.map(String.init) ?? "nil"
      text.line("    Call(request: \(literal(request)), result: \(result), code: \(code)),")
    } else if exchange.kind == .notification {
      text.line("    Call(request: \(literal(request)), isCall: false),")
    }
  }

  /// How the target is reached, as an expression.
  private static func channel(_ session: ExportedSession) -> String {
    if session.isHTTP { return "try HTTPChannel(url: Self.target)" }
    guard let framing = FramingName(rawValue: session.header.framing) else {
      return "try Target(parsing: Self.target).makeStreamChannel()"
    }
    return """
      try Target(parsing: Self.target).makeStreamChannel(
              StreamOptions(framing: .\(framing)))
      """
  }

  /// A literal of Swift that means that text, in ASCII.
  static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\" + String(scalar)
      case "\n": literal += "\\n"
      case " "..."~": literal.unicodeScalars.append(scalar)
      default: literal += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return literal + "\""
  }
}
