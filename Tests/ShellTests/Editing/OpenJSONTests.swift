import Catalog
import LosslessJSON
import Terminal
import Testing

@testable import Shell

@Suite("JSON that is being typed")
struct OpenJSONTests {
  @Test(
    "is told apart into keys and values",
    arguments: [
      ("{", "key "), (#"{"na"#, "key na"), (#"{"a": "#, "value "), (#"{"a": 1"#, "value 1"),
      (#"{"a": 1,"#, "key "), (#"{"a": [1, "#, "value "), (#"{"a": {"b": "x"#, "value x"),
      (#"{"a": {"b": "x"}"#, "nothing "), ("[", "value "), ("[tr", "value tr"),
      (#"["a\"b"#, #"value a"b"#), (#"[{"x": [{"#, "key "), (#"{"a" "#, "nothing "),
    ])
  func places(text: String, expected: String) throws {
    let open = try #require(OpenJSON(text))
    #expect("\(open.place) \(open.typed)" == expected)
  }

  @Test(
    "is none where nothing is open", arguments: ["", "a", "{}", "[1]", #"{"a": 1}"#, "}", "[]]"])
  func none(text: String) { #expect(OpenJSON(text) == nil) }

  @Test("survives whatever is typed")
  func anything() {
    let text = #"[{"a\u0041": [1, "x\\", {}], "b": tru, }, ]], {{"#
    for end in 0...text.utf8.count {
      let part = String(decoding: Array(text.utf8)[..<end], as: UTF8.self)
      if let open = OpenJSON(part) { #expect(open.start <= end) }
    }
  }
}

@Suite("Completion inside JSON")
struct JSONCompletionTests {
  private static let knowledge: Knowledge = {
    let root: JSON = [
      "types": [
        "Color": ["enum": ["red", "green"]],
        "Point": [
          "type": "object", "required": ["x"],
          "properties": [
            "x": ["type": "integer"], "color": ["$ref": "#/types/Color"],
            "next": ["$ref": "#/types/Point"],
          ],
        ],
        "Shape": [
          "oneOf": [
            ["properties": ["kind": ["const": "circle"], "radius": ["type": "number"]]],
            [
              "properties": [
                "kind": ["const": "line"],
                "points": ["type": "array", "items": ["$ref": "#/types/Point"]],
              ]
            ],
          ]
        ],
      ]
    ]
    var draw = Method("draw")
    draw.params = [
      MethodParam(
        name: "shape", doc: "What to draw.\nMore.",
        schema: Schema(["$ref": "#/types/Shape"], root: root),
        isRequired: true),
      MethodParam(name: "at", schema: Schema(["$ref": "#/types/Point"], root: root)),
      MethodParam(name: "isFilled", schema: .type("boolean")),
      MethodParam(name: "gid", schema: .type("string")),
    ]
    var knowledge = Knowledge()
    knowledge.catalog = MethodCatalog(source: "test", methods: [draw, Method("erase")])
    knowledge.seen.take(["gid": "abc1"], of: "list")
    return knowledge
  }()

  private static func complete(_ line: String) -> Completion {
    Completer(knowledge: knowledge).complete(line, cursor: line.utf8.count)
  }

  @Test(
    "offers keys and values by schema",
    arguments: [
      ("draw {", #""shape": |"at": |"isFilled": |"gid": "#),
      (#"draw {"sh"#, #""shape": "#),
      (#"draw {"isFilled": "#, "true|false"),
      (#"draw {"shape": {"#, #""kind": |"radius": |"points": "#),
      (#"draw {"shape": {"kind": "#, #""circle"|"line""#),
      (#"draw {"shape": {"kind": "line", "#, #""points": "#),
      (#"draw {"shape": {"kind": "circle", "#, #""radius": "#),
      (#"draw {"shape": {"kind": "line", "points": [{"x": 1, "#, #""color": |"next": "#),
      (#"draw {"shape": {"kind": "line", "points": [{"next": {"color": "g"#, #""green""#),
      (#"draw {"shape": "#, "{"),
      (#"draw {"at": {"x": 1}, "i"#, #""isFilled": "#),
      (#"draw at={"co"#, #""color": "#),
      (#"draw at:={"color": "r"#, #""red""#),
      (#"draw x at={"#, #""x": |"color": |"next": "#),
      (#"draw s {"#, #""x": |"color": |"next": "#),
      (#"draw [{"#, #""kind": |"radius": |"points": "#),
      (#"draw [1, {"color": "#, #""red"|"green""#),
      (#"draw {"gid": "#, #""abc1""#),
      (#"draw {"gid": "a"#, #""abc1""#),
      (#"draw {"nosuch": {"#, ""),
      (#"{"#, #""jsonrpc": |"method": |"params": |"id": "#),
      (#"{"method": "dr"#, #""draw""#),
      (#"{"jsonrpc": "#, #""2.0""#),
      (#"{"method": "draw", "params": {"is"#, #""isFilled": "#),
      (#"[{"method": "draw", "params": [1, {"co"#, #""color": "#),
    ])
  func table(line: String, expected: String) {
    #expect(Self.complete(line).candidates.map(\.text).joined(separator: "|") == expected)
  }

  @Test("says what a param is")
  func notes() {
    #expect(Self.complete("draw {").candidates[0].doc == "What to draw.")
    #expect(Self.complete("draw ").note == "shape: Shape  What to draw.")
    #expect(Self.complete(#"draw {"shape": "#).note == "shape: Shape")
    #expect(Self.complete("draw {").candidates[1].annotation == "Point, optional")
  }
}

@Suite("Completion of many methods")
struct ManyMethodsTests {
  private static func knowledge(_ names: [String]) -> Knowledge {
    var knowledge = Knowledge()
    knowledge.catalog = MethodCatalog(source: "test", methods: names.map { Method($0) })
    return knowledge
  }

  @Test("lists their beginnings, or the first of them")
  func groups() {
    let spaces = Completer(
      knowledge: Self.knowledge((0..<1000).map { "space\($0 % 5).method\($0)" }))
    let all = spaces.complete("", cursor: 0)
    #expect(all.candidates.map(\.text) == (0..<5).map { "space\($0)." })
    #expect(all.candidates[0].annotation == "200 methods")
    #expect(spaces.complete("space3", cursor: 6).candidates.count == 200)
    let flat = Completer(knowledge: Self.knowledge((0..<1000).map { "method\(1000 + $0)" }))
    let some = flat.complete("me", cursor: 2)
    #expect(some.candidates.count == 200 && some.more == 800)
    #expect(some.common == "method1")
  }

  @Test("finds by parts and by letters")
  func near() {
    let completer = Completer(knowledge: Self.knowledge(["aria2.tellStatus", "aria2.addUri"]))
    for typed in ["tell", "a.te", "status", "TELLS", "atlst"] {
      let found = completer.complete(typed, cursor: typed.utf8.count).candidates.map(\.text)
      #expect(found == ["aria2.tellStatus"], "\(typed)")
    }
  }
}
