import LosslessJSON
import Session
import Terminal
import TestChannels
import Testing
import Wire

@testable import Catalog
@testable import Shell

@Suite("A hostile server", .timeLimit(.minutes(2)))
struct HostileServerTests {
  static let texts = [
    "\u{1b}[31mred", "\u{1b}]0;title\u{07}", "\u{9b}31m", "a\r\u{1b}[2K", "one\ntwo\r\nthree",
    "\u{202e}evil", "\u{2066}iso\u{2069}", "\u{200b}\u{feff}", "\u{2028}\u{2029}", "\u{e0041}",
    "\u{85}", "\u{7f}\u{08}\0", "\u{e000}",
  ]

  /// What a screen must never show of a server's text. Tabs are left in running text.
  private static func unsafe(_ screen: String) -> String? {
    let found = screen.unicodeScalars.first { scalar in
      scalar != "\n" && scalar != "\t" && !SafeText.isSafe(scalar)
    }
    return found.map { "U+\(String($0.value, radix: 16)) in \(screen.debugDescription)" }
  }

  private static func methods(_ text: String) -> [Method] {
    var method = Method("m" + text)
    method.summary = text
    method.doc = text + "\n" + text
    method.params = [
      MethodParam(
        name: "p" + text, doc: text,
        schema: Schema(["enum": [JSON(text)], "description": JSON(text)], root: [:]),
        isRequired: true)
    ]
    method.result = MethodParam(
      name: text, doc: text,
      schema: Schema(
        [
          "type": "object",
          "properties": JSON.object([(text, JSON.object([("type", JSON(text))]))]),
        ], root: [:]))
    method.errors = [.init(code: text, message: text)]
    method.examples = [.init(name: text, params: [(text, JSON(text))], result: JSON(text))]
    return [method]
  }

  @Test(
    "shows nothing on the screen that is not text",
    arguments: texts, [ChannelTraits.Kind.tcp, .http])
  func screen(_ text: String, _ kind: ChannelTraits.Kind) async throws {
    let shell = try ShellHarness(kind, methods: Self.methods(text))
    shell.interpreter.settings.update { $0.log = .on }
    // On a stream a reply with another id leaves its call waiting.
    _ = try await shell.run(".set timeout 50ms")
    let value = JSON(text).text
    let name = Completer.quoted("m" + text)
    for reply in [
      #"{"jsonrpc": "2.0", "result": {\#(value): \#(value)}, "id": 1}"#,
      #"{"jsonrpc": "2.0", "error": {"code": \#(value), "message": \#(value)}, "id": 1}"#,
      #"{"jsonrpc": "2.0", "error": {"code": -1, "message": \#(value), "data": \#(value)}, "id": 1}"#,
      #"{"jsonrpc": "2.0", "result": 1, "id": \#(value)}"#,
      "{\"jsonrpc\": \"\(text)\", \(text)", text,
    ] {
      let argument = JSON(reply).text
      _ = try await shell.run("! raw \(argument)")
      for view in ["", " all", " headers", " findings", " timing", " request"] {
        _ = try await shell.run(".last\(view)")
      }
    }
    for line in [
      "! stderr \(value)", "! stderr \(value) | cat > /dev/null", "! status 404 \(value) \(value)",
      ".last headers", "! status 200 \(value) ''", "! \(name) \(value)", "\(name) 5 6", name,
      ".describe \(name)", ".describe zzz", ".methods", ".log", ".vars", ".target",
      ".batch ! \(name) \(value) ; ! echo \(value)", "'\(text)' 1", "x = ! echo \(value)",
      "$x.nope", "$_ | .nope", "$_[9]", ".show 1 all", ".\(text.filter { !$0.isWhitespace })",
      ".set \(text.filter { !$0.isWhitespace }) 1", "echo @'\(text)'", ".call --id \(value) echo",
      ".connect \(text)", "{\"\(text)",
    ] {
      _ = try await shell.run(line)
      #expect(Self.unsafe(try shell.error) == nil, "after \(line.debugDescription)")
    }
    #expect(Self.unsafe(try shell.error) == nil)
    // Results that a program reads are exact, so that JSON's own escapes are all there is.
  }

  @Test("is shown safely where a person reads the result", arguments: texts)
  func colourScreen(_ text: String) async throws {
    let shell = try ShellHarness(color: .always)
    let value = JSON(text).text
    _ = try await shell.run("echo {\(value): \(value)}")
    _ = try await shell.run(".last all")
    _ = try await shell.run(".batch echo \(value) ; nosuch")
    _ = try await shell.run(".log")
    let plain = try shell.output.replacing(/\u{1b}\[[0-9;]*m/, with: "")
    #expect(Self.unsafe(plain) == nil)
  }
}
