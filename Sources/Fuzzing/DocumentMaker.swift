import SeededRandom

/// Writes random JSON, valid and oddly spelt.
struct DocumentMaker {
  private var text: [UInt8] = []

  mutating func document(_ random: inout SplitMix) -> [UInt8] {
    text = []
    blanks(&random)
    var budget = 1 + random.below(40)
    value(&random, depth: 0, &budget)
    blanks(&random)
    return text
  }

  private mutating func value(_ random: inout SplitMix, depth: Int, _ budget: inout Int) {
    budget -= 1
    let kinds = depth < 12 && budget > 0 ? 9 : 5
    switch random.below(kinds) {
    case 0: add(["null", "true", "false"][random.below(3)])
    case 1, 2: number(&random)
    case 3, 4: string(&random)
    case 5, 6: container(&random, 0x5B, depth, &budget)
    default: container(&random, 0x7B, depth, &budget)
    }
  }

  private mutating func container(
    _ random: inout SplitMix, _ opening: UInt8, _ depth: Int, _ budget: inout Int
  ) {
    text.append(opening)
    for place in 0..<random.below(5) {
      if place > 0 { text.append(0x2C) }
      blanks(&random)
      if opening == 0x7B {
        if random.below(3) == 0 { member(&random) } else { string(&random) }
        blanks(&random)
        text.append(0x3A)
        blanks(&random)
      }
      value(&random, depth: depth + 1, &budget)
      blanks(&random)
    }
    blanks(&random)
    text.append(opening + 2)
  }

  private mutating func member(_ random: inout SplitMix) {
    let names = ["jsonrpc", "id", "method", "params", "result", "error", "code", "message", "data"]
    add("\"\(names[random.below(names.count)])\"")
  }

  private mutating func number(_ random: inout SplitMix) {
    if random.below(3) == 0 { add("-") }
    add(random.below(4) == 0 ? "0" : String(random.next() >> UInt64(random.below(64)) | 1))
    if random.below(3) == 0 { add(".\(random.next() >> UInt64(random.below(64)))") }
    if random.below(4) == 0 {
      add(["e", "E", "e+", "E-"][random.below(4)] + String(random.below(400)))
    }
  }

  private mutating func string(_ random: inout SplitMix) {
    add("\"")
    for _ in 0..<random.below(random.below(8) == 0 ? 60 : 8) {
      switch random.below(12) {
      case 0: add(#"\"# + ["n", "t", "\"", "\\", "/", "b", "f", "r"][random.below(8)])
      case 1: add(#"\u"# + hex(random.below(0x10000)))
      case 2: add(#"\ud8"# + hex(random.below(0x10000)).suffix(2) + #"\udc00"#)
      case 3: add(String(Character(scalar(&random))))
      case 4: add("word and ")
      default: text.append([0x20, 0x61, 0x7A, 0x30, 0x7B, 0x5D, 0x2C, 0x7F][random.below(8)])
      }
    }
    add("\"")
  }

  private func scalar(_ random: inout SplitMix) -> Unicode.Scalar {
    let top = [0x800, 0x3000, 0x10000, 0x11_0000][random.below(4)]
    return Unicode.Scalar(UInt32(0x80 + random.below(top - 0x80))) ?? "\u{FFFD}"
  }

  private func hex(_ value: Int) -> String {
    let digits = String(value, radix: 16, uppercase: value & 1 == 0)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  private mutating func blanks(_ random: inout SplitMix) {
    guard random.below(3) == 0 else { return }
    for _ in 0..<(1 + random.below(random.below(8) == 0 ? 20 : 2)) {
      text.append([0x20, 0x20, 0x0A, 0x09, 0x0D][random.below(5)])
    }
  }

  private mutating func add(_ more: String) { text.append(contentsOf: more.utf8) }
}
