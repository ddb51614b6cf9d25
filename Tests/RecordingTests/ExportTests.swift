import JSONRPC
import LosslessJSON
import Session
import Testing
import Wire

@testable import Recording

@Suite struct ExportTests {
  private func session(_ target: String, framing: String = "lines") -> ExportedSession {
    var header = Exchanges.header
    header.target = target
    header.framing = framing
    return ExportedSession(
      header: header,
      exchanges: [
        Exchanges.call(
          1, method: "it's", params: #"{"a": "</script><b>\u0007", "n": 1}"#,
          result: #"{"x": [1, 2.5]}"#,
          status: 200,
          sent: SentHead(
            line: "POST / HTTP/1.1",
            headers: [HeaderField("X-Own", "it's"), HeaderField("Host", "h")])),
        Exchanges.call(
          2, method: "it's", params: #"{"a": null}"#, result: nil,
          error: #"{"code": -32000, "message": "`no`"}"#),
        Exchanges.notification(3, method: "note", params: "[1]"),
        Exchanges.exchange(4, kind: .raw, request: [0x40, 0x00, 0xFF], replies: [[0xFF]]),
        Exchanges.call(5, method: "list", params: "[1, \"é\"]", result: "null"),
      ].map { RecordedExchange($0) })
  }

  @Test func `Commands for curl mean the exact bytes`() {
    let text = CurlExport.write(session("http://h/?a=1&b='2'")).text
    #expect(text.contains(#"--header 'X-Own: it'\''s'"#))
    #expect(!text.contains("Host"))
    #expect(text.contains(#"'http://h/?a=1&b='\''2'\'''"#))
    #expect(text.contains("printf %s QAD/ | base64 -d | curl"))
    #expect(text.contains(#""method": "it'\''s""#))
    #expect(CurlExport.write(session("tcp:h:1")).text.contains("is no URL"))
  }

  @Test func `The archive is what HAR 1.2 asks for`() throws {
    let json = try JSON(reading: HARExport.write(session("http://h/?a=1")))
    let log = try #require(json["log"])
    #expect(log["version"]?.string == "1.2")
    #expect(log["creator"]?["name"]?.string == "rpcscope")
    let entries = try #require(log["entries"])
    #expect(entries.count == 4)
    for entry in entries.elements {
      for name in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
        #expect(entry[name] != nil, "\(name)")
      }
      for name in ["send", "wait", "receive"] {
        #expect((entry["timings"]?[name]?.double ?? -1) >= 0, "\(name)")
      }
      for name in [
        "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize",
        "bodySize",
      ] { #expect(entry["request"]?[name] != nil, "\(name)") }
      for name in [
        "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL",
        "headersSize", "bodySize",
      ] { #expect(entry["response"]?[name] != nil, "\(name)") }
    }
    #expect(entries[2]?["response"]?["content"]?["encoding"]?.string == "base64")
  }

  @Test func `The page holds everything, and lets nothing in`() {
    let text = HTMLExport.write(session("tcp:h:1")).text
    #expect(text.components(of: "<details ") == 5)
    #expect(text.components(of: "</script>") == 1)
    #expect(!text.contains("<b>\\u0007"))
    #expect(text.contains("&lt;/script&gt;&lt;b&gt;"))
    #expect(text.contains("default-src 'none'"))
    #expect(!text.contains("http://") && !text.contains("https://"))
  }

  @Test func `A document's fence is longer than any in it`() {
    let text = MarkdownExport.write(session("http://h/")).text
    #expect(text.contains("## 1 it's"))
    #expect(text.contains("```json"))
    #expect(MarkdownExport.escaped("a*b\n<c>") == #"a\*b \<c\>"#)
  }

  @Test func `The description is inferred from the calls`() throws {
    let json = try JSON(reading: OpenRPCExport.write(session("http://h/")))
    let methods = try #require(json["methods"])
    #expect(methods.elements.map { $0["name"]?.string } == ["it's", "list"])
    let first = try #require(methods[0])
    #expect(first["paramStructure"]?.string == "by-name")
    #expect(first["params"]?.elements.map { $0["required"]?.bool } == [true, false])
    #expect(
      first["params"]?[0]?["schema"] == (try JSON(reading: #"{"type": ["null", "string"]}"#)))
    #expect(
      first["result"]?["schema"]
        == (try JSON(
          reading: #"""
            {"type": "object", "properties": {"x": {"type": "array", "items": {"type": "number"}}},
            "required": ["x"]}
            """#)))
    #expect(first["errors"]?[0]?["code"]?.int == -32000)
    #expect(methods[1]?["params"]?.count == 2)
  }

  @Test func `Scripts spell every byte in ASCII`() {
    for target in ["http://h/é", "stdio:server --x", "unix:/a", "tcp:h:1"] {
      for framing in ["lines", "headers"] {
        let text = PythonExport.write(session(target, framing: framing))
        #expect(text.allSatisfy { $0 < 0x80 })
        #expect(text.text.contains(#"b"@\x00\xff""#))
      }
    }
    let swift = SwiftTestExport.write(session("http://h/"))
    #expect(swift.allSatisfy { $0 < 0x80 })
    #expect(swift.text.contains(#"nil, -32000)"#))
    #expect(SwiftTestExport.literal("a\"\\\n\u{7}é") == #""a\"\\\n\u{7}\u{e9}""#)
  }

  @Test func `Every kind has its own name and says what it is`() {
    let names = SessionExports.all.map { $0.name }
    #expect(Set(names).count == names.count)
    for export in SessionExports.all {
      #expect(SessionExports.named(export.name) != nil)
      #expect(!export.summary.isEmpty)
      let empty = ExportedSession(header: Exchanges.header, exchanges: [])
      #expect(!export.write(empty).isEmpty || export.name == "io")
    }
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(part) { count += 1 }
      at = index(after: at)
    }
    return count
  }
}
