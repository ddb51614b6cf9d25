import Testing
import Wire

@Suite struct ValueFramingTests {
  @Test(arguments: [
    ("{}{}", [message("{}"), message("{}")]),
    ("{\"a\":[1,{\"b\":2}]}[3]", [message("{\"a\":[1,{\"b\":2}]}"), message("[3]")]),
    (" \r\n{\"a\" : 1 }\n\t[ ]\n", [message("{\"a\" : 1 }"), message("[ ]")]),
    ("{\"a\":\"}]{\"}{}", [message("{\"a\":\"}]{\"}"), message("{}")]),
    ("[\"\\\"]\\\\\"]{}", [message("[\"\\\"]\\\\\"]"), message("{}")]),
    ("{\"\\\\\":\"\\u0022\"}[]", [message("{\"\\\\\":\"\\u0022\"}"), message("[]")]),
    (
      "1 -2.5e3 true\nfalse null ",
      [
        message("1"), message("-2.5e3"), message("true"), message("false"), message("null"),
      ]
    ),
    (
      "\"a\"\"b\"12\"c\"{}3[4]",
      [
        message("\"a\""), message("\"b\""), message("12"), message("\"c\""), message("{}"),
        message("3"), message("[4]"),
      ]
    ),
    ("true{}null", [message("true"), message("{}"), message("null")]),
    ("{]}{}", [message("{]"), stray("}"), message("{}")]),
    ("{\"a\":\"äöü€😀\"}", [message("{\"a\":\"äöü€😀\"}")]),
    ("{\"a\":1", [message("{\"a\":1")]),
    ("\"open", [message("\"open")]),
  ])
  func readsValues(text: String, expected: [FramingOutput]) {
    expectOutputs(.values, text, expected)
  }

  @Test(arguments: [
    ("hello {\"a\":1}", [stray("hello"), message("{\"a\":1}")]),
    ("the server is up\n{}", [stray("the server is up"), message("{}")]),
    ("2024-01-31 12:00:01 up\n{}", [stray("2024-01-31 12:00:01 up"), message("{}")]),
    ("12:00 up{}", [stray("12:00 up"), message("{}")]),
    ("truefalse 1\n2 ", [stray("truefalse 1"), message("2")]),
    ("nul", [stray("nul")]),
    ("}, \"x\" : [1]", [stray("}, \"x\" :"), message("[1]")]),
    ("\u{FEFF}{}", [message("{}")]),
    ("01 {}", [stray("01"), message("{}")]),
    ("bye\r\n", [stray("bye")]),
  ])
  func tellsStrayText(text: String, expected: [FramingOutput]) {
    expectOutputs(.values, text, expected)
  }

  @Test func skipsValuesOverTheLimit() {
    expectOutputs(
      .values, limit: 6, "[1,2]{\"a\":[1,2]}[3]\"1234567\" 1",
      [message("[1,2]"), .oversize(limit: 6), message("[3]"), .oversize(limit: 6), message("1")])
  }

  @Test func aFloodOfGarbageIsCutIntoTheSamePieces() {
    let text = String(repeating: "x", count: 100_000) + "\n{}"
    let whole = outputs(ValueFraming(), text)
    #expect(whole.last == message("{}"))
    #expect(whole.count == 8)
    for size in [1, 1000, 65_536] {
      #expect(outputs(ValueFraming(), Array(text.utf8)) { size } == whole)
    }
  }

  @Test func deepNestingIsOnlyCounted() {
    let deep = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
    #expect(outputs(ValueFraming(), deep + "{}") == [message(deep), message("{}")])
  }
}
