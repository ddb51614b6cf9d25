import JSONRPC
import LosslessJSON
import Session

/// A test for Swift Testing that sends the requests with this package's libraries and expects the same
/// results and error codes.
public enum SwiftTestExport: SessionExport {
  /// The word that `.export` takes.
  public static var name: String { "swift" }
  /// The ending of such a file's name.
  public static var fileExtension: String { "swift" }
  /// One line about it.
  public static var summary: String { "a Swift test with the results expected (calls only)" }

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

        /// Request, result as JSON (nil for an error), and the error's code.
        static let calls: [(request: String, result: String?, code: Int?)] = [

      """)
    for exchange in session.own {
      guard let response = exchange.response, exchange.kind != .batch,
        let request = String(validating: exchange.request, as: UTF8.self)
      else { continue }
      let result = response.result.map { literal($0.text) } ?? "nil"
      let code = response.code.map(String.init) ?? "nil"
      text.line("    (\(literal(request)), \(result), \(code)),")
    }
    let make =
      session.isHTTP
      ? "try HTTPChannel(url: Self.target)" : "try Target(parsing: Self.target).makeStreamChannel()"
    text.add(
      """
        ]

        @Test(arguments: calls) func `It replies as it did`(
          request: String, result: String?, code: Int?
        ) async throws {
          let client = try Client(makeChannel: { () throws(WireError) in \(make) })
          let exchange = await client.send(Outgoing(raw: Array(request.utf8)))
          await client.close()
          let response = try #require(exchange.response)
          #expect(response.code == code)
          if let result {
            let expected = try JSON(reading: result)
            #expect(response.result?.isEquivalent(to: expected) == true)
          }
        }
      }

      """)
    return text.bytes
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
