import JSONRPC
import LosslessJSON
import Terminal
import Testing
import Wire

@testable import Session
@testable import View

/// Texts that a server might send to harm whoever looks at them.
enum Hostile {
  static let texts: [String] = [
    "\u{1b}[31mred\u{1b}[0m", "\u{1b}]0;title\u{07}", "\u{1b}]52;c;aGk=\u{1b}\\", "\u{9b}31m",
    "\u{90}q\u{9c}", "a\r\u{1b}[2Kforged", "line 1\nline 2\r\nline 3", "bell\u{07}\u{08}\u{7f}\0",
    "\u{202e}evil\u{202c}", "\u{2066}iso\u{2069}", "\u{200b}zero\u{feff}", "\u{2028}ls\u{2029}ps",
    "\u{e0041}tag", "\u{85}nel", "\u{ad}shy", "tab\tand\u{0b}\u{0c}", "\u{e000}private",
    "\u{61c}\u{200e}\u{200f}", "\u{fff9}a\u{fffa}b\u{fffb}",
  ]

  /// Bytes that are no text at all, with the same intent.
  static let bytes: [[UInt8]] =
    texts.map { Array($0.utf8) } + [
      [0x1B], [0x9B, 0x33, 0x31, 0x6D], [0xC2], [0xC2, 0x9B], [0xED, 0xA0, 0x80], [0xF5, 0x80],
      [0xC0, 0x9B], [0xE2, 0x80], [0xFF, 0xFE, 0x00, 0x1B],
    ]

  /// What in a text must not reach the screen as it is. Tabs are left in running text only.
  static func unsafe(_ text: StyledText, tabs: Bool = false) -> String? {
    let found = text.plain.unicodeScalars.first { scalar in
      if scalar == "\n" || tabs && scalar == "\t" { return false }
      let properties = scalar.properties
      switch properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        return true
      default: return properties.isDefaultIgnorableCodePoint
      }
    }
    return found.map { "U+\(String($0.value, radix: 16)) in \(text.plain.debugDescription)" }
  }
}

@Suite("Text from outside")
struct HostileTextTests {
  /// As bytes of JSON, with raw control characters where the grammar forbids them too.
  private static func spellings(_ text: String) -> [[UInt8]] {
    let escaped = Array(JSON.object([("k" + text, JSON(text))]).bytes)
    return [escaped, Array("{\"\(text)\": \"\(text)\", \(text)}".utf8), Array(text.utf8)]
  }

  @Test("is safe in the table of exchanges and in batches", arguments: Hostile.texts)
  func tables(_ text: String) {
    let exchange = Exchanges.call(
      text, reply: #"{"result": 1, "id": 1}"#, status: 200, reason: text)
    for width in [10, 40, 80, 200] {
      for line in LogTable.lines([ExchangeLog.Summary(exchange)], width: width) {
        #expect(Hostile.unsafe(line) == nil)
        #expect(!line.plain.contains("\n"))
      }
      let requests = JSON.array([
        JSON.object([
          ("method", JSON(text)), ("params", JSON.array([JSON(text)])), ("id", JSON(text)),
        ]),
        JSON.object([("x", JSON(text))]), JSON(text),
      ])
      let replies = JSON.array([
        JSON.object([
          ("error", JSON.object([("code", JSON(text)), ("message", JSON(text))])),
          ("id", JSON(text)),
        ]),
        JSON.object([("result", JSON(text)), ("id", JSON(9))]),
      ])
      for line in BatchTable.lines(Exchanges.batch(requests.text, replies.text), width: width) {
        #expect(Hostile.unsafe(line) == nil)
        #expect(!line.plain.contains("\n"))
      }
    }
  }

  @Test("is safe in values, broken or not, and in log lines", arguments: Hostile.texts)
  func values(_ text: String) throws {
    let view = ExchangeText(width: 80)
    for bytes in Self.spellings(text) {
      for limit in [3, 5, Int.max] {
        #expect(Hostile.unsafe(JSONText.line(bytes, limit: limit)) == nil)
        #expect(!JSONText.line(bytes, limit: limit).plain.contains("\n"))
        #expect(Hostile.unsafe(JSONText.raw(bytes, limit: limit), tabs: true) == nil)
      }
      #expect(Hostile.unsafe(view.sent(bytes)) == nil)
      var exchange = Exchanges.call(text, status: 200, reason: text)
      exchange.messages = [Exchanges.message(bytes)]
      #expect(Hostile.unsafe(view.received(exchange.messages[0], of: exchange)) == nil)
      if let json = exchange.messages[0].json {
        #expect(Hostile.unsafe(JSONText.pretty(json, width: 40).text) == nil)
        #expect(Hostile.unsafe(view.result(json)) == nil)
      }
      for kind in [Exchange.Kind.serverNotification, .serverRequest, .unmatched] {
        var unasked = Exchanges.exchange(
          [], method: text, ids: [RequestID(text)], kind: kind, ending: .received)
        unasked.messages = exchange.messages
        #expect(Hostile.unsafe(view.unasked(unasked)) == nil)
        unasked.answer = bytes
        #expect(Hostile.unsafe(view.unasked(unasked)) == nil)
      }
    }
  }

  @Test("is safe in errors and findings", arguments: Hostile.texts)
  func errors(_ text: String) {
    let value = JSON(text)
    let view = ExchangeText(width: 80)
    for error in [
      JSON.object([("code", 1), ("message", value), ("data", value)]),
      JSON.object([("code", value), ("message", value)]), JSON.object([(text, value)]), value,
    ] {
      #expect(Hostile.unsafe(view.error(ErrorObject(received: error)), tabs: true) == nil)
    }
    for bytes in Self.spellings(text) {
      for place in 0...bytes.count {
        let finding = Finding(
          "rule", .error, range: place..<(place + 2), message: text, hint: text)
        let drawn = FindingText.draw(finding, in: bytes, width: 40)
        #expect(Hostile.unsafe(drawn) == nil)
        // What goes on over several lines is set in: nothing forges a line of its own.
        for line in drawn.lines.map(\.plain) {
          #expect(line.contains(#/^(error\[rule\]:| --> line |[ 0-9]+ \| |  )/#), "\(line)")
        }
      }
    }
  }

  @Test("is safe where it is no text at all")
  func bytes() {
    for bytes in Hostile.bytes {
      let exchange = Exchanges.exchange(bytes, kind: .raw)
      #expect(Hostile.unsafe(JSONText.line(bytes)) == nil)
      #expect(Hostile.unsafe(JSONText.line([0x22] + bytes + [0x22])) == nil)
      #expect(Hostile.unsafe(JSONText.raw(bytes), tabs: true) == nil)
      #expect(Hostile.unsafe(ExchangeText(width: 40).sent(exchange.request)) == nil)
      for place in 0...bytes.count {
        let finding = Finding("rule", .error, range: place..<(place + 1), message: "")
        #expect(Hostile.unsafe(FindingText.draw(finding, in: bytes, width: 40)) == nil)
      }
    }
  }

  @Test("the table itself can tell what is unsafe")
  func detector() {
    for text in Hostile.texts { #expect(Hostile.unsafe(StyledText(text)) != nil) }
    #expect(Hostile.unsafe("fine ü 日本 é\n") == nil)
  }
}
