import Testing

@testable import Wire

@Suite("Event stream parser")
struct EventStreamParserTests {
  struct Case: Sendable {
    var text: String
    var events: [String]
  }

  /// An event as `name|id|data`, with newlines as `/`.
  private static func show(_ event: EventStreamParser.Event) -> String {
    let data = String(decoding: event.data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    return "\(event.name)|\(event.id)|\(data.joined(separator: "/"))"
  }

  private static func parse(_ bytes: [UInt8], by step: Int, limit: Int = 1000) -> [String] {
    var parser = EventStreamParser(limit: limit)
    var shown: [String] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(step)
      rest = rest.dropFirst(step)
      shown += piece.withUnsafeBytes { parser.feed($0, at: .now) }.map(show)
    }
    if let last = parser.finish(at: .now) { shown.append(show(last)) }
    return shown
  }

  private static let cases = [
    Case(text: "data: a\n\n", events: ["message||a"]),
    Case(text: "data:a\r\n\r\ndata: b\r\n\r\n", events: ["message||a", "message||b"]),
    Case(text: "data: a\r\rdata: b\r\r", events: ["message||a", "message||b"]),
    Case(text: "data: a\r\n\ndata: b\n\r\n", events: ["message||a", "message||b"]),
    Case(text: "\u{FEFF}data: a\n\n", events: ["message||a"]),
    Case(text: "data: \u{FEFF}a\n\n", events: ["message||\u{FEFF}a"]),
    Case(text: "data: a\ndata:  b\ndata\ndata:\n\n", events: ["message||a/ b//"]),
    Case(text: "event: tick\nid: 7\ndata: x\n\n", events: ["tick|7|x"]),
    Case(text: "id: 7\ndata: x\n\ndata: y\n\n", events: ["message|7|x", "message||y"]),
    Case(text: ": hello\n\n:\n\ndata: x\n: in between\n\n", events: ["message||x"]),
    Case(text: "retry: 10\n\nevent: lonely\n\n\n\n", events: []),
    Case(text: "id: 5\n\n", events: ["message|5|"]),
    Case(text: "id: 5\ndata:\n\n", events: ["message|5|"]),
    Case(text: "id: a\0b\ndata: x\n\n", events: ["message||x"]),
    Case(text: "unknown: 1\nDATA: 2\n data: 3\ndata: 4\n\n", events: ["message||4"]),
    Case(text: "data: a:b: c\n\n", events: ["message||a:b: c"]),
    Case(text: "data: cut", events: ["message||cut"]),
    Case(text: "data: cut\n", events: ["message||cut"]),
    Case(text: "data: a\n\nda", events: ["message||a"]),
    Case(text: "", events: []),
    Case(text: "\n\r\n\r", events: []),
  ]

  @Test(arguments: cases.indices)
  func streamsOfAnyPieceSizeGiveTheSameEvents(_ index: Int) {
    let sample = Self.cases[index]
    for step in [1, 2, 3, 7, 1000] {
      #expect(Self.parse(Array(sample.text.utf8), by: step) == sample.events, "step \(step)")
    }
  }

  @Test func bytesThatAreNoTextStay() {
    var parser = EventStreamParser()
    let bytes = Array("data: ".utf8) + [0xFF, 0x00, 0xC3] + Array("\n\n".utf8)
    let events = bytes.withUnsafeBytes { parser.feed($0, at: .now) }
    #expect(events.map(\.data) == [[0xFF, 0x00, 0xC3]])
  }

  @Test func retryIsKept() {
    var parser = EventStreamParser()
    let bytes = Array("retry: 1500\nretry: 2s\nretry: 99999999999999999999\n\n".utf8)
    _ = bytes.withUnsafeBytes { parser.feed($0, at: .now) }
    #expect(parser.retry == 1500)
  }

  @Test(arguments: [1, 16, 1000])
  func anEventOverTheLimitStopsTheParser(_ step: Int) {
    var parser = EventStreamParser(limit: 20)
    var events: [EventStreamParser.Event] = []
    var rest = Array("data: a\n\ndata: 01234567890123456789\n\ndata: b\n\n".utf8)[...]
    while !rest.isEmpty {
      events += rest.prefix(step).withUnsafeBytes { parser.feed($0, at: .now) }
      rest = rest.dropFirst(step)
    }
    #expect(events.map { Self.show($0) } == ["message||a"])
    #expect(parser.isOversize)
    #expect(parser.pending <= 20)
    #expect(parser.finish(at: .now).map(Self.show) == "message||01234567890123")
  }

  @Test func manyShortLinesAreBoundedToo() {
    var parser = EventStreamParser(limit: 100)
    let line = Array("data: abcdefgh\n".utf8)
    for _ in 0..<1000 { _ = line.withUnsafeBytes { parser.feed($0, at: .now) } }
    #expect(parser.isOversize)
    #expect(parser.pending <= 100)
  }

  @Test func anEventBeginsWithItsFirstByteNotWithAComment() throws {
    var parser = EventStreamParser()
    let (early, late) = (ContinuousClock.now, ContinuousClock.now + .seconds(9))
    _ = Array(": alive\n".utf8).withUnsafeBytes { parser.feed($0, at: early) }
    _ = Array("da".utf8).withUnsafeBytes { parser.feed($0, at: late) }
    let events = Array("ta: 1\n\n".utf8).withUnsafeBytes {
      parser.feed($0, at: late + .seconds(1))
    }
    #expect(events.first?.firstByte == late)
  }
}
