import Testing
import Wire

@Suite struct NetstringFramingTests {
  @Test(arguments: [
    ("2:{},7:{\"a\":1},", [message("{}"), message("{\"a\":1}")]),
    ("0:,2:[],", [message(""), message("[]")]),
    ("2:{},\n2:[],\n", [message("{}"), message("[]")]),
    ("hello\n2:{},", [stray("hello"), message("{}")]),
    ("hello 2:{},", [stray("hello"), message("{}")]),
    ("3:{},\n2:[],", [message("{}"), message("[]")]),
    ("x12y\n2:[],", [stray("x12y"), message("[]")]),
    (":2:{},", [stray(":"), message("{}")]),
    ("1234567890123456789012:{}\n2:{},", [stray("1234567890123456789012:{}"), message("{}")]),
    ("5:{}", [message("{}")]),
  ])
  func readsNetstrings(text: String, expected: [FramingOutput]) {
    expectOutputs(.netstring, text, expected)
  }

  @Test func skipsMessagesOverTheLimit() {
    expectOutputs(
      .netstring, limit: 4, "5:[1,2],4:[12],", [.oversize(limit: 4), message("[12]")])
  }

  @Test func wraps() {
    #expect(NetstringFraming().wrap(Array("{}".utf8)) == Array("2:{},".utf8))
  }
}
