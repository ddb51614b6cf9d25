import JSONRPC
import LosslessJSON
import Session
import TestFolders
import Testing
import Wire

@testable import Recording

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ReadingTests {
  static let samples: [Exchange] = [
    Exchanges.call(1, method: "tools/list", took: .milliseconds(5)),
    Exchanges.call(2, method: "tools/call", took: .milliseconds(250), at: 1_700_000_100),
    Exchanges.call(
      3, method: "eth_call", result: nil, error: #"{"code": -32601, "message": "nothing"}"#),
    Exchanges.notification(4, method: "notifications/message", params: #"["needle \"q\""]"#),
    Exchanges.call(
      5, method: "odd\\\"name",
      findings: [
        Finding("rpc.id-type", .error, message: "m"), Finding("json.x", .note, message: ""),
      ]),
    Exchanges.call(6, result: nil, ending: .timedOut(.seconds(1)), id: #""abc""#),
    Exchanges.call(7, status: 404, headers: [HeaderField("X-Trace", "needle2")], stderr: "needle3"),
    Exchanges.exchange(
      8, kind: .batch, request: "[1]".bytes, ids: [RequestID(8), RequestID(9)],
      replies: [#"[{"result":1,"id":8},{"result":2,"id":9}]"#.bytes]),
    Exchanges.exchange(9, kind: .raw, request: [0x7B, 0xFF], replies: [[0xFF] + "needle4".bytes]),
  ]

  /// Filters with the numbers of the samples that pass.
  static let filters: [(String, [Int])] = [
    ("", Array(1...9)), ("method:tools/*", [1, 2]), ("method:tools/list|eth_*", [1, 3]),
    ("method:odd*", [5]), ("!method:*", [8, 9]), ("status:error", [3]),
    ("status:error|timeout", [3, 6]), ("status:invalid", [5, 9]),
    ("status:malformed|timed-out", [5, 6, 9]), ("status:received", [4]),
    ("dir:in", [4]), ("kind:notification", [4]), ("kind:batch,raw", [8, 9]), ("id:7", [7]),
    ("id:abc", [6]), (#"id:"abc""#, [6]), ("id:9", [8]), ("finding:id-type", [5]),
    ("finding:rpc.*", [5]), ("finding:id-*", [5]), ("finding:note", [5]), ("code:-32601", [3]),
    ("http:404", [7]), ("http:4xx", [7]), ("slower:100ms", [2]),
    ("since:2023-11-14T22:14:00Z", [2]),
    ("n:2..4", [2, 3, 4]), ("n:8..", [8, 9]), ("needle", [4, 7, 9]), (#"needle "q""#, []),
    ("needle2", [7]), ("X-Trace: needle2", [7]), ("needle3", [7]), ("needle4", [9]),
    ("dir:out method:*call status:ok", [2]), ("!dir:in !status:ok", [3, 6, 9]),
    ("text:method:x", []), ("http://nothing", []), ("larger:60 kind:raw", []),
    ("faster:1ms", []),
  ]

  @Test(arguments: filters)
  func `A filter takes the same live and from a file`(words: String, numbers: [Int]) throws {
    let words =
      words.contains("\"q") || words.contains(": ")
      ? [words] : words.split(separator: " ").map(String.init)
    let filter = try ExchangeFilter(words: words, now: 1_700_000_200)
    #expect(Self.samples.filter { filter.matches($0) }.map(\.number) == numbers, "live")
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = RecordingWriter(
      path: path, header: Exchanges.header, rules: MaskRules(isOn: false))
    for exchange in Self.samples { writer.record(exchange) }
    let file = try SessionFile(opening: path)
    #expect(try file.exchanges(matching: filter).map(\.exchange.number) == numbers, "scanned")
    let last = try file.last(100, matching: filter).compactMap { line -> Int? in
      if case .exchange(let recorded) = line.entry { recorded.exchange.number } else { nil }
    }
    #expect(last == numbers, "backwards")
    let tally = try file.count(matching: filter)
    #expect(tally.matches == numbers.count + (filter.isEmpty ? 1 : 0), "counted")
    #expect(tally.unreadable == 0)
    // A tool that wrote the lines anew with blanks changes nothing.
    let spaced = try folder.read("file.jsonl").split(separator: "\n")
      .map { JSONFormatter.oneLine.bytes(try JSON(reading: $0)).text + "\n" }.joined()
    try folder.write("spaced.jsonl", spaced)
    let other = try SessionFile(opening: folder.path + "/spaced.jsonl")
    #expect(try other.exchanges(matching: filter).map(\.exchange.number) == numbers, "spaced")
  }

  @Test(arguments: [
    ("status:bad", "there is no status bad"), ("dir:up", "dir: is in or out"),
    ("metod:x", "did you mean method:"), ("slower:x", "a time span is like"),
    ("method:", "method: needs a value"), ("n:9..1", "numbers are like"),
    ("http:9", ""), ("since:yesterday", "a time is"), ("code:x", "no integer"),
    ("kind:x", "there is no kind"), ("stauts:ok", "did you mean status:"),
  ]) func `A word that can't be read says what would be right`(word: String, says: String) {
    if says.isEmpty { return }
    #expect {
      _ = try ExchangeFilter(words: [word], now: 0)
    } throws: { error in
      guard case RecordingError.badFilter(word, let message)? = error as? RecordingError else {
        return false
      }
      return message.contains(says)
    }
  }

  @Test(arguments: [
    ("*", "", true), ("*", "abc", true), ("a*c", "abbc", true), ("a*c", "abb", false),
    ("a?c", "abc", true), ("a?c", "ac", false), ("", "", true), ("", "a", false),
    ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxaxx", false), ("A", "a", false),
  ]) func `Patterns are those of a shell`(pattern: String, text: String, matches: Bool) {
    #expect(Glob(pattern).matches(text.bytes) == matches)
  }

  @Test func `Lines longer than a block are read both ways`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = RecordingWriter(path: path, header: Exchanges.header)
    let long = "\"" + String(repeating: "long ", count: 700_000) + "\""
    writer.record(Exchanges.call(1))
    writer.record(Exchanges.call(2, result: long))
    writer.record(Exchanges.call(3))
    writer.record(Exchanges.call(4, result: long))
    let file = try SessionFile(opening: path)
    #expect(try file.exchanges().map(\.exchange.number) == [1, 2, 3, 4])
    #expect(try file.exchanges()[1].exchange.replySize > 3_500_000)
    #expect(try file.last(2).map { $0.bytes.count > 1_000_000 } == [false, true])
    #expect(try file.last(10).count == 5)
  }

  @Test func `A file that grows is followed line by line`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = RecordingWriter(path: path, header: Exchanges.header)
    writer.record(Exchanges.call(1))
    let file = try SessionFile(opening: path)
    var follower = file.follower(matching: try ExchangeFilter(words: ["method:sub*"], now: 0))
    #expect(try follower.poll().isEmpty)
    writer.record(Exchanges.call(2))
    writer.record(Exchanges.call(3, method: "other"))
    #expect(try follower.poll().count == 1)
    writer.close()
    let line = ExchangeLine.bytes(Exchanges.call(4), ExchangeParts(Exchanges.call(4))).text
    try folder.append("file.jsonl", String(line.prefix(40)))
    #expect(try follower.poll().isEmpty)
    try folder.append("file.jsonl", line.dropFirst(40) + "\n")
    #expect(try follower.poll().count == 1)
    #expect(try follower.poll().isEmpty)
  }

  @Test func `A follower notices a file that was cut, and one in its place`() throws {
    let folder = try TemporaryFolder()
    let header = Exchanges.header.line(target: "t").text + "\n"
    func line(_ number: Int) -> String {
      let exchange = Exchanges.call(number)
      return ExchangeLine.bytes(exchange, ExchangeParts(exchange)).text + "\n"
    }
    func story(_ news: [SessionFollower.News]) -> [String] {
      news.map { news in
        switch news {
        case .truncated: return "cut"
        case .replaced: return "other"
        case .line(let line):
          guard case .exchange(let recorded) = line.entry else { return "header" }
          return "\(recorded.exchange.number)"
        }
      }
    }
    try folder.write("file", header + line(1) + line(2))
    var follower = try SessionFile(opening: folder.path + "/file").follower()
    try folder.write("file", header + line(3))
    #expect(story(try follower.poll()) == ["cut", "header", "3"])
    try folder.append("file", line(4))
    try folder.write("other", header + line(5))
    #expect(rename(folder.path + "/other", folder.path + "/file") == 0)
    #expect(story(try follower.poll()) == ["4", "other", "header", "5"])
    unlink(folder.path + "/file")
    #expect(try follower.poll().isEmpty)
    try folder.write("file", header + line(6))
    #expect(story(try follower.poll()) == ["other", "header", "6"])
  }

  @Test func `What is no recording is said to be none`() throws {
    let folder = try TemporaryFolder()
    try folder.write("empty", "")
    try folder.write("other", "{\"a\": 1}\n")
    try folder.write("new", "{\"rpcscope\":\"recording\",\"version\":99}\n")
    for name in ["empty", "other"] {
      #expect(throws: RecordingError.self) { try SessionFile(opening: "\(folder.path)/\(name)") }
    }
    #expect(throws: RecordingError.tooNew(path: folder.path + "/new", version: 99)) {
      try SessionFile(opening: folder.path + "/new")
    }
    #expect(throws: RecordingError.system(operation: "open", path: "/nonexistent", errno: 2)) {
      try SessionFile(opening: "/nonexistent")
    }
    #expect(throws: RecordingError.self) { try SessionFile(opening: folder.path) }
  }
}
