import TestScreens
import Testing

@testable import Terminal

@Suite("Noise on the keyboard", .serialized)
struct NoiseTests {
  /// Keys that do something, and bytes that are no text; nothing that stops the process.
  static let pieces: [String] = [
    "\u{1}", "\u{2}", "\u{5}", "\u{6}", "\u{7}", "\u{8}", "\u{9}", "\u{b}", "\u{c}", "\u{e}",
    "\u{10}", "\u{12}", "\u{14}", "\u{15}", "\u{16}", "\u{17}", "\u{18}", "\u{19}", "\u{0}",
    "\u{7f}", "\u{1b}", "\u{1b}[A", "\u{1b}[B", "\u{1b}[C", "\u{1b}[D", "\u{1b}[3~", "\u{1b}[H",
    "\u{1b}[F", "\u{1b}\r", "\u{1b}b", "\u{1b}d", "\u{1b}w", "\u{1b}u", "\u{1b}c", "\u{1b}2",
    "\u{1b}[200~a\rb\u{1b}[201~", "\u{1b}[", "\u{1b}[1;", "\r", "\n", "a", "b", "w", "d", "c", "x",
    "p", "P", "y", "u", "U", "i", "A", "0", "3", "$", "f", "t", ";", ",", ".", "%", "~", "r", "R",
    "s", "S", "|", "é", "日", "👨‍👩‍👧", "e\u{301}", " ", "{", "\u{3}", "\u{1f}", "\u{200b}",
  ]

  @Test(arguments: ["bind -e\n", "bind -v\n"], [UInt64(1), 2, 3, 4])
  func endsNothing(bindings: String, seed: UInt64) async throws {
    let file = try BindingsTests.File(bindings)
    let hooks = EditorHooks(
      hint: { text, _ in text.count % 2 == 0 ? " hint" : "" },
      complete: { text, cursor in
        Completion(replaced: 0..<cursor, candidates: [Candidate("abc"), Candidate("abd日")])
      },
      needsMore: { $0.hasSuffix("{") })
    let fixture = try await EditorFixture(
      columns: 20, rows: 6, hooks: hooks, history: ["one", "two\nlines", "日本"], color: true,
      bindings: file.path
    ).start()
    var generator = Generator(state: seed)
    for _ in 0..<60 {
      let burst = (0..<30).map { _ in Self.pieces.randomElement(using: &generator)! }
      fixture.type(burst.joined())
      if Int.random(in: 0..<4, using: &generator) == 0 {
        fixture.type([0xff, 0xc3, 0xe2, 0x82].shuffled(using: &generator))
      }
      if Int.random(in: 0..<6, using: &generator) == 0 { fixture.editor.printAbove("news") }
    }
    // Whatever state that left: an interrupt gives a fresh line, and what is typed there arrives.
    var hasArrived = false
    for _ in 0..<10 where !hasArrived {
      try await fixture.settle()
      fixture.type("\u{3}")
      _ = try await eventually(within: .milliseconds(200)) { fixture.has(.interrupted) }
      fixture.type("the end\r")
      hasArrived = try await eventually(within: .seconds(2)) { fixture.has(.line("the end")) }
    }
    #expect(hasArrived, "\(fixture.screen.lines) \(fixture.output.suffix(200).debugDescription)")
    try await fixture.close()
  }

  /// Numbers that come the same each time.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}
