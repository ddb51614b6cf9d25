import Testing

@testable import Terminal

@Suite("Keys from bytes")
struct KeyDecoderTests {
  static let table: [(String, [Key])] = [
    ("aé日", [.character("a"), .character("é"), .character("日")]),
    ("\u{1b}[A\u{1b}OB", [.named(.up), .named(.down)]),
    ("\u{1b}[1;5C\u{1b}[1;3D\u{1b}[1;2A", [.named(.wordRight), .named(.wordLeft), .named(.up)]),
    (
      "\u{1b}[H\u{1b}[4~\u{1b}[3~\u{1b}[Z",
      [.named(.home), .named(.end), .named(.delete), .named(.backTab)]
    ),
    ("\u{1b}b", [.meta("b")]), ("\u{1b}\r\u{1b}\n", [.named(.altEnter), .named(.altEnter)]),
    ("\u{1b}[13;2u\u{1b}[27;3;13~", [.named(.altEnter), .named(.altEnter)]),
    ("\u{1b}[15~x", [.unknown(Array("\u{1b}[15~".utf8)), .character("x")]),
    ("\u{1b}[[Ax", [.unknown(Array("\u{1b}[[A".utf8)), .character("x")]),
    ("\u{1b}\u{1b}[A", [.character("\u{1b}"), .named(.up)]),
    ("\u{1b}[200~a\r\nb\rc\u{1b}[201~d", [.paste("a\nb\nc"), .character("d")]),
    ("\u{1b}[200~\u{1b}[201~", [.paste("")]),
    ("\u{1b}[200~x\u{1b}[20y\n\u{1b}[201~", [.paste("x\u{1b}[20y")]),
    ("\u{85}", [.paste("\u{85}")]),
  ]

  @Test(arguments: table)
  func readsWhole(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(text.utf8) == keys)
    #expect(!decoder.isWaiting)
  }

  @Test(arguments: table)
  func readsByteByByte(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(text.utf8.flatMap { decoder.feed([$0]) } == keys)
  }

  @Test(
    arguments: [
      ([0x1b], [Key.character("\u{1b}")]), ([0x1b, 0x5b], [.meta("[")]),
      ([0x1b, 0x4f], [.meta("O")]),
      ([0xe2, 0x82], [.character("\u{fffd}")]),
      ([0x1b, 0x5b, 0x31], [.unknown([0x1b, 0x5b, 0x31])]),
      (Array("\u{1b}[200~ab".utf8), [.paste("ab")]),
    ] as [([UInt8], [Key])])
  func givesUpWaiting(bytes: [UInt8], keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(bytes) == [])
    #expect(decoder.isWaiting)
    #expect(decoder.expire() == keys)
    #expect(!decoder.isWaiting)
    #expect(decoder.feed("x".utf8) == [.character("x")])
  }

  @Test func controlCEndsAPasteWhoseEndGotLost() {
    var decoder = KeyDecoder()
    #expect(decoder.feed("\u{1b}[200~abc".utf8) == [])
    #expect(decoder.feed([3]) == [.character("\u{3}")])
    #expect(decoder.feed("\u{1b}[200~a\u{3}b\u{1b}[201~".utf8) == [.paste("a\u{3}b")])
  }

  @Test func neverStopsAtNoise() {
    var generator = SystemRandomNumberGenerator()
    var decoder = KeyDecoder()
    let alphabet: [UInt8] = [
      0x1b, 0x5b, 0x4f, 0x3b, 0x31, 0x7e, 0x41, 0x80, 0xc3, 0xff, 0x00, 0x0d,
    ]
    for _ in 0..<20_000 { _ = decoder.feed([alphabet.randomElement(using: &generator)!]) }
    while decoder.isWaiting { _ = decoder.expire() }
    #expect(decoder.feed("x".utf8) == [.character("x")])
  }

  @Test func queueGivesKeysInOrderAndTakesOneBack() {
    var queue = KeyQueue()
    queue.append([.character("a"), .character("b")])
    #expect(queue.next() == .character("a"))
    queue.putBack(.character("a"))
    queue.append([.character("c")])
    #expect(
      [queue.next(), queue.next(), queue.next(), queue.next()]
        == [.character("a"), .character("b"), .character("c"), nil])
    queue.putBack(.character("z"))
    #expect(queue.next() == .character("z"))
  }
}
