import Catalog
import Terminal
import Testing

@testable import Shell

@Suite("Colours of a line")
struct HighlighterTests {
  private let highlighter: Highlighter

  init() throws { highlighter = Highlighter(knowledge: try Shop.knowledge()) }

  static let lines = [
    "", "   ", "# a remark", ".", ".help", ".helpless", ".call --id 7 --timeout=2 subtract 1 2",
    ".batch subtract 42 23 ; echo 'x ; y' ; .notify log m={\"a\": [1]}", ".batch ; ; .notify",
    ".describe 'odd name'", ".set log on", "  subtract 42 23",
    "subtract minuend=42 subtrahend:=[1,",
    "x = ! order size='small' | .a[0] > 'f' &", "! x = f", "!", "! ", "x =", "my-x = f",
    "x = y = z",
    "$x.a[\"b c\"] | jq", "$", "$$x", "f $x+1 $x[ $x. $_", "f 'open", "f \"open \\",
    "f {\"a\": [1, $x",
    "f [}]", "f @file @'a b' @\"c\" @", "f a='b'c", "f a=\"b\"c d", "{\"a\": [1, tru, \"x\\u00",
    "[1,]",
    "{'a': \u{1b}}", "'odd \\' name' 1", "\"odd\\n\" 1", "f é=ü 日本=語 👩‍👩‍👧‍👦 \u{301} \u{202e}",
    "f a\r\nb\n  c \u{85} \u{2028}", "f \\\"", "\"", "'", "f a==", "f =", "f :=", "f a:=", "f a:",
    "é",
    "\u{0}\u{7f}\u{1b}[31m", ".é 'x", ".call", ".call --", ".call -- .x", ".call --header 'a: b' f",
  ]

  @Test(
    "never change, add or lose a character, of any line or beginning of a line", arguments: lines)
  func sameCharacters(_ line: String) {
    let scalars = Array(line.unicodeScalars)
    for end in 0...scalars.count {
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars[..<end])
      let plain = highlighter.highlight(text).plain
      #expect(
        plain.utf8.elementsEqual(text.utf8),
        "\(text.debugDescription) became \(plain.debugDescription)")
    }
    for start in 0..<scalars.count {
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars[start...])
      #expect(highlighter.highlight(text).plain.utf8.elementsEqual(text.utf8))
    }
  }

  private func roles(_ line: String) -> [String] {
    highlighter.highlight(line).spans.filter { $0.role != .plain }.map { "\($0.text):\($0.role)" }
  }

  @Test("say what each part is")
  func parts() {
    #expect(
      roles("x = subtract 42 minuend=5 'a' word | .a > f")
        == [
          "x:variable", "=:operator", "subtract:method", "42:number", "minuend:key",
          "=:punctuation", "5:number", "'a':string", "word:string", "|:operator", ".a:string",
          ">:operator", "f:string",
        ])
    #expect(roles(".help") == [".help:command"])
    #expect(roles(".nope") == [".nope:error"])
    #expect(roles(".hel") == [])
    #expect(roles("# x") == ["# x:dim"])
    #expect(roles("! ping") == ["!:operator", "ping:method"])
    #expect(roles("f true $x.a").suffix(2) == ["true:literal", "$x.a:variable"])
    #expect(roles("{\"a\": 1}").contains("\"a\":key"))
    #expect(
      roles(".call --id 7 ping").first == ".call:command")
  }

  @Test(
    "call nothing wrong that may still become right",
    arguments: [
      ("{\"a\": tru", false), ("{\"a\": trux", true), ("{\"a\": -", false), ("[1.", false),
      ("[1e", false), ("[1e+", false), ("f [nul", false), ("[tru,", true), ("f [nul ]", true),
      ("[1..", true),
    ])
  func unfinished(_ line: String, _ isWrong: Bool) {
    #expect(highlighter.highlight(line).spans.contains { $0.role == .error } == isWrong)
  }

  @Test("warn of a method that the server does not have, and of none while one may become")
  func unknownMethods() throws {
    #expect(roles("nosuch") == ["nosuch:warning"])
    #expect(roles("subtr") == ["subtr:method"])
    #expect(roles("used.before") == ["used.before:method"])
    var empty = try Shop.knowledge()
    empty.catalog = .init()
    let spans = Highlighter(knowledge: empty).highlight("nosuch").spans
    #expect(spans.map(\.role) == [.method])
  }
}
