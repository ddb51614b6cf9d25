import Terminal
import TestChannels
import Testing
import Wire

@testable import View

@Suite("The wire on the screen")
struct WireScreenTests {
  private static let golden = Golden(beside: #filePath)

  private static func chunk(_ kind: WireRecord.Chunk.Kind, _ text: String) -> WireRecord.Chunk {
    WireRecord.Chunk(kind: kind, bytes: Array(text.utf8))
  }

  private static let record = WireRecord(
    chunks: [
      chunk(.info, "Connected to 127.0.0.1 (127.0.0.1) port 8545\n"),
      chunk(.headerOut, "POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:8545\r\nX-Odd: \u{1b}[31m\r\n\r\n"),
      chunk(.dataOut, #"{"jsonrpc": "2.0", "method": "get", "id": 1}"#),
      chunk(.headerIn, "HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\nHTTP/1.1 200 OK\r\n"),
      chunk(.headerIn, "Content-Encoding: gzip\r\nno field\r\n\r\n"),
      WireRecord.Chunk(
        kind: .dataIn, bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0x56, 0xCA, 0x2A, 0xCE]),
      chunk(.dataIn, "{\n  \"result\": \"two\nlines \u{202e}\"\n}\n"),
    ], dropped: 1234)

  @Test("a record as curl would tell it")
  func record() {
    let screen = ScreenTests.screens([40, 80], canOverflow: true) {
      [WireText(width: $0).draw(Self.record)]
    }
    #expect(Self.golden.difference("wire", screen) == nil)
  }

  @Test("the headers of a record alone, or of a head without a record")
  func headers() throws {
    let text = WireText(width: 80)
    let headers = try #require(text.headers(Self.record)).plain
    #expect(headers.hasPrefix("> POST /rpc HTTP/1.1\n> Host: 127.0.0.1:8545\n"))
    #expect(headers.contains("< HTTP/1.1 302 Found\n< Location: /other\n<\n< HTTP/1.1 200 OK"))
    #expect(!headers.contains("jsonrpc"))
    #expect(text.headers(WireRecord()) == nil)
    let head = ReplyHead(
      version: "HTTP/2", status: 200, reason: "", headers: [HeaderField("a", "b: c")])
    #expect(text.head(head).plain == "< HTTP/2 200 \n< a: b: c")
  }

  @Test("a long body is cut and says so")
  func bodies() {
    let lines = WireText(width: 80, bodyLimit: 4).body(Array("abcdefgh".utf8), isIn: true)
    #expect(lines.map(\.plain) == ["< abcd", "< … 4 B more"])
    #expect(WireText(width: 80).body([], isIn: false).isEmpty)
  }

  @Test("bytes as a hexdump of the screen's width")
  func hex() {
    let bytes = Array("{\"a\": \"ü\u{1b}\"}\n".utf8) + Array(0...40)
    let screen = ScreenTests.screens([30, 40, 80]) { [HexText.dump(bytes, width: $0)] }
    #expect(Self.golden.difference("hex", screen) == nil)
    #expect(HexText.dump([], width: 80).plain == "00000000")
    #expect(HexText.dump(bytes, width: 80, limit: 16).plain.hasSuffix("|\n… 38 B more"))
  }
}
