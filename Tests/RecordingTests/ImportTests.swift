import JSONRPC
import LosslessJSON
import Session
import TestFolders
import Testing
import Wire

@testable import Recording

@Suite struct ImportTests {
  func session(_ text: String, file: String = "file") throws -> ImportedSession {
    let source = try #require(RecordingSources.source(of: text.bytes))
    return try source.read(text.bytes, path: file)
  }

  func story(_ session: ImportedSession) -> [String] {
    session.exchanges.map(\.exchange).map { exchange in
      "\(exchange.number) \(exchange.kind.word) \(exchange.method ?? "-") "
        + "\(ExchangeStatus(exchange).rawValue)"
    }
  }

  @Test func `An .io file is calls with their replies`() throws {
    let session = try session(
      """
      // a remark
      >> {"jsonrpc":"2.0","id":1,"method":"eth_x","params":["0x1"]}
      << {"jsonrpc":"2.0","id":1,"result":"0x4"}
      >> {"jsonrpc":"2.0","id":1,"method":"eth_y"}
      << {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"no"}}
      """)
    #expect(session.source == ".io")
    #expect(story(session) == ["1 call eth_x ok", "2 call eth_y error"])
    #expect(
      session.exchanges[0].exchange.request.text
        == #"{"jsonrpc":"2.0","id":1,"method":"eth_x","params":["0x1"]}"#)
    #expect(
      throws: RecordingError.malformed(
        path: "f", line: 2, message: "expected a line that begins with >>, << or //")
    ) { try EthereumIOSource.read(">> {}\nnonsense".bytes, path: "f") }
  }

  @Test func `A folder of .io files is one session`() throws {
    let folder = "../shared/exchanges/ethereum"
    guard (try? FolderTree.isFolder(folder)) == true else {
      print("skipped: there is no \(folder)")
      return
    }
    let session = try RecordingSources.read(folder)
    #expect(session.exchanges.count >= 60)
    #expect(session.exchanges.map(\.exchange.number) == Array(1...session.exchanges.count))
    let statuses = Set(session.exchanges.map { ExchangeStatus($0.exchange) })
    #expect(statuses.isSubset(of: [.ok, .error]))
    let out = EthereumIOExport.write(
      ExportedSession(header: session.header, exchanges: session.exchanges))
    let again = try EthereumIOSource.read(out, path: "again")
    #expect(again.exchanges.map(\.exchange.request) == session.exchanges.map(\.exchange.request))
    #expect(
      again.exchanges.map { $0.exchange.messages.map(\.frame.bytes) }
        == session.exchanges.map { $0.exchange.messages.map(\.frame.bytes) })
  }

  @Test func `Arrow logs are read whatever the logger writes before them`() throws {
    let session = try session(
      """
      INFO:jsonrpcclient:--> {"jsonrpc": "2.0", "method": "ping", "id": 1}
      INFO:jsonrpcclient:<-- {"jsonrpc": "2.0", "result": "pong", "id": 1} (200 OK)
      other words
      --> {"jsonrpc": "2.0",
        "method": "note"}
      2026-11-21 --> [{"method": "a", "id": 5}, {"method": "b", "id": 6}]
      2026-11-21 <-- [{"result": 1, "id": 6}, {"result": 1, "id": 5}] (200 OK)
      <-- oops, no JSON
      """)
    #expect(session.source == "--> <-- log")
    #expect(
      story(session) == [
        "1 call ping ok", "2 notification note sent", "3 batch - ok", "4 unmatched - received",
      ])
    #expect(
      session.exchanges[0].exchange.messages[0].frame.bytes.text
        == #"{"jsonrpc": "2.0", "result": "pong", "id": 1}"#)
  }

  @Test func `A trace of an editor is read as text`() throws {
    let session = try session(
      """
      [Trace - 10:00:00 AM] Sending request 'initialize - (0)'.
      Params: {
          "processId": 7,
          "rootUri": null
      }


      [Trace - 10:00:01 AM] Received response 'initialize - (0)' in 12ms.
      Result: {
          "capabilities": {}
      }


      [Trace - 10:00:01 AM] Sending notification 'initialized'.
      Params: {}


      [Trace - 10:00:02 AM] Received request 'workspace/configuration - (1)'.
      Params: {"items": []}


      [Trace - 10:00:02 AM] Sending response 'workspace/configuration - (1)'. Processing request took 0ms
      Result: []


      [Trace - 10:00:03 AM] Sending request 'shutdown - (2)'.
      No parameters provided.


      [Trace - 10:00:03 AM] Received response 'shutdown - (2)' in 1ms. Request failed: not now (-32803).
      """)
    #expect(session.source == "VS Code trace")
    #expect(
      story(session) == [
        "1 call initialize ok", "2 notification initialized sent",
        "3 server-request workspace/configuration received", "4 call shutdown error",
      ])
    #expect(session.exchanges[0].exchange.response?.result?["capabilities"]?.kind == .object)
    #expect(session.exchanges[2].exchange.answer != nil)
    #expect(session.exchanges[3].exchange.response?.code == -32803)
    #expect(session.exchanges[3].exchange.response?.message == "not now")
  }

  @Test func `A trace of an editor is read as JSON`() throws {
    let session = try session(
      """
      [Trace - 10:00:00 AM] {"isLSPMessage":true,"type":"send-request","message":{"jsonrpc":"2.0","id":0,"method":"m"},"timestamp":1700000000000}
      [Trace - 10:00:00 AM] {"isLSPMessage":true,"type":"receive-response","message":{"jsonrpc":"2.0","id":0,"result":1},"timestamp":1700000000250}
      """)
    #expect(story(session) == ["1 call m ok"])
    #expect(session.exchanges[0].exchange.duration == .milliseconds(250))
    #expect(session.exchanges[0].exchange.startedAt == 1_700_000_000)
  }

  @Test func `Raw captures are told apart by their framing`() throws {
    let messages = [
      #"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
      #"{"jsonrpc":"2.0","method":"window/logMessage","params":{}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"x"}"#,
    ]
    let lines = try session(messages.joined(separator: "\n") + "\n")
    let headers = try session(
      messages.map { "Content-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined())
    let expected = [
      "1 call initialize ok", "2 server-notification window/logMessage received",
      "3 call x pending",
    ]
    #expect(story(lines) == expected)
    #expect(story(headers) == expected)
    #expect(headers.header.framing == "headers")
    #expect(lines.notes.contains { $0.contains("guessed") })
  }

  /// Captures of real servers: how many exchanges each is, and how many of them went well.
  @Test(arguments: [
    ("lsp-clangd/session", "headers"), ("mcp-git/session", "lines"), ("mcp-time/session", "lines"),
    ("ovsdb/session1", "values"), ("ovsdb/unixctl", "values"),
  ]) func `Captures of both directions are paired`(name: String, framing: String) throws {
    let path = "../shared/samples/\(name)"
    guard let sent = try? FolderTree.contents(path + ".c2s.bin", limit: 1 << 24),
      let received = try? FolderTree.contents(path + ".s2c.bin", limit: 1 << 24)
    else {
      print("skipped: there is no \(path)")
      return
    }
    let session = CaptureSource.read(sent: sent, received: received)
    let calls = session.exchanges.map(\.exchange).filter { $0.kind == .call }
    #expect(session.header.framing == framing || framing == "values")
    #expect(!calls.isEmpty)
    let open = calls.filter { $0.ending == .pending }.count
    #expect(open <= 1, "\(story(session))")
    #expect(
      !session.exchanges.contains { $0.exchange.kind == .unmatched && name != "mcp-time/session" })
  }

  static let trace = """
    == Info: Connected to 127.0.0.1 (127.0.0.1) port 8000 (#0)
    => Send header, 60 bytes (0x3c)
    0000: 50 4f 53 54 20 2f 72 70 63 20 48 54 54 50 2f 31 POST /rpc HTTP/1
    0010: 2e 31 0d 0a                                     .1..
    0014: 48 6f 73 74 3a 20 68 0d 0a                      Host: h..
    => Send data, 22 bytes (0x16)
    0000: 7b 22 6d 65 74 68 6f 64 22 3a 22 61 22 2c 22 69 {"method":"a","i
    0010: 64 22 3a 31 7d 0a                               d":1}.
    <= Recv header, 17 bytes (0x11)
    0000: 48 54 54 50 2f 31 2e 31 20 32 30 30 20 4f 4b 0d HTTP/1.1 200 OK.
    0010: 0a                                              .
    <= Recv header, 28 bytes (0x1c)
    0000: 54 72 61 6e 73 66 65 72 2d 45 6e 63 6f 64 69 6e Transfer-Encodin
    0010: 67 3a 20 63 68 75 6e 6b 65 64 0d 0a             g: chunked..
    <= Recv data, 26 bytes (0x1a)
    0000: 31 33 0d 0a 7b 22 72 65 73 75 6c 74 22 3a 35 2c 13..{"result":5,
    0010: 22 69 64 22 3a 31 7d 0d 0a 30 0d 0a 0d 0a       "id":1}..0....
    == Info: Connection #0 to host left intact
    """

  @Test func `A trace of curl is its bytes`() throws {
    let session = try session(Self.trace)
    #expect(session.source == "curl trace")
    #expect(story(session) == ["1 call a ok"])
    let exchange = session.exchanges[0].exchange
    #expect(exchange.request.text == "{\"method\":\"a\",\"id\":1}\n")
    #expect(exchange.head?.status == 200)
    #expect(exchange.messages.map(\.frame.bytes.text) == [#"{"result":5,"id":1}"#])
    #expect(session.header.target == "http://h/rpc")
  }

  @Test func `A trace of curl with times, or as plain text, is read too`() throws {
    let timed = try session(
      """
      15:14:31.198859 => Send header, 26 bytes (0x1a)
      0000: POST / HTTP/1.1
      0011: Host: h
      001a: 
      15:14:31.198911 => Send data, 21 bytes (0x15)
      0000: {"method":"a","id":1}
      15:14:31.448911 <= Recv header, 17 bytes (0x11)
      0000: HTTP/1.1 500 Oh
      15:14:31.448911 <= Recv data, 20 bytes (0x14)
      0000: {"error":"x","id":1}
      15:14:32.000000 => Send header, 26 bytes (0x1a)
      0000: GET / HTTP/1.1
      """)
    #expect(story(timed) == ["1 call a error"])
    #expect(timed.exchanges[0].exchange.duration == .microseconds(250_052))
    #expect(timed.exchanges[0].exchange.head?.reason == "Oh")
    #expect(timed.notes.contains { $0.contains("--trace-ascii") })
    #expect(timed.notes.contains { $0.contains("left out: 1") })
  }

  @Test func `A text trace of curl gets its line ends back`() throws {
    let session = try session(
      """
      10:00:00.000001 [0-0] => Send header, 40 bytes (0x28)
      0000: POST / HTTP/1.1
      0011: Host: h
      001a: X: abcdefgh
      0027: 
      10:00:00.000002 [0-0] => Send data, 25 bytes (0x19)
      0000: {"method":"a",
      0010: "id":1}
      10:00:00.100000 [0-0] <= Recv header, 17 bytes (0x11)
      0000: HTTP/1.1 200 OK
      10:00:00.200000 [0-0] <= Recv data, 65558 bytes (0x10016)
      0000: {"result":1,
      10000: "id":1}..........
      """)
    let exchange = try #require(session.exchanges.first?.exchange)
    #expect(exchange.request.text == "{\"method\":\"a\",\r\n\"id\":1}\r\n")
    #expect(exchange.head?.status == 200)
    #expect(exchange.messages[0].frame.bytes.text.hasPrefix("{\"result\":1,\"id\":1}"))
  }

  @Test(arguments: [
    "[Trace - 10:00:00 AM] ", "2026-11-21 10:00:00.123 [trace] ",
    "2026-11-21 10:00:00.123 [trace] [Trace - 10:00:00] ",
  ]) func `Traces of editors are known by any beginning`(start: String) throws {
    let session = try session(
      """
      \(start)Sending request 'textDocument/hover - (7)'.
      Params: {"a": 1}

      \(start)Received response 'textDocument/hover - (7)' in 12ms.
      Result: null
      """)
    #expect(story(session) == ["1 call textDocument/hover ok"])
    #expect(session.exchanges[0].exchange.duration == .milliseconds(12))
  }

  @Test func `A server's arrows point the other way`() throws {
    let session = try session(
      """
      INFO:jsonrpcserver:<-- {"jsonrpc": "2.0", "method": "ping", "id": 1}
      INFO:jsonrpcserver:--> {"jsonrpc": "2.0", "result": "pong", "id": 1}
      INFO:jsonrpcserver:<-- {"jsonrpc": "2.0", "method": "note"}
      """)
    #expect(story(session) == ["1 call ping ok", "2 notification note sent"])
    #expect(session.notes.contains { $0.contains("a server wrote it") })
  }

  @Test func `Two captures are named with a plus`() throws {
    let folder = try TemporaryFolder()
    try folder.write("out+1", #"{"jsonrpc":"2.0","id":1,"method":"a"}"# + "\n")
    try folder.write("in", #"{"jsonrpc":"2.0","id":1,"result":1}"# + "\n")
    let path = folder.path
    #expect(story(try RecordingSources.read("\(path)/out+1+\(path)/in")) == ["1 call a ok"])
    #expect(story(try RecordingSources.read("\(path)/out+1")) == ["1 call a pending"])
    #expect(throws: RecordingError.self) { try RecordingSources.read("\(path)/a+\(path)/in") }
  }

  /// The test files of Ethereum's execution-apis: read, written and read again, nothing is lost but
  /// remarks and blank lines.
  @Test func `Files of Ethereum go out as they came in`() throws {
    let folder = "../shared/exchanges/ethereum"
    guard let files = try? FolderTree.files(folder, suffix: ".io"), !files.isEmpty else {
      print("skipped: there is no \(folder)")
      return
    }
    for path in files {
      let bytes = try FolderTree.contents(path, limit: 1 << 26)
      let session = try EthereumIOSource.read(bytes, path: path)
      let out = EthereumIOExport.write(
        ExportedSession(header: session.header, exchanges: session.exchanges))
      let lines = LineSplit.lines(bytes).map { Array(LineSplit.trimmed($0)).text }
        .filter { !$0.isEmpty && !$0.hasPrefix("//") }
      #expect(LineSplit.lines(out).map { Array($0).text }.dropLast() == lines[...], "\(path)")
    }
    let all = try RecordingSources.read(folder).exchanges
    #expect(all.count >= files.count)
  }

  @Test func `Own recordings are recognised too`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = RecordingWriter(path: path, header: Exchanges.header)
    writer.record(Exchanges.call())
    #expect(story(try RecordingSources.read(path)) == ["1 call subtract ok"])
  }

  @Test(arguments: ["", "hello", "<html>", "{\"a\": 1}", "[1]\n", "PK\u{3}\u{4}"])
  func `What is none of them is said to be none`(text: String) throws {
    #expect(RecordingSources.source(of: text.bytes) == nil)
    let folder = try TemporaryFolder()
    try folder.write("file", text)
    #expect(throws: RecordingError.self) { try RecordingSources.read(folder.path + "/file") }
  }
}
