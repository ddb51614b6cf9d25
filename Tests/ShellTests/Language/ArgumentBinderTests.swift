import Catalog
import LosslessJSON
import Testing

@testable import Shell

@Suite("Binding arguments to params")
struct ArgumentBinderTests {
  /// What is known of the method of a table's lines.
  enum Known: Sendable {
    case nothing, byName, byPosition, either, none, variadic

    var method: Method? {
      if self == .nothing { return nil }
      var method = Method("f")
      method.params = [
        MethodParam(name: "text", schema: .type("string"), isRequired: true),
        MethodParam(name: "count", schema: .type("integer")),
        MethodParam(name: "any"),
      ]
      switch self {
      case .byName: method.structure = .byName
      case .byPosition: method.structure = .byPosition
      case .none: method.params = []
      case .variadic:
        method.params = [
          MethodParam(name: "count", schema: .type("integer")),
          MethodParam(name: "words", schema: .type("string"), isVariadic: true),
        ]
      default: break
      }
      return method
    }
  }

  private static let variables: [String: String] = [
    "x": #"{"path": [{"field": 1.50}], "s": "a\u00e9"}"#, "n": "12345678901234567890.0", "_": "[1]",
    "key": "\"k\"",
  ]
  private static let files: [String: String] = [
    "a.txt": "two\nlines", "n": "5", "whole.json": #"{"b": 1.0, "a": [ ]}"#, "list.json": "[1, 2]",
    "five.json": " 5\n", "bad.json": "{oops}",
  ]
  private static let binary: [UInt8] = [0xFF, 0x00]

  private static var environment: ArgumentBinder.Environment {
    ArgumentBinder.Environment(
      variable: { (reference) throws(ArgumentBinder.BindError) in
        guard let text = variables[reference.name], let json = try? JSON(reading: text),
          let value = try? reference.path.select(in: json)
        else { throw .init(message: "there is no variable $\(reference.name)") }
        return value
      },
      file: { (path) throws(ArgumentBinder.BindError) in
        if path == "binary" { return binary }
        guard let text = files[path] else { throw .init(message: "there is no file \(path)") }
        return Array(text.utf8)
      })
  }

  /// The params that a call of `f` gets, or what is wrong, with its place in the arguments.
  static func params(
    _ text: String, _ known: Known = .nothing, positionalOnly: Bool = false
  ) -> String {
    guard case .statement(let statement) = StatementParser.parse("f " + text),
      case .call(let call) = statement.action
    else { return Sketch.of("f " + text) }
    let binder = ArgumentBinder(
      method: known.method, isPositionalOnly: positionalOnly, environment: environment)
    do throws(ArgumentBinder.BindError) {
      return try binder.params(call.arguments)?.text ?? "none"
    } catch {
      let place = error.range.map { "\($0.lowerBound - 2)..<\($0.upperBound - 2): " } ?? ""
      return "wrong \(place)\(error.message)"
    }
  }

