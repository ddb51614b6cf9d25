import Testing
import Wire

@Suite struct HeaderFramingTests {
  @Test(arguments: [
    ("Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", [message("{}"), message("[1]")]),
    ("content-LENGTH:2\r\n\r\n{}", [message("{}")]),
    ("Content-Length: 2\n\n{}\nContent-Length: 2\n\n[]", [message("{}"), message("[]")]),
    (
      "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length:  2 \r\n\r\n{}",
      [message("{}")]
    ),
    ("Content-Length: 2\r\nDate: today\r\nX-Y: z\r\n\r\n{}", [message("{}")]),
    ("X-Trace: 7\r\nContent-Length: 2\r\n\r\n{}", [message("{}")]),
    ("Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n7", [message(""), message("7")]),
    ("Content-Length: 12\r\n\r\n{\"a\":\"\r\n\r\n\"}", [message("{\"a\":\"\r\n\r\n\"}")]),
  ])
  func readsMessages(text: String, expected: [FramingOutput]) {
    expectOutputs(.headers, text, expected)
  }

  @Test(arguments: [
    (
      "starting\nINFO: up\nContent-Length: 2\r\n\r\n{}",
      [
        stray("starting"), stray("INFO: up"), message("{}"),
      ]
    ),
    ("oops Content-Length: 2\r\n\r\n{}", [stray("oops"), message("{}")]),
    (
      "Content-Length: -5\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}",
      [
        message("{\"a\":1}"), message("{}"),
      ]
    ),
    (
      "Content-Length: many\r\n\r\nContent-Length: 2\r\n\r\n{}",
      [
        stray("Content-Length: many"), message("{}"),
      ]
    ),
    (
      "Content-Length: 99999999999999999999\r\n\r\n{}",
      [
        message("{}")
      ]
    ),
    (
      "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
      [
        message("{}")
      ]
    ),
    (
      "Content-Type: text\r\n\r\n{}\r\nContent-Length: 2\r\n\r\n{}",
      [
        message("{}"), message("{}"),
      ]
    ),
    (
      "Content-Length: 9\r\nnot a field\r\nContent-Length: 2\r\n\r\n{}",
      [
        stray("Content-Length: 9"), stray("not a field"), message("{}"),
      ]
    ),
    (
      "Content-Length: 2\r\n\r\n{}}Content-Length: 2\r\n\r\n[]",
      [
        message("{}"), stray("}"), message("[]"),
      ]
    ),
    ("{\"id\":1}\n", [message("{\"id\":1}")]),
    ("Content-Length: 5\r\n", [stray("Content-Length: 5")]),
    ("half a line", [stray("half a line")]),
    ("Content-Length: 5\r\n\r\n{}", [message("{}")]),
    ("{port} in use\n[INFO] up\n", [stray("{port} in use"), stray("[INFO] up")]),
  ])
  func findsItsWayBack(text: String, expected: [FramingOutput]) {
    expectOutputs(.headers, text, expected)
  }

  @Test func skipsMessagesOverTheLimit() {
    expectOutputs(
      .headers, limit: 4, "Content-Length: 5\r\n\r\n[1,2]Content-Length: 4\r\n\r\n[12]",
      [.oversize(limit: 4), message("[12]")])
  }

  @Test func cutsEndlessLinesAndStillFindsTheNextHeader() {
    let noise = String(repeating: "x", count: 50_000)
    let text = noise + "Content-Length: 2\r\n\r\n{}"
    for size in [1, 7, 4096, 8192, 60_000] {
      let found = outputs(HeaderFraming(), Array(text.utf8)) { size }
      #expect(found.last?.bare == message("{}"))
      #expect(strayBytes(found) == Array(noise.utf8))
    }
  }

  @Test func anEndlessBlockIsStrayText() {
    let fields = String(repeating: "X-Y: z\r\n", count: 5000)
    let found = outputs(
      HeaderFraming(), "Content-Length: 2\r\n" + fields + "\r\nContent-Length: 2\r\n\r\n{}")
    #expect(found.last?.bare == message("{}"))
    #expect(found.count > 1)
  }

  @Test func keepsTheBlockForInspection() {
    var framing = HeaderFraming()
    _ = framing.feed(Array("Content-Length: 2\r\nX-A:  b \r\n\r\n{".utf8)[...])
    #expect(framing.lastBlock?.fields == [.init("Content-Length", "2"), .init("X-A", "b")])
    #expect(framing.lastBlock?.length == .bytes(2))
    #expect(framing.pending == 1)
    #expect(HeaderBlock(Array("A: b\n\n".utf8)).length == .missing)
    #expect(HeaderBlock(Array("Content-Length:\n\n".utf8)).length == .invalid([]))
  }

  @Test func wraps() {
    #expect(HeaderFraming().wrap([65]) == Array("Content-Length: 1\r\n\r\nA".utf8))
  }

  private func strayBytes(_ outputs: [FramingOutput]) -> [UInt8] {
    outputs.flatMap { output -> [UInt8] in
      if case .stray(let bytes, _) = output { bytes } else { [] }
    }
  }
}
