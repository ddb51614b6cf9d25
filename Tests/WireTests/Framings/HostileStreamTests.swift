import Testing

@testable import Wire

/// Streams made to cost much, and mixtures of everything that framings look for.
@Suite("Hostile streams", .serialized) struct HostileStreamTests {
  @Test(arguments: [
    "{}Content-Length: 999999\r\n\r\n", "{Content-Length: 999999\r\n\r\n",
    "Content-Lenght: 999999\r\n\r\n{}", "Content-Type: a\r\n\r\n{}", "{\"a\":[\n", "9999999:{},",
    "99999:{", "{} ", "{}\0", "[{\"", "{\"jsonrpc\"\n", "Content-Length: -5\r\n\r\n{",
    "{\"a\":INFO 12:00:00\n", "2024-01-01 [", "\u{FEFF}\n",
  ])
  func aRepeatedTrickIsReadToItsEnd(piece: String) {
    let bytes = Array(String(repeating: piece, count: 2000).utf8)
    for name in FramingName.allCases {
      for size in [65_536, bytes.count] {
        let found = outputs(name.make(), bytes) { size }
        let kept = found.reduce(0) { $0 + $1.size }
        // Headers and separators are not handed out; what is read again must not come twice.
        #expect(kept <= bytes.count * 3 / 2, "\(name)")
      }
    }
  }

  @Test(arguments: FramingName.allCases)
  func mixturesGiveTheSameOutputsHoweverTheyAreCut(name: FramingName) {
    var random = SeededGenerator(state: 3)
    let parts = [
      "{\"jsonrpc\":\"2.0\",\"id\":1}", "{\"a\":\n", "Content-Length: 24\r\n\r\n",
      "Content-Length: 9\n\n", "Content-Lenght: 24\r\n", "\r\n", "\n", "24:", "9:", ",", "\0",
      "INFO: x", "[INFO] y\n", "\u{FEFF}", "}", "]", "\"", "[", "ä😀", "Content-Type: x\r\n",
      "12:00:01 ", "true", "{}", "HTTP/1.1 400 Bad\r\n",
    ].map { Array($0.utf8) }
    for _ in 0..<400 {
      let bytes = (0..<12).flatMap { _ in parts.randomElement(using: &random) ?? [] }
      let whole = outputs(name.make(), bytes) { bytes.count }
      for _ in 0..<3 {
        let pieces = outputs(name.make(), bytes) { Int.random(in: 1...12, using: &random) }
        #expect(whole == pieces, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
    }
  }

  /// Silence may come anywhere, and nothing that came is lost or told twice.
  @Test(arguments: FramingName.allCases)
  func silenceAnywhereKeepsEveryMessage(name: FramingName) {
    let messages = (0..<4).map { Array("{\"jsonrpc\":\"2.0\",\"id\":\($0)}".utf8) }
    let bytes = messages.flatMap { name.make().wrap($0) }
    for cut in 0...bytes.count {
      var framing = name.make()
      var found = framing.feed(bytes[..<cut])
      if framing.patience != nil { found += framing.stall() }
      #expect(framing.stall().isEmpty)
      found += framing.feed(bytes[cut...]) + framing.finish()
      let told = found.compactMap { output -> [UInt8]? in
        if case .message(let bytes, _) = output { bytes } else { nil }
      }
      #expect(told == messages, "cut at \(cut)")
    }
  }
}

extension FramingOutput {
  fileprivate var size: Int {
    switch self {
    case .message(let bytes, _), .stray(let bytes, _): bytes.count
    case .oversize: 0
    }
  }
}
