import LosslessJSON
import Testing

@testable import Shell

@Suite("What a pasted text is")
struct InputSnifferTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let form: InputForm

    init(_ form: InputForm, _ text: String) {
      self.form = form
      self.text = text
    }

    var testDescription: String { "\(form.rawValue): \(text.prefix(40))" }
  }

  private static let request = #"{"jsonrpc":"2.0","method":"get","id":1}"#
  private static let reply = #"{"jsonrpc":"2.0","result":19,"id":1}"#

  static let cases: [Case] = [
    Case(.reply, reply), Case(.reply, "\u{FEFF}\n " + reply + "\n"),
    Case(.reply, "[\(reply), \(reply)]"), Case(.reply, #"{"error": null, "id": 1}"#),
    Case(.reply, request),
    Case(.json, #"{"name": "no JSON-RPC"}"#), Case(.json, "[1, 2]"), Case(.json, "7"),
    Case(.json, ""), Case(.json, "\n\n"), Case(.json, "<html>"),
    // Broken, but one value.
    Case(.reply, #"{"jsonrpc": "2.0", "result": [1,], "id": 1}"#),
    Case(.reply, "{\n  'jsonrpc': '2.0',\n  'result': 1\n}"),
    Case(.reply, "{\n  \"result\": [\n    {\"a\": 1},\n    {\"b\": 2}\n    {\"c\": 3}\n  ]"),
    Case(.reply, "{\"jsonrpc\": \"2.0\", \"result\": {\"a\": 1,"),
    Case(.reply, #"{"result": 1}}"#),
    Case(.json, "[\n  {\"a\": 1},\n  {\"b\": 2}\n  {\"c\": 3}\n]"),
    Case(.json, #"{"a": 1} and more"#),
    // Two.
    Case(.pair, request + "\n" + reply), Case(.pair, request + reply),
    Case(.pair, request + "\n" + #"{"jsonrpc":"2.0","result":[1,],"id":1}"# + "\n"),
    Case(.pair, request + "\n{\n  \"result\": {\n"),
    Case(.pair, "{\n  \"method\": \"a\",\n  \"id\": 1\n}\n{\n  \"result\": 1\n}"),
    // Many.
    Case(.lines, reply + "\n" + reply + "\n"), Case(.lines, request + "\r\n" + request + "\r\n"),
    Case(.lines, "server started\n" + request + "\n[INFO] ready\n" + reply + "\n{broken\n"),
    Case(.lines, request + "\n" + request + "\n" + reply),
    Case(.log, "--> \(request)\n<-- \(reply) (1.2 ms, 41 B)\n19\n"),
    Case(.log, "> get\n--> \(request)\n"),
    Case(.values, reply + reply), Case(.values, reply + "  " + reply + request),
    Case(.headers, "Content-Length: 5\r\n\r\nhello"),
    Case(.headers, "INFO: up\ncontent-length: 36\n\n" + reply),
    Case(.headers, "Content-Type: x\r\nContent-Length: 36\r\n\r\n" + reply),
    Case(.http, "HTTP/1.1 200 OK\r\nContent-Length: 36\r\n\r\n" + reply),
    Case(.http, "\nHTTP/2 404 \n\n"),
  ]

  @Test("is told by its looks", arguments: cases)
  func form(_ sample: Case) {
    #expect(InputSniffer.form(of: Array(sample.text.utf8)) == sample.form)
  }

  @Test("is never mistaken so that it crashes")
  func noise() {
    let parts = [
      "{", "}", "[", "]", "\"", "\n", "-->", "<-- ", "(", ")", "Content-Length: ", "9999999999",
      "\r\n\r\n", "HTTP/1.1 200 OK", request(1), "\u{FEFF}", "\0", ":", " ",
    ]
    var state: UInt64 = 42
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<2000 {
      let text = (0..<next(12)).map { _ in parts[next(parts.count)] }.joined()
      for form in [nil] + InputForm.allCases.map(Optional.some) {
        var options = Inspector.Options()
        options.form = form
        let inspection = Inspector.inspect(Array(text.utf8), source: "noise", options)
        for located in inspection.findings where located.finding.evidence == nil {
          let range = located.finding.range ?? 0..<0
          #expect(range.upperBound <= text.utf8.count + 1, "\(text)")
        }
        _ = InspectionText(inspection, width: 40, isWrapped: true).whole
        _ = InspectionRecord.lines(inspection)
      }
    }
  }

  private func request(_ id: Int) -> String { #"{"jsonrpc":"2.0","method":"get","id":\#(id)}"# }
}
