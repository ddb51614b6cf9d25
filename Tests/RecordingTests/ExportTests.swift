import Catalog
import JSONRPC
import LosslessJSON
import Session
import Testing
import Wire

@testable import Host
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

  @Test func `Scripts leave out what only asked what there is, unless that is all`() {
    let probe = RecordedExchange(Exchanges.call(9, method: "probe", purpose: .discovery))
    var mixed = session("http://h/")
    mixed.exchanges.append(probe)
    let alone = ExportedSession(header: mixed.header, exchanges: [probe])
    for format: any SessionExport.Type in [
      CurlExport.self, PythonExport.self, SwiftTestExport.self,
    ] {
      #expect(!format.write(mixed).text.contains("probe"))
      #expect(format.write(alone).text.contains("probe"))
    }
  }

  @Test func `The archive is what HAR 1.2 asks for`() throws {
    let json = try JSON(reading: HARExport.write(session("http://h/?a=1")))
    let log = try #require(json["log"])
    #expect(log["version"]?.string == "1.2")
    #expect(log["creator"]?["name"]?.string == "rpcscope")
    let entries = try #require(log["entries"])
    #expect(entries.count == 4)
    #expect(try Self.schema.fault(json) == nil)
    for entry in entries.elements {
      let timings = try #require(entry["timings"])
      let sum = timings.members.filter { $0.name != "ssl" }.compactMap(\.value.double)
        .filter { $0 >= 0 }.reduce(0, +)
      #expect(abs(sum - (entry["time"]?.double ?? -1)) < 0.001)
      let request = try #require(entry["request"])
      #expect(
        request["bodySize"]?.int == request["postData"]?["text"]?.string?.utf8.count
          || request["postData"]?["_base64"] != nil)
    }
    #expect(entries[2]?["response"]?["content"]?["encoding"]?.string == "base64")
  }

  static let schema = SchemaFile(beside: #filePath, "Schemas/har-1.2.schema.json")

  @Test(arguments: [
    "stdio:server --x 'a b'", "unix:/run/a b.sock", "tcp:[::1]:1", "", "http://h/?a={b}&c=\u{e9}",
  ]) func `Any target is a URL in the archive, and itself again when it is read`(
    target: String
  ) throws {
    let exchanges = [
      Exchanges.call(1), Exchanges.call(2, result: nil, ending: .timedOut(.seconds(3))),
      Exchanges.exchange(
        3, kind: .raw, request: [0x7B, 0xFF], ending: .failed(.unknownHost("h"))),
    ]
    var header = Exchanges.header
    header.target = target
    let bytes = HARExport.write(
      ExportedSession(header: header, exchanges: exchanges.map { RecordedExchange($0) }))
    #expect(try Self.schema.fault(JSON(reading: bytes)) == nil)
    let again = try HARSource.read(bytes, path: "a.har")
    if !target.hasPrefix("http") { #expect(again.header.target == target) }
    #expect(again.exchanges.map(\.exchange.request) == exchanges.map(\.request))
    #expect(again.exchanges.map(\.exchange.ending) == exchanges.map(\.ending))
  }

  @Test func `Sizes tell what went over the wire and what it became`() throws {
    let exchange = Exchanges.call(
      1, status: 200,
      headers: [
        HeaderField("Content-Encoding", "gzip"), HeaderField("Content-Length", "30"),
        HeaderField("Set-Cookie", "a=b=c; Path=/"),
      ], sent: SentHead(line: "POST / HTTP/2", headers: [HeaderField("cookie", "x=1; y")]))
    let json = try JSON(
      reading: HARExport.write(
        ExportedSession(header: Exchanges.header, exchanges: [RecordedExchange(exchange)])))
    let entry = try #require(json["log"]?["entries"]?[0])
    let size = exchange.messages[0].frame.bytes.count
    #expect(entry["response"]?["bodySize"]?.int == 30)
    #expect(entry["response"]?["content"]?["size"]?.int == size)
    #expect(entry["response"]?["content"]?["compression"]?.int == size - 30)
    #expect(entry["response"]?["cookies"] == (try JSON(reading: #"[{"name":"a","value":"b=c"}]"#)))
    #expect(
      entry["request"]?["cookies"]
        == (try JSON(reading: #"[{"name":"x","value":"1"},{"name":"y","value":""}]"#)))
    #expect(entry["request"]?["httpVersion"]?.string == "HTTP/2")
  }

  @Test func `Commands keep what sh and curl would take for something else`() {
    let long = #"{"a": ""# + String(repeating: "x", count: 200_000) + #""}"#
    let exchanges = [
      Exchanges.exchange(1, kind: .raw, request: long.bytes),
      Exchanges.call(
        2, method: "a\nb",
        sent: SentHead(
          line: "POST / HTTP/1.1",
          headers: [HeaderField("X-Empty", ""), HeaderField("Accept", "text/html")])),
    ]
    var header = Exchanges.header
    header.target = "http://[::1]/{a}"
    let text = CurlExport.write(
      ExportedSession(header: header, exchanges: exchanges.map { RecordedExchange($0) })
    ).text
    #expect(text.contains("| base64 -d | curl --silent --show-error --globoff"))
    #expect(text.contains("--header 'X-Empty;' --header 'Accept: text/html'"))
    #expect(text.contains("# 2: a b\n"))
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count < 300_000 })
  }

  @Test func `What can't be seen is spelt out`() {
    let bytes: [UInt8] = [0x00, 0x09, 0x0A, 0x1B, 0x41, 0xE9, 0xC3, 0xA9, 0xC0, 0x80]
    #expect(VisibleText.text(bytes) == "\\u0000\t\n\\u001bA\\xe9\u{e9}\\xc0\\x80")
    #expect(VisibleText.text("a\u{202E}b\u{FEFF}\u{E0041}") == "a\\u202eb\\ufeff\\U000e0041")
    #expect(HTMLExport.escaped("<a b='\"'>&") == "&lt;a b=&#39;&quot;&#39;&gt;&amp;")
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

  @Test func `What the server does not know is in no description, nor what was refused`() throws {
    let exchanges = [
      Exchanges.call(1, method: "rpc.discover"),
      Exchanges.call(
        2, method: "gone", result: nil, error: #"{"code": -32601, "message": "no"}"#),
      Exchanges.call(
        3, method: "add", params: "[1, 2, 3, 4]", result: nil,
        error: #"{"code": -32602, "message": "no"}"#),
      Exchanges.call(4, method: "add", params: "[1]"),
      Exchanges.call(5, method: "add", params: #"{"b": "x", "a": 1}"#),
      Exchanges.call(6, method: "add", params: #"{"a": 1.5}"#),
      Exchanges.exchange(
        7, kind: .batch,
        request: #"[{"jsonrpc":"2.0","method":"b","id":"x"},{"jsonrpc":"2.0","method":"n"}]"#.bytes,
        replies: [#"[{"jsonrpc":"2.0","result":[],"id":"x"}]"#.bytes]),
    ]
    let json = try JSON(
      reading: OpenRPCExport.write(
        ExportedSession(
          header: Exchanges.header, exchanges: exchanges.map { RecordedExchange($0) })))
    let catalog = try OpenRPCReader.read(json, source: "test")
    #expect(catalog.methods.map(\.name) == ["add", "b", "n"])
    let add = try #require(catalog["add"])
    #expect(add.structure == .byName)
    #expect(add.params?.map(\.name) == ["a", "b"])
    #expect(add.params?.map(\.isRequired) == [true, false])
    #expect(add.params?[0].schema.types == ["number"])
    #expect(catalog.methods.map(\.isNotification) == [false, false, true])
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
    #expect(swift.text.contains("result: nil, code: -32000)"))
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
