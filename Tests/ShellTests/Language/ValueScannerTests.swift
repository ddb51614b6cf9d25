import LosslessJSON
import Testing

@testable import Shell

@Suite("Arguments as they are written")
struct ValueScannerTests {
  /// The arguments of a call of `f`.
  static func arguments(_ text: String) -> String {
    let sketch = Sketch.of("f " + text)
    return sketch.hasPrefix("call f ") ? String(sketch.dropFirst(7)) : sketch
  }

  @Test(
    "are words, strings, JSON, files and variables",
    arguments: [
      Line("1.0", "bare(1.0)"),
      Line("-5", "bare(-5)"),
      Line("--x", "bare(--x)"),
      Line("a'b\"c", "bare(a'b\"c)"),
      Line(#"'a b \' \\ \n'"#, #"text(a b ' \ \n)"#),
      Line("'line\nbreak'", "text(line\nbreak)"),
      Line(#""a \" b""#, #"json("a \" b")"#),
      Line(#"{"a": [1, {"b": "}"}]}"#, #"json({"a": [1, {"b": "}"}]})"#),
      Line("[]", "json([])"),
      Line("@a.txt", "file(a.txt)"),
      Line("@'my file'", "file(my file)"),
      Line(#"@"my\u0020file""#, "file(my file)"),
      Line("@", "bare(@)"),
      Line("a@b.org", "bare(a@b.org)"),
      Line("'@a'", "text(@a)"),
      Line("$x", "variable($x)"),
      Line("$x.a[0].b", "variable($x.a[0].b)"),
      Line("$_[-1]", "variable($_[-1])"),
      Line("$5 US$ a$b $", "bare($5) bare(US$) bare(a$b) bare($)"),
      Line("'$x'", "text($x)"),
      Line(#""$x""#, #"json("$x")"#),
    ])
  func values(_ line: Line) { #expect(Self.arguments(line.text) == line.expected) }

  @Test(
    "may have names",
    arguments: [
      Line("a=1", "a=bare(1)"),
      Line("a-b_2=x", "a-b_2=bare(x)"),
      Line("a=", "a=bare()"),
      Line("a==", "a=bare(=)"),
      Line("a=''", "a=text()"),
      Line("a='x y'", "a=text(x y)"),
      Line("a:=1", "a:=bare(1)"),
      Line("a:={\"b\": 1}", "a:=json({\"b\": 1})"),
      Line("a:=@f.json", "a:=file(f.json)"),
      Line("a=@f", "a=file(f)"),
      Line("a=$x.y", "a=variable($x.y)"),
      Line("a=b=c", "a=bare(b=c)"),
      Line("1a=2", "bare(1a=2)"),
      Line("a.b=2", "bare(a.b=2)"),
      Line("=2", "bare(=2)"),
      Line("'a=b'", "text(a=b)"),
      Line("a : = 1", "bare(a) bare(:) bare(=) bare(1)"),
    ])
  func names(_ line: Line) { #expect(Self.arguments(line.text) == line.expected) }

  @Test(
    "of JSON have variables only where a value may stand, and none in strings",
    arguments: [
      Line("[$x]", "json([«$x»])"),
      Line("[1, $x.a[0], 2]", "json([1, «$x.a[0]», 2])"),
      Line(#"{"a": $x, "b":$_}"#, #"json({"a": «$x», "b":«$_»})"#),
      Line(#"["$x"]"#, #"json(["$x"])"#),
      Line(#"{$x: 1}"#, #"json({$x: 1})"#),
      Line(#"{"a": 1, $x: 1}"#, #"json({"a": 1, $x: 1})"#),
      Line("[1$x]", "json([1$x])"),
      Line("[$5]", "json([$5])"),
      Line("[$x $y]", "json([«$x» $y])"),
    ])
  func templates(_ line: Line) { #expect(Self.arguments(line.text) == line.expected) }

  @Test(
    "that the system's shell has split lose no blank and look no variable up",
    arguments: [
      Line("a b", "bare(a b)"),
      Line("-5", "bare(-5)"),
      Line("--log=error", "bare(--log=error)"),
      Line("$x", "bare($x)"),
      Line("", "bare()"),
      Line("{\"a\": 1}", "json({\"a\": 1})"),
      Line("{oops", "bare({oops)"),
      Line("[x]", "bare([x])"),
      Line("\"a b\"", "json(\"a b\")"),
      Line("\"", "bare(\")"),
      Line("'it'", "text(it)"),
      Line("@f", "file(f)"),
      Line("@", "bare(@)"),
      Line("a=b c", "a=bare(b c)"),
      Line("a:=[1]", "a:=json([1])"),
      Line("a=@f", "a=file(f)"),
    ])
  func words(_ line: Line) { #expect(Sketch.of(Argument(word: line.text)) == line.expected) }
}
