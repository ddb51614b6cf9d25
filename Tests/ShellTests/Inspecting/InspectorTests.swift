import JSONRPC
import LosslessJSON
import Terminal
import TestChannels
import Testing
import Wire

@testable import Shell

@Suite("Inspecting a text without a server")
struct InspectorTests {
  private static let golden = Golden(beside: #filePath, up: 2)

  static func inspect(
    _ text: String, _ change: (inout Inspector.Options) -> Void = { _ in }
  ) -> Inspection {
    var options = Inspector.Options()
    change(&options)
    return Inspector.inspect(Array(text.utf8), source: "file", options)
  }

  static func rules(_ inspection: Inspection) -> [String] {
    inspection.findings.map(\.finding.rule)
  }

  static func request(_ id: String, _ method: String = "get") -> String {
    #"{"jsonrpc":"2.0","method":"\#(method)","id":\#(id)}"#
  }

  static func reply(_ id: String) -> String {
    #"{"jsonrpc":"2.0","result":19,"id":\#(id)}"#
  }

  @Test("as it stands on the screen", arguments: [40, 80])
  func screens(_ width: Int) {
    let texts = [
      Self.reply("1"),
      "{\n  \"jsonrpc\": \"2.0\",\n  \"result\": [1, 2,],\n  \"id\": 1\n}\n",
      #"{"name": "no JSON-RPC"}"#, "", "<html>", Self.request("1"),
      Self.request("1") + "\n" + Self.reply("\"1\""),
      "--> \(Self.request("1"))\n<-- \(Self.reply("2")) (200 OK, 1.2 ms, 41 B)\n",
      [
        Self.request("1"), Self.request("2", "lost"), Self.reply("1"), "starting up",
        #"{"jsonrpc":"2.0","result":1,"error":{"code":1},"id":3}"#, Self.reply("1"),
        #"{"jsonrpc":"2.0","method":"tick"}"#, "{\"jsonrpc\": ",
      ].joined(separator: "\n"),
      "Content-Length: 36\r\n\r\n" + Self.reply("1") + "Content-Length: 36\r\n\r\n"
        + Self.reply("1"),
      Self.reply("1") + "  " + Self.reply("2"),
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"result\": 1, \"id\": null}",
      "HTTP/1.1 502 Bad Gateway\nContent-Type: text/html\n\n<html><title>502</title></html>",
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50\r\n\r\n{\"jsonrpc\": \"2.0\", \"res",
    ]
    let screen = texts.map { text in
      "==== \(text.prefix(60).debugDescription)\n"
        + InspectionText(Self.inspect(text), width: width, isWrapped: true).whole.plain
    }.joined(separator: "\n")
    #expect(Self.golden.difference("inspect-\(width)", screen) == nil)
  }

  @Test("replies of a log find their requests by id, in any order")
  func pairing() {
    let log = [
      Self.request("1"), Self.request("\"1\""), Self.request("2", "lost"), Self.reply("\"1\""),
      Self.reply("1"),
    ].joined(separator: "\n")
    let inspection = Self.inspect(log)
    #expect(inspection.form == .lines)
    #expect(inspection.messages.map(\.partner) == [5, 4, nil, 2, 1])
    #expect(inspection.unanswered.map(\.number) == [3])
    #expect(Self.rules(inspection).isEmpty)
  }

  @Test("the two directions of a log have ids of their own")
  func directions() {
    let log = """
      --> \(Self.request("1", "ours"))
      <-- \(Self.request("1", "theirs"))
      --> \(Self.reply("1"))
      <-- \(Self.reply("1"))
      """
    let inspection = Self.inspect(log)
    #expect(inspection.messages.map(\.partner) == [4, 3, 2, 1])
    #expect(Self.rules(inspection).isEmpty)
  }

  @Test("what answers nothing, or twice, is said")
  func strays() {
    let log = [Self.request("1"), Self.reply("1"), Self.reply("1"), Self.reply("9")]
    let inspection = Self.inspect(log.joined(separator: "\n"))
    #expect(Self.rules(inspection) == ["rpc.id-duplicate", "rpc.id-unknown"])
    #expect(inspection.findings[0].finding.message.contains("message 2"))
    #expect(inspection.findings.map(\.number) == [3, 4])
    // A log of replies alone says nothing about what they answer.
    #expect(Self.rules(Self.inspect(log.dropFirst().joined(separator: "\n"))).isEmpty)
  }

  @Test("a batch is answered by an array, or by its ids")
  func batches() {
    let batch = "[\(Self.request("1")),\(Self.request("2"))]"
    #expect(
      Self.rules(Self.inspect("\(batch)\n[\(Self.reply("2")),\(Self.reply("1"))]")).isEmpty)
    #expect(
      Self.rules(Self.inspect("\(batch)\n[\(Self.reply("2"))]")) == ["rpc.batch-missing"])
  }

