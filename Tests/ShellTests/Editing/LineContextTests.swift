import Testing

@testable import Shell

@Suite("Where in a line the cursor is")
struct LineContextTests {
  /// The place of a cursor that `^` stands for.
  private static func place(_ line: String) -> String {
    let parts = line.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false)
    let context = LineContext(parts.joined(), cursor: parts[0].utf8.count)
    let bytes = Array(parts.joined().utf8)
    #expect(String(decoding: bytes[context.word], as: UTF8.self) == context.text)
    let words =
      switch context.place {
      case .command: "command"
      case .commandArgument(let name): "argument of .\(name)"
      case .method: "method"
      case .argument(let method, let place, let given):
        "argument \(place) of \(method)"
          + (given.isEmpty ? "" : " besides " + given.sorted().joined(separator: ","))
      case .output: "output"
      case .option(let name): "option of .\(name)"
      case .optionValue(let name, let option): "\(option) of .\(name)"
      case .raw: "raw"
      }
    return "\(words) <\(context.text)>"
  }

  @Test(
    "is told by what stands before it",
    arguments: [
      Line("^", "method <>"),
      Line("  ^", "method <>"),
      Line("su^", "method <su>"),
      Line("su^btract 1", "method <su>"),
      Line("'odd na^", "method <'odd na>"),
      Line(".^", "command <.>"),
      Line(".he^lp", "command <.he>"),
      Line(".help ^", "argument of .help <>"),
      Line(".set log ^", "argument of .set <>"),
      Line(".nope x^", "argument of .nope <x>"),
      Line("f ^", "argument 0 of f <>"),
      Line("f 1 ^", "argument 1 of f <>"),
      Line("f 1 2^", "argument 1 of f <2>"),
      Line("f 1^ 2", "argument 0 of f <1>"),
      Line("f a=1 ^", "argument 0 of f besides a <>"),
      Line("f a:={\"b\": 1} 2 ^", "argument 1 of f besides a <>"),
      Line("f a='b c' ^", "argument 0 of f besides a <>"),
      Line("f dGVzdA== ^", "argument 1 of f <>"),
      Line("f 'a=b' \"c=d\" {\"e\": \"=\"} ^", "argument 3 of f <>"),
      Line("f a=^", "argument 0 of f <a=>"),
      Line("f {\"a\": ^", "argument 0 of f <{\"a\": >"),
      Line("'odd name' ^", "argument 0 of odd name <>"),
      Line("x = ^", "method <>"),
      Line("x = f ^", "argument 0 of f <>"),
      Line("! f ^", "argument 0 of f <>"),
      Line("! x = f 1 ^", "argument 1 of f <>"),
      Line("f | ^", "output <>"),
      Line("f 1 > o^", "output <o>"),
      Line("x = f | .a^", "output <.a>"),
      Line(".last | .a^", "output <.a>"),
      Line(".methods > ^", "output <>"),
      Line(".call ^", "method <>"),
      Line(".call f ^", "argument 0 of f <>"),
      Line(".call --id 7 f 1 ^", "argument 1 of f <>"),
      Line(".call --id=7 f ^", "argument 0 of f <>"),
      Line(".call --^", "option of .call <-->"),
      Line(".call --id ^", "--id of .call <>"),
      Line(".call -- f ^", "argument 0 of f <>"),
      Line(".send --no-frame --e^", "option of .send <--e>"),
      Line("{\"a\": ^", "raw <{\"a\": >"),
      Line("$x[\"a b^", "method <$x[\"a b>"),
      Line("f a=$x[\"a b^", "argument 0 of f <a=$x[\"a b>"),
      Line(".notify f ^", "argument 0 of f <>"),
      Line(".batch a 1 ; b^", "method <b>"),
      Line(".batch a 1 ; b x^", "argument 0 of b <x>"),
      Line(".batch a 1 ; ^", "method <>"),
      Line(".batch .notify f ^", "argument 0 of f <>"),
      Line("é 日^", "argument 0 of é <日>"),
    ])
  func table(_ line: Line) { #expect(Self.place(line.text) == line.expected) }

  @Test("is found in any line, at any byte")
  func anywhere() {
    for line in HighlighterTests.lines {
      for cursor in 0...(line.utf8.count + 1) {
        let context = LineContext(line, cursor: cursor)
        #expect(context.word.upperBound <= line.utf8.count)
      }
    }
  }
}