  @Test(
    "goes by position or by name where nothing is known of the method",
    arguments: [
      Line("", "none"),
      Line("42 23", "[42, 23]"),
      Line("a=42 b=23", #"{"a": 42, "b": 23}"#),
      Line("b=1 a=2", #"{"b": 1, "a": 2}"#),
      Line("1 a=2", "wrong 0..<1: positional and named arguments can't be mixed here"),
      Line("a=2 1", "wrong 4..<5: positional and named arguments can't be mixed here"),
      Line("a=1 a=2", "wrong 4..<7: 'a' is given twice"),
    ])
  func unknown(_ line: Line) { #expect(Self.params(line.text) == line.expected) }

  @Test(
    "reads what is JSON as it was typed, and the rest as text",
    arguments: [
      Line("1.0 1.50 -0 1e400 1E+2", "[1.0, 1.50, -0, 1e400, 1E+2]"),
      Line(
        "12345678901234567890123 0.1000000000000000055511151231257827",
        "[12345678901234567890123, 0.1000000000000000055511151231257827]"),
      Line("true false null", "[true, false, null]"),
      Line(
        "True nul +5 01 .5 0x10 1. NaN", #"["True", "nul", "+5", "01", ".5", "0x10", "1.", "NaN"]"#),
      Line("hello a'b \\n ü😀", #"["hello", "a'b", "\\n", "ü😀"]"#),
      Line("'5' 'true' 'a b' ''", #"["5", "true", "a b", ""]"#),
      Line(#""5" "a\u00e9\ud800" "#, #"["5", "a\u00e9\ud800"]"#),
      Line(#"a=1 b=x c='1' d="y" e=[1.0]"#, #"{"a": 1, "b": "x", "c": "1", "d": "y", "e": [1.0]}"#),
      Line("1 -5 --x", #"[1, -5, "--x"]"#),
    ])
  func values(_ line: Line) { #expect(Self.params(line.text) == line.expected) }

  @Test(
    "takes one object or array alone as the whole params, schema or not",
    arguments: [Known.nothing, .byName, .byPosition, .either, .none, .variadic])
  func whole(_ known: Known) {
    #expect(Self.params(#"{"b": 1.0, "a": {}}"#, known) == #"{"b": 1.0, "a": {}}"#)
    #expect(Self.params("[1,2]", known) == "[1,2]")
    #expect(Self.params("[[1,2]]", known) == "[[1,2]]")
    #expect(Self.params("[ ]", known) == "[ ]")
    #expect(Self.params("@whole.json", known) == #"{"b": 1.0, "a": [ ]}"#)
    #expect(Self.params("@list.json", known) == "[1, 2]")
    #expect(Self.params("name:=[1,2]", known).hasPrefix("wrong") == (known == .byPosition))
    #expect(Self.params("[$n, $x.path[0].field]", known) == "[12345678901234567890.0, 1.50]")
  }

  @Test(
    "does so only where it stands alone",
    arguments: [
      Line("[1,2] 3", "[[1,2], 3]"),
      Line("{} {}", "[{}, {}]"),
      Line("name:=[1,2]", #"{"name": [1,2]}"#),
      Line("'[1,2]'", #"["[1,2]"]"#),
      Line(#""{}""#, #"["{}"]"#),
      // A variable's value is one argument, whatever its kind: what is sent does not depend on it.
      Line("$_", "[[1]]"),
      Line("@five.json", "[5]"),
      Line("@whole.json 1", #"["{\"b\": 1.0, \"a\": [ ]}", 1]"#),
    ])
  func notWhole(_ line: Line) { #expect(Self.params(line.text) == line.expected) }

  @Test(
    "counts a name only where it is an identifier with a value behind it",
    arguments: [
      Line("dGVzdA==", #"["dGVzdA=="]"#),
      Line("dGVzdDE=", #"["dGVzdDE="]"#),
      Line("x=''", #"{"x": ""}"#),
      Line(#"x="""#, #"{"x": ""}"#),
      Line("x=a=", #"{"x": "a="}"#),
      Line("x===", #"{"x": "=="}"#),
      Line("a.b=1", #"["a.b=1"]"#),
      Line("1a=1 =x", #"["1a=1", "=x"]"#),
    ])
  func namesUnknown(_ line: Line) { #expect(Self.params(line.text) == line.expected) }

  @Test(
    "counts a name only where it is one of the known params",
    arguments: [
      Line("text=a", #"{"text": "a"}"#),
      Line("text=", #"{"text": ""}"#),
      Line("text==", #"{"text": "="}"#),
      Line("any=", #"{"any": ""}"#),
      Line("a=b", #"["a=b"]"#),
      Line("a=b=c== 7", #"["a=b=c==", 7]"#),
      Line("a='b c'", #"["a='b c'"]"#),
      // With `:=` a name was surely meant: the check will say that there is none such.
      Line("a:=1", #"{"a": 1}"#),
    ])
  func namesKnown(_ line: Line) { #expect(Self.params(line.text, .either) == line.expected) }

  @Test(
    "lets positional arguments fill the params that have no name, in order",
    arguments: [
      Line("hi count=2", #"{"text": "hi", "count": 2}"#),
      Line("count=2 hi", #"{"text": "hi", "count": 2}"#),
      Line("text=hi 2 3", #"{"text": "hi", "count": 2, "any": 3}"#),
      Line("text=5 6", #"{"text": "5", "count": 6}"#),
      Line("count=2 5", #"{"text": "5", "count": 2}"#),
      Line("any=1 text=a", #"{"text": "a", "any": 1}"#),
      Line("text=a 1 2 3", "wrong 11..<12: there is no param left for this argument"),
      Line("text=a text=b", "wrong 7..<13: 'text' is given twice"),
    ])
  func mixed(_ line: Line) { #expect(Self.params(line.text, .either) == line.expected) }

  @Test("writes an array or an object as the method wants it")
  func structure() {
    #expect(Self.params("a 1", .byPosition) == #"["a", 1]"#)
    #expect(Self.params("count=1 text=a", .byPosition) == #"["a", 1]"#)
    #expect(
      Self.params("count=1", .byPosition)
        == "wrong param 'text' must be given too, because a later one is")
    #expect(
      Self.params("nope:=1", .byPosition)
        == "wrong there is no param 'nope', and this method takes params by position")
    #expect(Self.params("a 1", .byName) == #"{"text": "a", "count": 1}"#)
    #expect(Self.params("@five.json", .byName) == #"{"text": 5}"#)
    // Too many to name: the check will say so.
    #expect(Self.params("a 1 2 3", .byName) == #"["a", 1, 2, 3]"#)
    #expect(Self.params("a 1", .either) == #"["a", 1]"#)
    #expect(Self.params("", .byName) == "none")
    #expect(Self.params("a=1", .none) == #"{"a": 1}"#)
    #expect(Self.params("7 8 9", .variadic) == #"[7, "8", "9"]"#)
  }

  @Test("writes arrays only for JSON-RPC 1.0")
  func positionalOnly() {
    #expect(Self.params("a 1", .byName, positionalOnly: true) == #"["a", 1]"#)
    #expect(Self.params("count=1 text=a", .either, positionalOnly: true) == #"["a", 1]"#)
    #expect(Self.params("", positionalOnly: true) == "none")
    #expect(
      Self.params("a=1", positionalOnly: true)
        == "wrong JSON-RPC 1.0 takes arguments by position only")
  }

  @Test(
    "lets the schema decide what a word is",
    arguments: [
      Line("5", #"["5"]"#),
      Line("null", #"["null"]"#),
      Line("text=1.0", #"{"text": "1.0"}"#),
      Line(#""a\u00e9""#, #"["a\u00e9"]"#),
      Line(#"text="x""#, #"{"text": "x"}"#),
      Line("'x'", #"["x"]"#),
      Line(#"{"a": 1} 2"#, #"["{\"a\": 1}", 2]"#),
      Line("[a-z] 2", #"["[a-z]", 2]"#),
      Line("text={x}", #"{"text": "{x}"}"#),
      Line("text:=5", #"{"text": 5}"#),
      Line("$n", "[12345678901234567890.0]"),
      Line("a 007", #"["a", "007"]"#),
      Line("a x 5", #"["a", "x", 5]"#),
      Line("a 1 {}", #"["a", 1, {}]"#),
    ])
  func schema(_ line: Line) { #expect(Self.params(line.text, .either) == line.expected) }

  @Test(
    "takes strictly JSON behind ':='",
    arguments: [
      Line("a:=5", #"{"a": 5}"#),
      Line(#"a:="x""#, #"{"a": "x"}"#),
      Line("a:=@n", #"{"a": 5}"#),
      Line("a:=@whole.json", #"{"a": {"b": 1.0, "a": [ ]}}"#),
      Line("a:=$x.s", #"{"a": "a\u00e9"}"#),
      Line("a:=x", "wrong 3..<4: this is no JSON: 'x' is no JSON value"),
      Line("a:=tru1", "wrong 3..<4: this is no JSON: 'tru1' is no JSON value"),
      Line(
        "a:=12x", "wrong 5..<6: this is no JSON: more text follows the value, beginning with 'x'"),
      Line("a:='x'", "wrong 0..<6: ':=' wants JSON, and '…' is always a string"),
    ])
  func strict(_ line: Line) { #expect(Self.params(line.text) == line.expected) }

  @Test(
    "puts files and variables in, exactly",
    arguments: [
      Line("@a.txt", #"["two\nlines"]"#),
      Line("@n", #"["5"]"#),
      Line("a=@n", #"{"a": "5"}"#),
      Line("a=@whole.json", #"{"a": "{\"b\": 1.0, \"a\": [ ]}"}"#),
      Line("$n $x.path[0].field", "[12345678901234567890.0, 1.50]"),
      Line(#"{"a": $x.s, "b": [$_]}"#, #"{"a": "a\u00e9", "b": [[1]]}"#),
      Line("a=$x", #"{"a": {"path": [{"field": 1.50}], "s": "a\u00e9"}}"#),
      Line(#"["$x"] '$x' 1"#, #"[["$x"], "$x", 1]"#),
    ])
  func insertions(_ line: Line) { #expect(Self.params(line.text) == line.expected) }

  @Test(
    "says what is wrong, and where in the line",
    arguments: [
      Line("[1,]", "wrong 3..<4: this is no JSON: expected a value, found ']'"),
      Line(
        "1 {a: 2}",
        "wrong 3..<4: this is no JSON: expected a key in double quotes or '}', found 'a'"),
      Line(
        "a={b: 2}",
        "wrong 3..<4: this is no JSON: expected a key in double quotes or '}', found 'b'"),
      Line(
        #"a:={"b" 2}"#, "wrong 8..<9: this is no JSON: expected ':', found '2'"),
      Line(
        "{$key: 1}",
        "wrong 1..<2: this is no JSON: expected a key in double quotes or '}', found '$'"),
      Line("[1$n]", "wrong 2..<3: this is no JSON: expected ',' or ']', found '$'"),
      Line("1 @none", "wrong 2..<7: there is no file none"),
      Line("1 $none", "wrong 2..<7: there is no variable $none"),
      Line("[1, $none]", "wrong 0..<10: there is no variable $none"),
      Line("@binary", "wrong 0..<7: the file binary is not UTF-8 text"),
    ])
  func faults(_ line: Line) { #expect(Self.params(line.text) == line.expected) }

  @Test("shows how a missing file's name is sent as text")
  func quotedForm() throws {
    let argument = Argument(value: .file("none"), named: nil, range: 2..<7)
    let binder = ArgumentBinder(
      method: nil, isPositionalOnly: false, environment: Self.environment)
    let error = #expect(throws: ArgumentBinder.BindError.self) {
      try binder.params([argument])
    }
    #expect(error?.hint == "quote it to send the text itself: '@none'")
  }

  @Test("names the place in a file that is no JSON")
  func badFile() {
    let text = Self.params("@bad.json")
    #expect(text.hasPrefix("wrong 0..<9: the file bad.json is no JSON: line 1, column 2"))
  }
}
