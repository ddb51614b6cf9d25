import Testing
import Wire

@Suite struct FramingPropertyTests {
  @Test(arguments: FramingName.allCases)
  func namesItself(name: FramingName) {
    #expect(name.make().name == name.rawValue)
  }

  @Test(arguments: FramingName.allCases)
  func whatIsWrappedComesBackHoweverItIsCut(name: FramingName) {
    var random = SeededGenerator(state: 20_260)
    for _ in 0..<40 {
      let messages = (0..<5).map { _ in randomMessage(&random) }
      let bytes = messages.flatMap { name.make().wrap($0) }
      let found = outputs(name.make(), bytes) { Int.random(in: 1...40, using: &random) }
      #expect(found == messages.map { .message($0) })
    }
  }

  @Test(arguments: FramingName.allCases)
  func garbageGivesTheSameOutputsHoweverItIsCut(name: FramingName) {
    var random = SeededGenerator(state: 77)
    let alphabet = Array("{}[]\"\\:,0129 \r\nContent-Length: 3\r\n\r\ntrue-x".utf8)
    for _ in 0..<300 {
      let bytes = (0..<120).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let whole = outputs(name.make(limit: 50), bytes) { bytes.count }
      let pieces = outputs(name.make(limit: 50), bytes) { Int.random(in: 1...9, using: &random) }
      #expect(whole == pieces, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }

  @Test(arguments: FramingName.allCases)
  func aLargeMessageComesOutWhole(name: FramingName) {
    let text = "{\"a\":\"" + String(repeating: "0123456789 ", count: 200_000) + "\"}"
    let large = Array(text.utf8)
    let bytes = name.make().wrap(large)
    #expect(outputs(name.make(), bytes) { 65_536 } == [.message(large)])
    #expect(outputs(name.make(), bytes) { bytes.count } == [.message(large)])
    #expect(outputs(name.make(limit: 1000), bytes) { 4096 } == [.oversize(limit: 1000)])
  }

  private func randomMessage(_ random: inout SeededGenerator) -> [UInt8] {
    let characters: [String] = ["a", "\\\"", "\\\\", "}", "{", "]", ":", "ä", "😀", " ", "7"]
    let text = (0..<Int.random(in: 0...30, using: &random))
      .map { _ in characters.randomElement(using: &random) ?? "" }.joined()
    return Array("{\"k\":[\"\(text)\",{}]}".utf8)
  }
}
