import LosslessJSON

extension FrameText {
  private static let section = "netstrings (D. J. Bernstein, 1997)"

  static func netstringLength(_ said: Int, _ body: [UInt8]) -> Finding {
    let size = body.count
    var why = "the message has \(size)"
    if said == TextCount.scalars(body), said < size {
      why = "that is its length in characters; in bytes it is \(size)"
    } else if said == TextCount.utf16(body), said < size {
      why = "that is its length in UTF-16 units; in bytes it is \(size)"
    }
    let text = Array("\(said):".utf8)
    return WireRule.netstringLength.finding(
      "the netstring says \(said), but \(why)", range: 0..<(text.count - 1),
      evidence: text + body.prefix(200),
      hint: "the length is the number of bytes, without the comma",
      section: section)
  }

  static func netstringBroken(_ said: Int, _ digits: [UInt8]) -> Finding {
    WireRule.netstringLength.finding(
      "no comma stands after the \(count(said, "byte")) that the netstring announces",
      range: 0..<digits.count, hint: "the length is the number of bytes, without the comma",
      section: section)
  }

  static func netstringComma(_ body: [UInt8]) -> Finding {
    WireRule.netstringComma.finding(
      "no comma follows the netstring", range: body.count..<body.count,
      hint: "the server must write a comma after each message", section: section)
  }

  static func netstringZero(_ digits: [UInt8]) -> Finding {
    WireRule.netstringZero.finding(
      "the netstring's length begins with a zero", range: 0..<1, evidence: digits,
      hint: "strict readers refuse it", section: section)
  }

  static func netstringCutShort(_ said: Int, _ body: [UInt8]) -> Finding {
    WireRule.cutShort.finding(
      "the stream ended after \(body.count) of the \(said) bytes that the netstring announced",
      range: body.count..<body.count,
      hint: "did the server end in the middle of writing? see what it says on stderr")
  }
}
