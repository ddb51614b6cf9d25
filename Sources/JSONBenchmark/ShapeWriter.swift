import SeededRandom

/// Writes generated JSON.
struct ShapeWriter {
  private(set) var text: [UInt8] = []
  private let goal: Int
  private var random = SplitMix(seed: 7)

  init(bytes: Int) {
    goal = bytes
    text.reserveCapacity(bytes + 64 << 10)
  }

  // MARK: - Frames

  /// `[…]` of as many elements as it takes.
  mutating func list(_ element: (inout ShapeWriter, Int) -> Void) {
    add("[")
    var count = 0
    while text.count < goal {
      add(count == 0 ? "\n" : ",\n")
      element(&self, count)
      count += 1
    }
    add("\n]\n")
  }

  /// As many lines as it takes.
  mutating func lines(_ line: (inout ShapeWriter, Int) -> Void) {
    var count = 0
    while text.count < goal {
      line(&self, count)
      add("\n")
      count += 1
    }
  }

  // MARK: - Elements

  /// A block as a blockchain node has them, and some more.
  mutating func record(_ number: Int) {
    add(#"{"number":\#(number),"hash":"0x"#)
    for _ in 0..<4 { hex() }
    add(#"","parent":"0x"#)
    for _ in 0..<4 { hex() }
    add(#"","time":\#(1_700_000_000 + number * 12),"price":"#)
    fraction()
    add(#","ok":\#(random.below(2) == 0),"note":null,"tags":["#)
    for place in 0..<3 {
      if place > 0 { add(",") }
      string { $0.word() }
    }
    add(#"],"size":\#(random.below(100_000)),"owner":"#)
    string {
      $0.word()
      $0.add(" ")
      $0.word()
    }
    add(#","at":{"line":\#(random.below(1000)),"column":\#(random.below(100))}}"#)
  }

  mutating func nest(levels: Int) {
    for level in 0..<levels {
      add(#"{"level":\#(level),"name":"#)
      string { $0.word() }
      add(#","inner":["#)
    }
    add("0")
    for _ in 0..<levels { add("]}") }
  }

  mutating func sentence() {
    string { writer in
      for place in 0..<(4 + writer.random.below(16)) {
        if place > 0 { writer.add(" ") }
        writer.word()
        if writer.random.below(24) == 0 { writer.add(#"\n"#) }
        if writer.random.below(40) == 0 { writer.add(#"\""#) }
      }
    }
  }

  mutating func number() {
    switch random.below(4) {
    case 0: add(String(random.below(1000)))
    case 1: add(String(Int(truncatingIfNeeded: random.next() >> 20) - 1 << 42))
    case 2: fraction()
    default: add("\(random.below(10)).\(100 + random.below(900))e-\(random.below(20))")
    }
  }

  mutating func foreign() {
    string { writer in
      for place in 0..<(3 + writer.random.below(8)) {
        if place > 0 { writer.add(" ") }
        writer.add(Self.foreignWords[writer.random.below(Self.foreignWords.count)])
      }
      if writer.random.below(4) == 0 { writer.add(#"\u6771\u4eac \ud83d\ude00"#) }
    }
  }

  /// One string of all the bytes, as Base64 has them.
  mutating func blob() {
    add(#"{"data":""#)
    let letters = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    while text.count < goal {
      var bits = random.next()
      for _ in 0..<8 {
        text.append(letters[Int(bits & 63)])
        bits >>= 6
      }
    }
    add("\"}\n")
  }

  mutating func reply(_ number: Int) {
    switch random.below(4) {
    case 0:
      add(#"{"jsonrpc":"2.0","id":\#(number),"error":{"code":-32601,"message":"no such method"}}"#)
    case 1:
      add(#"{"jsonrpc":"2.0","id":\#(number),"result":"0x"#)
      hex()
      add(#""}"#)
    default:
      add(#"{"jsonrpc":"2.0","id":\#(number),"result":{"total":\#(random.below(99)),"items":["#)
      for place in 0..<random.below(6) {
        if place > 0 { add(",") }
        string { $0.word() }
      }
      add("]}}")
    }
  }

  // MARK: - Pieces

  private mutating func string(_ contents: (inout ShapeWriter) -> Void) {
    add("\"")
    contents(&self)
    add("\"")
  }

  private mutating func word() { add(Self.words[random.below(Self.words.count)]) }

  private mutating func fraction() {
    add("\(random.below(2) == 0 ? "-" : "")\(random.below(1_000_000)).\(random.next() >> 20)")
  }

  private mutating func hex() {
    let digits = String(random.next(), radix: 16)
    add(String(repeating: "0", count: 16 - digits.count) + digits)
  }

  private mutating func add(_ more: String) { text.append(contentsOf: more.utf8) }

  private static let words = [
    "account", "balance", "the", "of", "transaction", "server", "is", "replied", "a", "status",
    "pending", "configuration", "value", "it", "network", "timeout", "to", "be", "request", "log",
  ]
  private static let foreignWords = [
    "Zürich", "naïve", "東京都庁", "資料", "Привет", "мир", "😀", "👩‍🚀", "한국어", "ελληνικά", "عربى",
    "plain", "日本語のテキスト", "çöğüş",
  ]
}
