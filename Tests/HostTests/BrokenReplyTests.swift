import Host
import JSONRPC
import LosslessJSON
import Testing

/// The demo's `broken.*`: the exact bytes that come over the pipe, for a request with id 7.
@Suite("Broken replies", .timeLimit(.minutes(2)))
struct BrokenReplyTests {
  static let before = "{\"jsonrpc\": \"2.0\", \"result\": "
  static let after = ", \"id\": 7}\n"
  static let version = "{\"jsonrpc\": \"2.0\", "

  static let expected: [(String, [UInt8])] =
    [
      ("trailingComma", before + "{\"a\": 1, \"b\": 2,}" + after),
      ("missingComma", before + "{\"a\": 1 \"b\": 2}" + after),
      ("unquotedKey", before + "{a: 1}" + after),
      ("singleQuotes", before + "'ok'" + after),
      ("nan", before + "NaN" + after),
      ("leadingZero", before + "007" + after),
      ("pythonLiteral", before + "True" + after),
      ("comment", before + "1 /* result */" + after),
      ("truncated", version + "\"id\": 7, \"result\": {\"items\": [1, 2, \"thr\n"),
      ("leadingText", "DEBUG cache miss: " + before + "\"ok\"" + after),
      ("twoValues", before + "\"ok\", \"id\": 7} {\"more\": true}\n"),
      (
        "html",
        "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>"
          + "<body><h1>502 Bad Gateway</h1></body></html>\n"
      ),
      ("loneSurrogate", before + "\"\\ud83d\"" + after),
      ("control", before + "\"a\tb\"" + after),
      ("duplicateKeys", before + "{\"a\": 1, \"a\": 2}" + after),
      ("bom", "\u{FEFF}" + before + "\"ok\"" + after),
      ("noVersion", "{\"result\": \"ok\"" + after),
      ("versionNumber", "{\"jsonrpc\": 2.0, \"result\": \"ok\"" + after),
      ("idType", before + "\"ok\", \"id\": \"7\"}\n"),
      ("idNull", before + "\"ok\", \"id\": null}\n"),
      ("idMissing", before + "\"ok\"}\n"),
      ("idUnknown", before + "\"ok\", \"id\": \"never sent\"}\n"),
      (
        "resultAndError",
        before + "\"ok\", \"error\": {\"code\": 1, \"message\": \"not ok\"}" + after
      ),
      ("neither", version + "\"id\": 7}\n"),
      ("errorWithoutCode", version + "\"error\": {\"message\": \"it broke\"}" + after),
      (
        "errorCodeString",
        version + "\"error\": {\"code\": \"E42\", \"message\": \"it broke\"}" + after
      ),
      ("errorString", version + "\"error\": \"it broke\"" + after),
      ("extraMember", before + "\"ok\", \"status\": 200" + after),
      ("batch", "[" + before + "\"ok\", \"id\": 7}]\n"),
      ("twice", before + "\"ok\"" + after + before + "\"ok\"" + after),
      (
        "notification",
        version + "\"method\": \"reply\", \"params\": {\"id\": 7, \"result\": \"ok\"}}\n"
      ),
      ("empty", "\n"), ("silence", ""),
    ].map { ($0, Array($1.utf8)) } + [
      ("invalidUTF8", Array((before + "\"caf").utf8) + [0xE9] + Array(("\"" + after).utf8))
    ]

  @Test("every fault is written byte for byte, and the server goes on", arguments: expected)
  func exact(name: String, bytes: [UInt8]) async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"broken.\(name)\", \"id\": 7}")
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"nothing\", \"id\": \"next\"}")
    let next = Array("{\"jsonrpc\": \"2.0\", \"result\": null, \"id\": \"next\"}\n".utf8)
    let came = try await host.bytes(count: bytes.count + next.count)
    #expect(came == bytes + next)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("the server that dies stops in the middle of its reply")
  func exit() async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"broken.exit\", \"id\": 7}")
    let half = Array("{\"jsonrpc\": \"2.0\", \"result\": \"ok".utf8)
    #expect(try await host.bytes(count: half.count) == half)
    #expect(try await host.ending() == .hungUp)
  }

  @Test("this suite knows every fault that the demo has")
  func complete() {
    let names = Demo.dispatcher().methods.map(\.name).filter { $0.hasPrefix("broken.") }
    let known = Self.expected.map { "broken." + $0.0 } + ["broken.exit"]
    #expect(Set(names) == Set(known))
  }

  @Test(
    "the id's type is turned round",
    arguments: [("\"7\"", "7"), ("\"seven\"", "0"), ("1.5", "\"1.5\"")])
  func idType(sent: String, back: String) async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"broken.idType\", \"id\": \(sent)}")
    #expect(try await host.message()["id"]?.text == back)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a percent sign in an id stays one")
  func percent() async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"broken.extraMember\", \"id\": \"50%\"}")
    #expect(try await host.message()["id"]?.string == "50%")
    #expect(try await host.finish() == .endOfInput)
  }
}
