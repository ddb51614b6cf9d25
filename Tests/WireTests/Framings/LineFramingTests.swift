import Testing
import Wire

@Suite struct LineFramingTests {
  @Test(arguments: [
    ("{\"a\":1}\n[2]\n", [message("{\"a\":1}"), message("[2]")]),
    ("{}\r\n{}\r\n", [message("{}"), message("{}")]),
    ("\n\r\n  \t\n{}\n\n", [message("{}")]),
    ("  {} \n", [message("  {} ")]),
    ("{\"last\":true}", [message("{\"last\":true}")]),
    ("{}\r", [message("{}")]),
    ("starting up\n{}\n", [stray("starting up"), message("{}")]),
    ("Listening on {port}\r\n{}", [stray("Listening on {port}"), message("{}")]),
    (
      "[INFO] ready\n[2024-01-31 10:00] ready\n",
      [
        stray("[INFO] ready"), stray("[2024-01-31 10:00] ready"),
      ]
    ),
    (
      "[]\n[ ]\n[true]\n[-1.5e3,2]\n[\"x\"]\n[[]]\n",
      [
        message("[]"), message("[ ]"), message("[true]"), message("[-1.5e3,2]"),
        message("[\"x\"]"), message("[[]]"),
      ]
    ),
    ("[trace] x\n[1.2.3] y\n[01]\n", [stray("[trace] x"), stray("[1.2.3] y"), stray("[01]")]),
    ("\u{FEFF}{}\n", [message("{}")]),
    ("\u{FEFF}\n", []),
    ("{\0}\0\n\0", [message("{}")]),
    ("\0{\0}\0\n", [message("{}")]),
    ("\0{}\n\0{\"a\":1}\n", [message("\0{}"), message("\0{\"a\":1}")]),
    ("1\n\"x\"\nnull\n", [stray("1"), stray("\"x\""), stray("null")]),
    ("{a\rb}\n", [message("{a\rb}")]),
    ("{\"a\n9:{\"b\":1", [message("{\"a"), message("{\"b\":1")]),
    ("", []),
  ])
  func readsLines(text: String, expected: [FramingOutput]) {
    expectOutputs(.lines, text, expected)
  }

  @Test(arguments: [
    ("{12}\n{123}\n{}\n", [message("{12}"), .oversize(limit: 4), message("{}")]),
    ("{12}\r\n{123}\r\n{}", [message("{12}"), .oversize(limit: 4), message("{}")]),
    ("{12}\r5\n{}\n", [.oversize(limit: 4), message("{}")]),
    ("{123456789", [.oversize(limit: 4)]),
    ("{12}\r", [message("{12}")]),
    (
      "12345\n{}\n123:\n123::\n12345",
      [
        .oversize(limit: 4), message("{}"), stray("123:"), .oversize(limit: 4), .oversize(limit: 4),
      ]
    ),
    ("00002:{},9999:[123456]", [message("{}"), .oversize(limit: 4)]),
  ])
  func skipsLinesOverTheLimit(text: String, expected: [FramingOutput]) {
    expectOutputs(.lines, limit: 4, text, expected)
  }

  @Test func wrapsAndCountsWhatItHolds() {
    var framing = LineFraming()
    #expect(framing.wrap([1, 2]) == [1, 2, 10])
    #expect(framing.feed(Array("{\"a\"".utf8)[...]).isEmpty)
    #expect(framing.pending == 4)
    #expect(framing.feed(Array(":1}\n".utf8)[...]) == [message("{\"a\":1}")])
    #expect(framing.pending == 0)
  }
}
