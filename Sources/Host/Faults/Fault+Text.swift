extension Fault {
  /// What is wrong with the text as a whole.
  static let texts: [Fault] = [
    Fault(
      "text", "this text; $reply, $id, $value … are parts of the proper one", .text,
      takes: .text(example: "[$reply]"), .reply { parts, argument in parts.fill(argument.text) }),
    whole("empty", "an empty text instead of the reply") { _ in [] },
    whole("blank", "a text of blanks only") { _ in Array("  \t ".utf8) },
    Fault(
      "before", "this text before the reply", .text, takes: .text(example: "DEBUG "),
      .delivery {
        let text = $1.text
        $0.texts = $0.texts.map { text + $0 }
      }),
    Fault(
      "after", "this text after the reply", .text, takes: .text(example: " done."),
      .delivery {
        let text = $1.text
        $0.texts = $0.texts.map { $0 + text }
      }),
    before("log-line", "a line of log before the JSON, on its line", "DEBUG cache miss: "),
    before("log-before", "a line of log before the JSON, on a line of its own", "INFO connected\n"),
    before(
      "stack-trace", "a stack trace before the JSON",
      "Traceback (most recent call last):\n  File \"server.py\", line 3, in <module>\n"
        + "ValueError: no\n"),
    whole("log-inside", "a line of log in the middle of the JSON") { text in
      let place = text.count / 3
      return Array(text[..<place]) + Array("INFO: cache is cold\n".utf8) + Array(text[place...])
    },
    after("log-after", "text after the JSON", " done."),
    after("two-values", "two values where one belongs", " {\"more\": true}"),
    whole("unclosed", "a notification begins before the reply is closed") { text in
      Array(text.dropLast()) + Array("\n{\"jsonrpc\": \"2.0\", \"method\": \"log\"}".utf8)
    },
    Fault(
      "pretty", "the reply is spread over several lines", .text,
      .text("{\n  \"jsonrpc\": $version,\n  \"$name\": $value,\n  \"id\": $id\n}")),
    whole("unbatch", "a batch is answered with its first reply, without brackets") { text in
      ReplyParts.first(of: text) ?? text
    },
    before("bom", "a byte order mark before the text", "\u{FEFF}"),
    whole("utf-16", "UTF-16 instead of UTF-8") { [0xFF, 0xFE] + Self.utf16($0) },
    whole("utf-16-cut", "UTF-16 that ends inside a unit") {
      [0xFF, 0xFE] + Self.utf16($0) + [0x20]
    },
    whole("utf-32", "UTF-32 instead of UTF-8", Self.utf32),
    Fault("latin-1", "a byte that is not UTF-8", .text, .reply { parts, _ in Self.latin1(parts) }),
    Fault(
      "truncated", "a text that stops in the middle", .text,
      .reply { parts, _ in Self.truncated(parts) }),
    before("xssi-prefix", "what keeps browsers from running it stands before it", ")]}',\n"),
    whole("jsonp", "a call of JavaScript around it") {
      Array("callback(".utf8) + $0 + Array(");".utf8)
    },
    after("surplus-bracket", "one closing bracket too many", "}"),
    Fault(
      "deep", "arrays in arrays, so many", .text, takes: .number(20_000, 1...10_000_000),
      .reply { parts, depth in parts.with(value: Self.run("[", depth) + Self.run("]", depth)) }),
    Fault(
      "large", "a string of so many bytes", .text, takes: .number(1 << 20, 1...1_000_000_000),
      .reply { parts, size in
        parts.with(value: Array("\"".utf8) + Self.run("x", size) + Array("\"".utf8))
      }),
    Fault(
      "many-mistakes", "so many mistakes", .text, takes: .number(1_000, 1...1_000_000),
      .reply { parts, count in
        parts.with(value: Array("[".utf8) + Self.run("None, ", count) + Array("1]".utf8))
      }),
  ]

  private static func whole(
    _ name: String, _ summary: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) -> Fault {
    Fault(
      name, summary, .text,
      .delivery { delivery, _ in
        delivery.texts = delivery.texts.map(change)
      })
  }

  private static func before(_ name: String, _ summary: String, _ text: String) -> Fault {
    whole(name, summary) { Array(text.utf8) + $0 }
  }

  private static func after(_ name: String, _ summary: String, _ text: String) -> Fault {
    whole(name, summary) { $0 + Array(text.utf8) }
  }

  /// A text as often as it is said.
  private static func run(_ text: String, _ count: FaultArgument) -> [UInt8] {
    Array(String(repeating: text, count: count.number).utf8)
  }

  private static func truncated(_ parts: ReplyParts) -> [UInt8] {
    let value = parts.outcome.value
    let whole = parts.object(
      [("jsonrpc", parts.version), ("id", parts.id), (parts.outcome.name, [])])
    return Array(whole.dropLast() + value.prefix((value.count * 4 + 4) / 5))
  }

  @Sendable private static func utf32(_ text: [UInt8]) -> [UInt8] {
    var units: [UInt8] = [0xFF, 0xFE, 0, 0]
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      units += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: scalar.value >> $0) }
    }
    return units
  }

  private static func utf16(_ text: [UInt8]) -> [UInt8] {
    String(decoding: text, as: UTF8.self).utf16.flatMap { unit in
      [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
  }

  /// Letters of the first 256 as one byte each; `caf\u{E9}` where the reply has none.
  private static func latin1(_ parts: ReplyParts) -> [UInt8] {
    let text = String(decoding: parts.text, as: UTF8.self)
    let hasLetters = text.unicodeScalars.contains { (0xA0...0xFF).contains($0.value) }
    let other = parts.with(value: Array("\"café\"".utf8))
    let source = hasLetters ? text : String(decoding: other, as: UTF8.self)
    return source.unicodeScalars.flatMap { scalar in
      (0xA0...0xFF).contains(scalar.value)
        ? [UInt8(scalar.value)] : Array(String(Character(scalar)).utf8)
    }
  }
}
