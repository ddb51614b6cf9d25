/// What a key does that we handle ourselves.
enum KeyAction: Sendable {
  case enter, send, endOfFile, complete, search, quote, clearScreen
  case up, down, older, newer, oldest
  case left, right, home, end, wordLeft, wordRight, bufferStart, bufferEnd
  case backspace, delete, killToEnd, killToStart, killBlankWord, killWordLeft, killWordRight, yank
  case insertPaste, nothing

  /// The actions of keys, by the character that libedit sees; letters are vi's command mode.
  static let plain: [UInt32: KeyAction] = {
    var actions: [UInt32: KeyAction] = [
      0x01: .home, 0x02: .left, 0x04: .endOfFile, 0x05: .end, 0x06: .right, 0x08: .backspace,
      0x09: .complete, 0x0a: .enter, 0x0b: .killToEnd, 0x0c: .clearScreen, 0x0d: .enter,
      0x0e: .newer, 0x10: .older, 0x12: .search, 0x15: .killToStart, 0x16: .quote,
      0x17: .killBlankWord, 0x19: .yank, 0x7f: .backspace,
    ]
    for (letter, action) in vi { actions[letter.value] = action }
    for (key, action) in named { actions[UInt32(key.rawValue)] = action }
    return actions
  }()

  private static let vi: [Unicode.Scalar: KeyAction] = [
    "j": .down, "k": .up, "+": .down, "-": .up, "/": .search, "?": .search, "G": .oldest,
  ]

  private static let named: [NamedKey: KeyAction] = [
    .up: .up, .down: .down, .left: .left, .right: .right, .home: .home, .end: .end,
    .delete: .delete, .insert: .nothing, .pageUp: .older, .pageDown: .newer, .wordLeft: .wordLeft,
    .wordRight: .wordRight, .backTab: .complete, .altEnter: .send, .bufferStart: .bufferStart,
    .bufferEnd: .bufferEnd, .pasted: .insertPaste,
  ]

  /// The actions of keys typed with Alt.
  static let withMeta: [UInt32: KeyAction] = {
    let letters: [Unicode.Scalar: KeyAction] = [
      "b": .wordLeft, "f": .wordRight, "d": .killWordRight, "p": .older, "n": .newer,
      "<": .bufferStart, ">": .bufferEnd, "\u{8}": .killWordLeft, "\u{7f}": .killWordLeft,
      "x": .nothing,
    ]
    var actions: [UInt32: KeyAction] = [:]
    for (letter, action) in letters { actions[letter.value] = action }
    return actions
  }()
}
