import Catalog
import LosslessJSON
import Terminal
import Testing

@testable import Shell

@Suite("Help and descriptions on any width")
struct NarrowTests {
  @Test("lose no word and fit", arguments: [40, 60, 80, 100, 160])
  func help(width: Int) {
    var texts = [HelpText.overview(width: width)]
    texts += Command.all.map { HelpText.page($0, width: width) }
    for text in texts {
      for line in text.lines { #expect(line.columns <= width, "\(line.plain)") }
    }
    let words = texts[0].plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for command in Command.all { #expect(words.contains(command.summary), "\(command.name)") }
  }

  @Test("stand side by side where there is room, else below")
  func list() {
    var list = DescriptionList()
    list.add(["  one", "1"], StyledText("what there is to say of it, in many words"))
    list.add(["  two"], "")
    #expect(
      list.lines(width: 44).map(\.plain) == [
        "  one  1  what there is to say of it, in",
        "          many words", "  two",
      ])
    #expect(
      list.lines(width: 24).map(\.plain) == [
        "  one  1", "      what there is to", "      say of it, in many", "      words", "  two",
      ])
  }

  @Test("`.describe` tells listed values and fields of fields")
  func describe() throws {
    let schema = try JSON(
      reading: #"""
        {"type": "object", "required": ["id"], "properties": {
          "id": {"type": "integer", "description": "the number"},
          "state": {"enum": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]},
          "owner": {"type": "object", "properties": {"name": {"type": "string"}}},
          "self": {"$ref": "#/properties"},
          "tags": {"type": "array", "items": {"type": "object", "properties": {"key": {}}}}}}
        """#)
    var method = Method("find")
    method.params = [
      MethodParam(name: "filter", schema: Schema(schema, root: schema), isRequired: true)
    ]
    method.result = MethodParam(name: "result", schema: Schema(schema, root: schema))
    let text = MethodText.card(method, width: 100).plain
    for row in [
      "    filter     {id, state?, owner?, self?, tags?}\n",
      "      id       integer                             the number\n",
      "      state?                                       one of \"a\" | \"b\" | \"c\" | \"d\" | \"e\"",
      "| \"j\"\n", "        name?  string\n", "        key?   any\n", "    id       integer  ",
    ] { #expect(text.contains(row), "\(row) in\n\(text)") }
    for line in MethodText.card(method, width: 40).lines { #expect(line.columns <= 40) }
  }
}