  @Test("a request given apart, a version and a mode decide what is wrong")
  func options() {
    let request = Array(Self.request("7").utf8)
    #expect(
      Self.rules(Self.inspect(Self.reply("1")) { $0.request = request }) == ["rpc.id-mismatch"])
    let old = #"{"result": 1, "error": null, "id": 1}"#
    #expect(!Self.inspect(old).hasErrors)
    #expect(Self.rules(Self.inspect(old) { $0.version = .v1 }).isEmpty)
    #expect(Self.inspect(old) { $0.mode = .strict }.hasErrors)
    let odd = #"{"jsonrpc": "2.0", "result": 1, "error": {}, "id": 1}"#
    #expect(Self.inspect(odd).hasErrors)
    #expect(!Self.inspect(odd) { $0.mode = .lenient }.hasErrors)
  }

  @Test("as told, text is held to what it was not taken for")
  func told() {
    #expect(Self.rules(Self.inspect(#"{"a": 1}"#)).isEmpty)
    #expect(Self.rules(Self.inspect(#"{"a": 1}"#) { $0.form = .reply }) == ["rpc.not-a-response"])
    let odd = #"{"result": 1, "error": 2}"#
    #expect(Self.rules(Self.inspect(odd) { $0.form = .json }).isEmpty)
    #expect(Self.inspect("\(Self.reply("1"))\n") { $0.form = .lines }.messages.count == 1)
  }

  @Test("as records, one object a line")
  func records() throws {
    let inspection = Self.inspect("\(Self.request("1"))\n\(Self.reply("2"))")
    let lines = String(decoding: InspectionRecord.lines(inspection), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count == 1)
    let record = try JSON(reading: lines[0])
    #expect(record["rule"]?.string == "rpc.id-mismatch")
    #expect(record["severity"]?.string == "error")
    #expect(record["line"]?.int == 2)
    #expect(record["length"]?.int == 1)
    #expect(record["column"]?.int == 35)
    #expect(record["byte"]?.int == Self.request("1").utf8.count + 35)
    #expect(record["number"]?.int == 2)
    #expect(record["file"]?.string == "file")
    for name in ["message", "hint", "section"] { #expect(record[name]?.string != nil) }
  }

  @Test("a reply that was encoded twice is no reply")
  func encodedTwice() throws {
    for text in [Self.reply("1"), " [\(Self.reply("1"))]"] {
      let inspection = Self.inspect(JSON(text).text)
      #expect(Self.rules(inspection) == ["rpc.not-a-response"])
      #expect(inspection.findings[0].finding.message.contains("encoded twice"))
    }
    // Any other string is a value as good as another.
    for text in ["{", "a", "\(Self.reply("1"))x", "{\"a\": 1}"] {
      #expect(Self.rules(Self.inspect(JSON(text).text)).isEmpty, "\(text)")
    }
    let told = Self.inspect(JSON("[1]").text) { $0.form = .reply }
    #expect(told.findings[0].finding.message.contains("encoded twice"))
    let plain = Self.inspect("\"a\"") { $0.form = .reply }
    #expect(plain.findings[0].finding.message.contains("a reply is an object"))
  }

  @Test("a message behind other text on its line is seen, and looked at")
  func prefixes() throws {
    for prefix in ["DEBUG ", "2026-11-21 13:38:45 [INFO] (main) sent: ", "[INFO] "] {
      for text in [Self.reply("1"), Self.request("1") + "\n" + prefix + Self.reply("true")] {
        let inspection = Self.inspect("\(prefix)\(text)\n")
        #expect(inspection.form == .lines, "\(prefix)")
        #expect(Self.rules(inspection).first == "frame.log-inside")
        #expect(inspection.findings[0].finding.range == 0..<prefix.utf8.count)
        let isPair = text.contains("\n")
        #expect(inspection.messages.count == (isPair ? 2 : 1))
        #expect(Self.rules(inspection).contains("rpc.id-type") == isPair)
      }
    }
    // What else stands before a value on its line is told by its own name.
    let others = [
      "for(;;);": "json.xssi-prefix", "callback(": "json.jsonp", "data: ": "json.not-json",
    ]
    for (prefix, rule) in others {
      let text = prefix + Self.reply("1") + (prefix.hasSuffix("(") ? ")" : "\n")
      #expect(Self.rules(Self.inspect(text)) == [rule], "\(prefix)")
    }
  }

  /// A body as it was captured, the rules of its findings, and what the last of them marks.
  static let bodies: [(head: String, body: String, rules: [String], marked: String)] = [
    ("Content-Length: 36", reply("1"), [], ""),
    ("Content-Length: 36", reply("1") + "\r\n", [], ""),
    ("Content-Length: 36", reply("1") + "\ndone.\n", ["http.surplus"], "done."),
    ("Transfer-Encoding: chunked", reply("1"), [], ""),
    ("Transfer-Encoding: chunked", "24\r\n\(reply("1"))\r\n0\r\n\r\n", [], ""),
    (
      "Transfer-Encoding: chunked",
      "5;a=b\r\n{\"jso\r\n1F\r\n\(reply("1").dropFirst(5))\r\n0\r\nX-A: b\r\n\r\n", [], ""
    ),
    ("Transfer-Encoding: chunked", "24\r\n\(reply("1"))\r\n", ["http.body-cut-short"], ""),
    (
      "Transfer-Encoding: chunked", "24\r\n{\"jsonrpc\":",
      ["http.body-cut-short", "json.truncated"], ""
    ),
    (
      "Transfer-Encoding: chunked", "24\r\n\(reply("1"))\r\n0\r\n\r\nmore",
      ["http.surplus"], "more"
    ),
    (
      "Transfer-Encoding: chunked", "20\r\n\(reply("1"))\r\n0\r\n\r\n",
      ["http.body-cut-short", "json.truncated"], ""
    ),
    ("Content-Length: many", reply("1"), ["http.length-invalid"], "Content-Length: many"),
    (
      "Content-Length: 20\r\nContent-Length: 36", reply("1"), ["http.length-conflict"],
      "Content-Length: 36"
    ),
    (
      "Content-Length 36", reply("1"), ["http.header-malformed", "http.no-length"],
      "HTTP/1.1 200 OK"
    ),
    (
      "Content-Lenght: 36", reply("1"), ["http.header-misspelt", "http.no-length"],
      "HTTP/1.1 200 OK"
    ),
    (
      "Content-Length: 40", "{\"jsonrpc\":\"2.0\",\"result\":\"häß€\",\"id\":1}\n",
      ["http.length-in-characters"], "\":1}"
    ),
    ("Content-Encoding: gzip", reply("1"), ["http.no-length"], ""),
    ("Content-Encoding: gzip\r\nContent-Length: 20", reply("1"), [], ""),
  ]

  @Test("bodies are taken out of their framing, which is checked", arguments: bodies)
  func captured(head: String, body: String, rules: [String], marked: String) throws {
    let text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(head)\r\n\r\n\(body)"
    let inspection = Self.inspect(text)
    #expect(Self.rules(inspection) == rules)
    if rules.isEmpty || rules == ["http.surplus"] {
      let message = String(decoding: inspection.messages[0].bytes, as: UTF8.self)
      #expect(message.hasPrefix(Self.reply("1")) && message.utf8.count <= 38)
    }
    guard !marked.isEmpty else { return }
    let range = try #require(inspection.findings.last?.finding.range)
    #expect(String(decoding: inspection.bytes[range], as: UTF8.self) == marked)
  }

  @Test("a body that is still compressed is named so, and nothing else is said of it")
  func compressed() throws {
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nContent-Type: application/json\r\n\r\n"
    let text = Array(head.utf8) + [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3]
    let inspection = Inspector.inspect(text, source: "file", Inspector.Options())
    #expect(Self.rules(inspection) == ["http.decompression"])
    let finding = inspection.findings[0].finding
    #expect(finding.message.contains("gzip") && finding.hint.contains("curl --compressed"))
    let range = try #require(finding.range)
    #expect(String(decoding: text[range], as: UTF8.self) == "content-encoding")
  }

  @Test("the last head of several is the reply's")
  func heads() throws {
    let text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n"
      + "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nHTTP/1.1 is no head here"
    let dump = try #require(HTTPDump(Array(text.utf8)))
    #expect(dump.head.status == 200)
    #expect(dump.head.header("content-type") == "text/plain")
    #expect(String(text.utf8.dropFirst(dump.body.lowerBound)) == "HTTP/1.1 is no head here")
    #expect(HTTPDump(Array("HTTP/".utf8)) == nil)
    #expect(HTTPDump([]) == nil)
    #expect(HTTPDump(Array("HTTP/1.1 200".utf8))?.body.isEmpty == true)
  }

  @Test("of a large broken message the beginning is shown, and how to see all")
  func large() {
    let deep = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + String(repeating: "[", count: 2000)
    let inspection = Self.inspect(deep)
    let text = InspectionText(inspection, width: 80, isWrapped: true).whole.plain
    #expect(text.utf8.count { $0 == 0x0A } < 70 && text.utf8.count < 8000)
    #expect(text.contains(" more lines; `--full` shows all of it\n"))
    let whole = InspectionText(inspection, width: 80, isWrapped: true, isFull: true).whole.plain
    #expect(whole.utf8.count { $0 == 0x0A } > 2000 && !whole.contains("--full"))
    let word = String(repeating: "x", count: 200_000)
    for broken in ["{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\(word)\",}", "[\"\(word)\" tru]"] {
      let text = InspectionText(Self.inspect(broken), width: 80, isWrapped: true).whole.plain
      #expect(text.utf8.count < 4000)
      #expect(text.contains("kB more"), "\(text)")
      #expect(text.contains("\n… `--full` shows all of it\n"))
    }
  }

  @Test("in a shell, of a file or of the text itself")
  func command() async throws {
    let shell = try ShellHarness()
    let text = try await shell.run(#".inspect {"jsonrpc": "2.0", "result": 19, "id": 1}"#)
    #expect(text.output.contains("a 2.0 result, id 1, 41 B: nothing wrong"))
    #expect(text.status == .ok)
    let broken = try await shell.run(".inspect [1, 2")
    #expect(broken.status == .malformed)
    #expect(broken.output.contains("json."))
    let full = try await shell.run(".inspect --full [\"\(String(repeating: "x", count: 900))\",]")
    #expect(full.status == .malformed)
    #expect(full.output.contains(String(repeating: "x", count: 900)))
    let missing = try await shell.run(".inspect /no/such/file")
    #expect(missing.status == .usage)
    #expect(missing.error.contains("there is no file /no/such/file"))
    #expect(try await shell.run(".inspect").status == .usage)
  }
}
