import Testing

@testable import Shell

@Suite("A line of the command language")
struct StatementParserTests {
  @Test(
    "is tried as a command, raw text, a capture, a variable, and is a call otherwise",
    arguments: [
      Line("", "nothing"),
      Line(" \t ", "nothing"),
      Line("# a remark", "nothing"),
      Line(".help call", "command help <call>"),
      Line("  .log   5  ", "command log <5>"),
      Line(".", "command  <>"),
      Line(#"{"id":1}"#, #"raw <{"id":1}>"#),
      Line("[1, 2]", "raw <[1, 2]>"),
      Line("x = add 1", "keep x: call add bare(1)"),
      Line("_ = add", "keep _: call add"),
      Line("x\t=\tadd", "keep x: call add"),
      Line("$x", "show $x"),
      Line("$x.a[0].b", "show $x.a[0].b"),
      Line("$_", "show $_"),
      Line("add 1 2", "call add bare(1) bare(2)"),
    ])
  func order(_ line: Line) { #expect(Sketch.of(line.text) == line.expected) }

  @Test(
    "takes a method's name as it stands, or in quotes",
    arguments: [
      Line("a.b/c-d:e", "call a.b/c-d:e"),
      Line("$/cancelRequest id=1", "call $/cancelRequest id=bare(1)"),
      Line("$5", "call $5"),
      Line("$", "call $"),
      Line("exit", "call exit"),
      Line("\\q", "call \\q"),
      Line("größe 1", "call größe bare(1)"),
      Line("'odd name' 1", "call 'odd name' bare(1)"),
      Line("'.hidden'", "call '.hidden'"),
      Line("'a | b' 1", "call 'a | b' bare(1)"),
      Line(#"'it\'s \\ so'"#, #"call 'it's \ so'"#),
      Line(#""odd\nname" 1"#, "call 'odd\nname' bare(1)"),
      Line("''", "call ''"),
      Line("'|' 1", "call '|' bare(1)"),
      Line("x=1", "call x=1"),
    ])
  func methods(_ line: Line) { #expect(Sketch.of(line.text) == line.expected) }

  @Test(
    "keeps what follows, whatever it is",
    arguments: [
      Line("x = .batch a ; b", "keep x: command batch <a ; b>"),
      Line(#"x = {"id":1}"#, #"keep x: raw <{"id":1}>"#),
      Line("x = $y.a", "keep x: show $y.a"),
      Line("x = ! f 1", "unchecked keep x: call f bare(1)"),
      Line("! x = f 1", "unchecked keep x: call f bare(1)"),
      Line("x =", "wrong 3..<3: a call must follow '='"),
      Line("x = ", "wrong 4..<4: a call must follow '='"),
      Line("my-x = f 1", "wrong 0..<4: the name of a variable has no '-'"),
      Line("x =1", "call x bare(=1)"),
      Line("x == 1", "call x bare(==) bare(1)"),
      Line("1x = 1", "call 1x bare(=) bare(1)"),
    ])
  func captures(_ line: Line) { #expect(Sketch.of(line.text) == line.expected) }

  @Test(
    "that starts with '! ' is a call unchecked",
    arguments: [
      Line("! f 1", "unchecked call f bare(1)"),
      Line("!f 1", "call !f bare(1)"),
      Line("'!' 1", "call '!' bare(1)"),
      Line("!", "wrong 0..<1: a call must follow '!'"),
      Line(" ! ", "wrong 1..<2: a call must follow '!'"),
      Line("! .call f", "wrong 2..<3: only a call can follow '!'"),
      Line("! {}", "wrong 2..<3: only a call can follow '!'"),
      Line("x = ! {}", "wrong 6..<7: only a call can follow '!'"),
    ])
  func unchecked(_ line: Line) { #expect(Sketch.of(line.text) == line.expected) }

  @Test(
    "has operators that stand alone between blanks, outside quotes and JSON",
    arguments: [
      Line("f | .a[0].b", "call f select .a[0].b"),
      Line("f | .", "call f select ."),
      Line("f | . | jq .", "call f select . pipe <jq .>"),
      Line("f | [0]", "call f select [0]"),
      Line(#"f | ["odd name"].x"#, #"call f select ["odd name"].x"#),
      Line(#"f | ."odd name""#, #"call f select ["odd name"]"#),
      Line("f | .a | .b", "call f select .a select .b"),
      Line("f | jq length", "call f pipe <jq length>"),
      Line("f | jq . | head -1 > out", "call f pipe <jq . | head -1 > out>"),
      Line("f | ./script", "call f pipe <./script>"),
      Line("f > out.json", "call f write <out.json>"),
      Line("f >> 'my file'", "call f append <my file>"),
      Line(#"f > "a\tb""#, "call f write <a\tb>"),
      Line("f | .a > out >> all", "call f select .a write <out> append <all>"),
      Line("f 1 &", "call f bare(1) in background"),
      Line("f > out &", "call f write <out> in background"),
      Line("f & 1", "call f bare(&) bare(1)"),
      Line("f a|b a>b >out 1;2", "call f bare(a|b) bare(a>b) bare(>out) bare(1;2)"),
      Line("f ; g", "call f bare(;) bare(g)"),
      Line("f '|' \"> x\"", "call f text(|) json(\"> x\")"),
      Line("f [\"a | b\", 1]", "call f json([\"a | b\", 1])"),
      Line("x = f | .a", "keep x: call f select .a"),
      Line("$x | .a > f", "show $x select .a write <f>"),
    ])
  func operators(_ line: Line) { #expect(Sketch.of(line.text) == line.expected) }

  @Test(
    "that is wrong says where",
    arguments: [
      Line("f |", "wrong 2..<3: a path or a command must follow '|'"),
      Line("f >  ", "wrong 2..<3: a file must follow '>'"),
      Line("f >>", "wrong 2..<3: a file must follow '>>'"),
      Line("f > out 1", "wrong 8..<9: nothing but '|', '>' and '>>' can follow an output"),
      Line("f | .a b", "wrong 7..<8: nothing but '|', '>' and '>>' can follow an output"),
      Line("f | .a[x]", "wrong 7..<8: expected a number or a name in double quotes"),
      Line("f | .a[0", "wrong 6..<7: this '[' is not closed"),
      Line("f | .a+b", "wrong 6..<7: expected '.name' or '[…]'"),
      Line("$x 1", "wrong 3..<4: a variable alone is shown; nothing can follow it"),
      Line("$x+1", "wrong 2..<3: this is no path of a variable"),
      Line("f $x.a+1", "wrong 6..<7: this is no path of a variable"),
      Line("f $x[a]", "wrong 5..<6: expected a number or a name in double quotes"),
      Line("f 'a'b", "wrong 5..<6: a blank is missing after a quoted string"),
      Line(#"f "a"b"#, "wrong 5..<6: a blank is missing after a JSON value"),
      Line("f [1]x", "wrong 5..<6: a blank is missing after a JSON value"),
      Line("f [1}", "wrong 4..<5: '}' can't close the '[' that is still open"),
      Line("ä 'a'b", "wrong 6..<7: a blank is missing after a quoted string"),
      Line(#""a\q" 1"#, "wrong 0..<5: this is no JSON string"),
      Line("| .a", "wrong 0..<1: a call must stand before '|'"),
      Line("x = > f", "wrong 4..<5: a call must stand before '>'"),
      Line("& 1", "wrong 0..<1: a call must stand before '&'"),
      Line("f [$x.a+1]", "wrong 7..<8: this is no path of a variable"),
      Line("f [$x[0]5]", "wrong 8..<9: this is no path of a variable"),
    ])
  func faults(_ line: Line) { #expect(Sketch.of(line.text) == line.expected) }

  @Test(
    "that only needs more text is unfinished, not wrong",
    arguments: [
      Line("f 'a", "unfinished '"),
      Line("f x='a", "unfinished '"),
      Line("'odd na", "unfinished '"),
      Line(#"f "a"#, "unfinished \""),
      Line(#"f "a\""#, "unfinished \""),
      Line("f [1,", "unfinished ["),
      Line("f [1, {", "unfinished {"),
      Line(#"f {"a": [1]"#, "unfinished {"),
      Line("f x:={", "unfinished {"),
      Line("f > 'a", "unfinished '"),
      Line(#"{"a""#, "unfinished JSON"),
      Line("[1", "unfinished JSON"),
      Line("[tru", "unfinished JSON"),
      Line("x = [", "unfinished JSON"),
    ])
  func unfinished(_ line: Line) { #expect(Sketch.of(line.text) == line.expected) }

  @Test(
    "of raw text goes out verbatim, broken or not, with no suffix taken off",
    arguments: [
      #"{"a": 1} | .a"#, #"{"a": 1} > f"#, #"{"a": $x}"#, "{oops}", "[1] &", "{\"a\":\n 1}",
      "[1,]  ", "{'a': 1}",
    ])
  func raw(_ text: String) { #expect(Sketch.of(text) == "raw <\(text)>") }

  @Test("gives arguments their places in bytes")
  func ranges() {
    guard case .statement(let statement) = StatementParser.parse("ä é=[1, 2] 'x' name:=true"),
      case .call(let call) = statement.action
    else {
      Issue.record("no call")
      return
    }
    #expect(call.methodRange == 0..<2)
    // A letter beyond ASCII begins no name, so that the first argument ends at the blank.
    #expect(call.arguments.map(\.range) == [3..<9, 10..<12, 13..<16, 17..<27])
  }

  @Test("never reads a prefix of a good line as anything but good, unfinished, or wrong in it")
  func prefixes() {
    for line in [
      #"x = call 'a b' name:={"k": [$x.y[0], "s\"t"]} @'f g' $z | .a["b"] > "o p""#,
      #"! f "é\u00e9" [1,[2,{}]] a='\'' b=@x >> 'ü' &"#,
    ] {
      let bytes = Array(line.utf8)
      for end in 0...bytes.count {
        let prefix = String(decoding: bytes[..<end], as: UTF8.self)
        if case .failure(let error) = StatementParser.parse(prefix) {
          #expect(error.range.lowerBound >= 0 && error.range.upperBound <= prefix.utf8.count)
          #expect(!error.message.isEmpty)
        }
      }
    }
  }
}

@Suite("Splitting a line at semicolons")
struct StatementSplitterTests {
  @Test(
    "happens where one stands alone, outside quotes and JSON",
    arguments: [
      Line("a 1", "<a 1>"),
      Line("", "<>"),
      Line("a 1 ; b 2", "<a 1 >< b 2>"),
      Line("a ; b ; c", "<a >< b >< c>"),
      Line("a;b", "<a;b>"),
      Line("a; b", "<a; b>"),
      Line("a ;", "<a ><>"),
      Line("; a", "<>< a>"),
      Line("a ' ; ' ; b", "<a ' ; ' >< b>"),
      Line(#"a " ; " ; b"#, #"<a " ; " >< b>"#),
      Line(#"a [" ; ", {"k": 1}] ; b"#, #"<a [" ; ", {"k": 1}] >< b>"#),
      Line("log message='a ; b' ; b", "<log message='a ; b' >< b>"),
      Line(#"log m={"k": "1 ; 2"} ; b"#, #"<log m={"k": "1 ; 2"} >< b>"#),
      Line(#"log m:=[1, " ; "] ; b"#, #"<log m:=[1, " ; "] >< b>"#),
      Line("log @'a ; b' ; b", "<log @'a ; b' >< b>"),
      Line(#"a $x["b ; c"] ; b"#, #"<a $x["b ; c"] >< b>"#),
      Line("a $x[ ; b", "<a $x[ >< b>"),
      Line("a 'open ; b", "<a 'open ; b>"),
      Line("a [1 ; b", "<a [1 ; b>"),
      Line(#"a "x"y ; b"#, #"<a "x"y >< b>"#),
    ])
  func splits(_ line: Line) {
    let parts = StatementSplitter.split(line.text)
    #expect(parts.map { "<\($0)>" }.joined() == line.expected)
    // Nothing but the semicolons is lost.
    #expect(parts.joined(separator: ";") == line.text)
  }
}

@Suite("Outputs at the end of a command")
struct OutputScannerTests {
  static func split(_ text: String) -> String {
    do throws(ScanFailure) {
      let (rest, outputs) = try OutputScanner.split(text[...])
      var statement = Statement(action: .nothing, outputs: outputs)
      statement.action = .command(name: "", rest: rest)
      return Sketch.of(statement)
    } catch {
      switch error {
      case .unfinished(let what): return "unfinished \(what)"
      case .wrong(let error):
        return "wrong \(error.range.lowerBound)..<\(error.range.upperBound): \(error.message)"
      }
    }
  }

  @Test(
    "are taken off, quotes and JSON respected",
    arguments: [
      Line("raw > f", "command  <raw> write <f>"),
      Line("raw", "command  <raw>"),
      Line("> f", "command  <> write <f>"),
      Line("a '> f'", "command  <a '> f'>"),
      Line("log m='a > b' >> f", "command  <log m='a > b'> append <f>"),
      Line(#"log m={"a": "x | y"} | .a"#, #"command  <log m={"a": "x | y"}> select .a"#),
      Line("a ; b | jq .", "command  <a ; b> pipe <jq .>"),
      Line("raw > f more", "wrong 8..<12: nothing but '|', '>' and '>>' can follow an output"),
      Line("raw >", "wrong 4..<5: a file must follow '>'"),
      Line("a 'b", "unfinished '"),
    ])
  func splits(_ line: Line) { #expect(Self.split(line.text) == line.expected) }
}
