import Host
import JSONRPC
import LosslessJSON
import Testing
import Wire

/// Faults as clients meet them over HTTP and over a stream with headers.
@Suite("Faulty hosts", .timeLimit(.minutes(2)))
struct FaultyHostTests {
  static let request = #"{"jsonrpc": "2.0", "method": "echo", "params": ["é"], "id": 1}"#
  static let reply = #"{"jsonrpc": "2.0", "result": "é", "id": 1}"#

  private func withFault(
    _ fault: FaultPlan.Rule, _ body: (RawClient) async throws -> Void
  ) async throws {
    try await withHTTPHost(configure: { $0.faults.everywhere = [fault] }) { server in
      let client = try RawClient(server.address)
      try await client.post(Self.request)
      try await body(client)
    }
  }

  static let wholes: [(Fault, Int, String, String, Int)] = [
    ("html", 502, "text/html", "<!DOCTYPE", 0), ("content-type", 200, "text/plain", reply, 0),
    ("status", 500, "application/json", reply, 0), ("empty", 200, "application/json", "", 0),
    ("twice", 200, "application/json", reply + "\n" + reply, 0),
    ("bom", 200, "application/json", "\u{FEFF}" + reply, 0),
    ("length-short", 200, "application/json", "{\"json", -10),
    ("length-characters", 200, "application/json", "{\"json", -1),
  ]

  @Test("faults of the frame are as they say", arguments: wholes)
  func frames(fault: Fault, status: Int, type: String, body: String, off: Int) async throws {
    try await withFault(.init(fault)) { client in
      let answer = try await client.answer()
      #expect(answer.status == status)
      #expect(answer.header("Content-Type") == type)
      #expect(answer.body.hasPrefix(body))
      let stated = try #require(answer.header("Content-Length").flatMap { Int($0) })
      if off != 0 {
        #expect(stated == Self.reply.utf8.count + off)
        // The rest of the text comes where the next reply belongs.
        _ = try await client.bytes { $0.count >= -off ? -off : nil }
      }
    }
  }

  @Test("a length that is too long leaves the client waiting")
  func lengthLong() async throws {
    try await withFault(.init("length-long")) { client in
      let head = try await client.bytes { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix(Self.reply) ? bytes.count : nil
      }
      let stated = "Content-Length: \(Self.reply.utf8.count + 10)"
      #expect(String(decoding: head, as: UTF8.self).contains(stated))
      #expect(!client.isAtEnd)
    }
  }

  @Test("connections end instead of the reply, in its middle, or don't answer at all")
  func ends() async throws {
    try await withFault(.init("close")) { client in
      let text = try await client.end()
      #expect(text == "")
    }
    try await withFault(.init("cut")) { client in
      let text = try await client.end()
      #expect(text.contains("Content-Length: \(Self.reply.utf8.count)\r\n"))
      #expect(text.hasSuffix("\"resul") || text.contains("\r\n\r\n{\"jsonrpc\": \"2.0\""))
      #expect(!text.hasSuffix("}"))
    }
    try await withFault(.init("drop")) { client in
      try await Task.sleep(for: .milliseconds(50))
      client.readSome()
      #expect(client.buffer.isEmpty && !client.isAtEnd)
    }
  }

  @Test("replies come late, and byte by byte")
  func time() async throws {
    let start = ContinuousClock.now
    try await withFault(.init("delay", .duration(.milliseconds(200)))) { client in
      let answer = try await client.answer()
      #expect(answer.body == Self.reply)
      #expect(ContinuousClock.now - start >= .milliseconds(200))
    }
    try await withFault(.init("slow", .duration(.milliseconds(1)))) { client in
      #expect(try await client.answer().body == Self.reply)
      try await client.post(Self.request)
      #expect(try await client.answer().body == Self.reply)
    }
  }

  @Test(
    "over a stream with headers the length is wrong too",
    arguments: [("length-long", 10), ("length-short", -10), ("length-characters", -1)]
      as [(Fault, Int)])
  func headers(fault: Fault, off: Int) async throws {
    let host = StdioHarness(Demo.dispatcher()) {
      $0.framing = .headers
      $0.faults.everywhere = [.init(fault)]
    }
    let request = Array(Self.request.utf8)
    host.send(Array("Content-Length: \(request.count)\r\n\r\n".utf8) + request)
    let length = Self.reply.utf8.count
    let expected = "Content-Length: \(length + off)\r\n\r\n\(Self.reply)"
    let came = try await host.bytes(count: expected.utf8.count)
    #expect(String(decoding: came, as: UTF8.self) == expected)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("standard input and output with headers")
  func stdioHeaders() async throws {
    let host = StdioHarness(Demo.dispatcher()) { $0.framing = .headers }
    let request = Array(Self.request.utf8)
    host.send(Array("content-length: \(request.count)\r\nX-A: b\r\n\r\n".utf8) + request)
    let expected = "Content-Length: \(Self.reply.utf8.count)\r\n\r\n\(Self.reply)"
    let came = try await host.bytes(count: expected.utf8.count)
    #expect(String(decoding: came, as: UTF8.self) == expected)
    host.send(Array("Content-Length: 50\r\n\r\n{".utf8))
    host.closeInput()
    let refusal = try await host.bytes { bytes in
      String(decoding: bytes, as: UTF8.self).hasSuffix("}") ? bytes.count : nil
    }
    #expect(String(decoding: refusal, as: UTF8.self).contains("-32700"))
    #expect(try await host.ending() == .endOfInput)
  }
}
