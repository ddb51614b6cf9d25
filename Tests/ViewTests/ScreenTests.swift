import JSONRPC
import LosslessJSON
import Terminal
import TestChannels
import Testing
import Wire

@testable import Session
@testable import View

@Suite("Screens as they were accepted")
struct ScreenTests {
  private static let golden = Golden(beside: #filePath)

  /// The same view for several widths, one under the other.
  static func screens(
    _ widths: [Int] = [40, 60, 80, 120], canOverflow: Bool = false, _ view: (Int) -> [StyledText]
  ) -> String {
    widths.map { width in
      let lines = view(width).flatMap(\.lines)
      for line in lines where !canOverflow {
        #expect(line.columns <= width, "wider than \(width): \(line.plain)")
      }
      return "==== \(width) columns\n" + lines.map(\.plain).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  @Test("the log as a table")
  func log() {
    let exchanges = [
      Exchanges.call(
        "rpc.discover", reply: #"{"jsonrpc": "2.0", "result": {}, "id": 1}"#, number: 1),
      Exchanges.call(
        "subtract", params: [42, 23], reply: #"{"jsonrpc": "2.0", "result": 19, "id": 2}"#,
        number: 2, status: 200),
      Exchanges.call(
        "a.method.with.a.long.name.that.must.give.way.on.narrow.screens",
        reply: #"{"jsonrpc": "2.0", "error": {"code": -32601, "message": "no"}, "id": 3}"#,
        number: 3,
        status: 404, reason: "Not Found", took: .milliseconds(1520)),
      Exchanges.call("log", number: 4, kind: .notification, ending: .sent, took: nil),
      Exchanges.batch(
        #"[{"jsonrpc":"2.0","method":"a","id":1}]"#, #"[{"jsonrpc":"2.0","result":1,"id":1}]"#),
      Exchanges.exchange(
        Array("{oops".utf8), replies: ["<html>"], kind: .raw, status: 500,
        findings: [Finding("json.syntax", .error, message: "no")]),
      Exchanges.call("slow", number: 7, ending: .timedOut(.seconds(30)), took: nil),
      Exchanges.call("slow", number: 8, ending: .cancelled, took: nil),
      Exchanges.call("gone", number: 9, ending: .failed(.closed(.byPeer)), took: nil),
      Exchanges.call("wait", number: 10, ending: .pending, took: nil),
      Exchanges.call(
        "progress", reply: #"{"jsonrpc": "2.0", "method": "progress"}"#, number: 11,
        kind: .serverNotification, ending: .received, took: nil),
      Exchanges.exchange(
        [], replies: [#"{"id": 77, "result": 1}"#], number: 1012, kind: .unmatched,
        ending: .received,
        took: nil),
      Exchanges.call("日本語のメソッド名", reply: #"{"id": 13, "result": 1}"#, number: 1013),
    ]
    let screen = Self.screens { width in
      LogTable.lines(exchanges.map { ExchangeLog.Summary($0) }, width: width)
    }
    #expect(Self.golden.difference("log", screen) == nil)
  }

  @Test("a batch as a table of requests against replies")
  func batch() {
    let exchange = Exchanges.batch(
      #"""
      [{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1},
       {"jsonrpc": "2.0", "method": "log", "params": {"message": "a notification"}},
       {"jsonrpc": "2.0", "method": "later", "id": 2}, {"jsonrpc": "2.0", "method": "late", "id": 3},
       {"jsonrpc": "2.0", "method": "lost", "id": "an id that is a rather long text"},
       {"foo": "boo"}, 5]
      """#,
      #"""
      [{"jsonrpc": "2.0", "result": 19, "id": 1}, {"jsonrpc": "2.0", "result": [3, 3, 3], "id": 3},
       {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": 2},
       {"jsonrpc": "2.0", "result": "twice", "id": 1}, {"jsonrpc": "2.0", "result": 0, "id": 99},
       {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null}]
      """#)
    #expect(
      Self.golden.difference(
        "batch", Self.screens { BatchTable.lines(exchange, width: $0) }) == nil)
  }

  @Test("the time of an exchange as bars")
  func timing() {
    var https = Timings(start: Exchanges.start)
    https.nameLookup = .microseconds(1200)
    https.connected = .milliseconds(14)
    https.tls = .milliseconds(44)
    https.written = .milliseconds(45)
    https.firstByte = .milliseconds(161)
    https.lastByte = .milliseconds(162)
    var again = Timings(start: Exchanges.start)
    again.written = .zero
    again.firstByte = .microseconds(300)
    again.lastByte = .microseconds(310)
    again.reusedConnection = true
    var odd = Timings(start: Exchanges.start)
    odd.written = .milliseconds(5)
    odd.firstByte = .milliseconds(3)
    odd.lastByte = .milliseconds(125_000)
    let nothing = Timings(start: Exchanges.start)
    var instant = Timings(start: Exchanges.start)
    instant.written = .zero
    let screen = Self.screens([40, 80, 200]) { width in
      [https, again, odd, nothing, instant].flatMap {
        TimingBars.lines($0, width: width) + [StyledText("")]
      }
    }
    #expect(Self.golden.difference("timing", screen) == nil)
  }

  @Test("values laid out")
  func values() throws {
    let json = try JSON(
      reading: #"""
        {"id":1.0,"empty":{},"none":[],"names":["a","b"],"b":12345678901234567890,
        "deep":[[[[[1]]]]],"text":"tab\t quote\" umlaut ü wide 日本 😀 \u0041\ud800 / \/",
        "list":[{"id":1,"name":"first of several"},{"id":2,"name":"second of several"}],"b":1e-7,
        "t":true,"n":null}
        """#)
    let screen = Self.screens([40, 80, 120], canOverflow: true) {
      [JSONText.pretty(json, width: $0).text]
    }
    #expect(Self.golden.difference("values", screen) == nil)
    let (text, omitted) = JSONText.pretty(json, width: 40, maxLines: 5)
    let whole = JSONText.pretty(json, width: 40).text
    #expect(text.lines.count == 5)
    #expect(Array(whole.lines.prefix(5)) == text.lines)
    #expect(omitted == whole.lines.count - 5)
  }

  @Test("log lines, errors and messages from the server")
  func exchanges() {
    let text = ExchangeText(width: 80, maxLines: 6, maxLogBytes: 100)
    var lines: [StyledText] = []
    let good = Exchanges.call(
      "subtract", params: [42, 23], reply: #"{"jsonrpc": "2.0",\#n "result": 19, "id": 1}"#,
      status: 200)
    lines.append(text.sent(good.request))
    lines.append(text.received(good.messages[0], of: good))
    let long = Exchanges.call(
      "long", params: [JSON(String(repeating: "ä", count: 100))], reply: "<html>\n</html>",
      status: 502, reason: "Bad Gateway")
    lines.append(text.sent(long.request))
    lines.append(text.received(long.messages[0], of: long))
    for error in [
      #"{"code": -32601, "message": "Method not found"}"#,
      #"{"code": -32601, "message": "there is no such method"}"#,
      #"{"code": -32000, "message": "line 1\nline 2", "data": {"trace": ["a", "b"], "n": 1.0}}"#,
      #"{"code": "E1", "message": 5}"#, #"{"message": "only text"}"#, "\"just a string\"", "null",
      #"{"code": 1.0, "message": "", "data": null}"#,
    ] {
      lines.append(text.error(ErrorObject(received: (try? JSON(reading: error)) ?? .null)))
    }
    lines.append(
      text.result(
        (try? JSON(
          reading: "[\((1...30).map { "\"element number \($0)\"" }.joined(separator: ","))]"))
          ?? .null))
    let notification = #"{"jsonrpc": "2.0", "method": "progress", "params": {"done": 50}}"#
    lines.append(
      text.unasked(
        Exchanges.call(
          "progress", reply: notification, kind: .serverNotification, ending: .received)))
    let request = #"{"jsonrpc": "2.0", "method": "ask", "id": "s1"}"#
    var asked = Exchanges.exchange(
      [], method: "ask", ids: [RequestID("s1")], replies: [request], kind: .serverRequest,
      ending: .received)
    lines.append(text.unasked(asked))
    asked.answer = Array(#"{"id": "s1", "result": [], "error": null}"#.utf8)
    lines.append(text.unasked(asked))
    lines.append(
      text.unasked(
        Exchanges.exchange(
          [], replies: [#"{"id": 9, "result": 1}"#], kind: .unmatched, ending: .received)))
    #expect(
      Self.golden.difference("exchanges", lines.map(\.plain).joined(separator: "\n")) == nil)
  }

  @Test("what a piece of text means decides its colour")
  func roles() throws {
    let line = JSONText.line(Array(#"{"k": ["s", 1, null], oops}"#.utf8))
    let roles = Dictionary(line.spans.map { ($0.text, $0.role) }, uniquingKeysWith: { a, _ in a })
    #expect(roles["\"k\""] == .key)
    #expect(roles["\"s\""] == .string)
    #expect(roles["1"] == .number)
    #expect(roles["null"] == .literal)
    #expect(roles["oops"] == .error)
    #expect(roles["{"] == .punctuation)
  }

  @Test("a long text is cut between characters and says how much is left out")
  func cut() {
    let bytes = Array("\"äöü\"".utf8)
    #expect(JSONText.line(bytes, limit: 100).plain == "\"äöü\"")
    #expect(JSONText.line(bytes, limit: 4).plain == "\"ä … 5 B more")
    #expect(JSONText.line(bytes, limit: 5).plain == "\"äö … 3 B more")
    #expect(JSONText.raw(Array("a😀b".utf8), limit: 3).plain == "a\n… 5 B more")
    #expect(JSONText.raw([0xFF, 0xFF, 0xFF], limit: 2).plain.hasSuffix("1 B more"))
    #expect(JSONText.raw([0x80, 0x80, 0x80, 0x80, 0x80, 0x80], limit: 5).plain.hasPrefix("\\x80"))
  }
}
