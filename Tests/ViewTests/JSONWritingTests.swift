import LosslessJSON
import Terminal
import Testing
import View

@Suite("JSON written in one pass")
struct JSONWritingTests {
  private static let texts = [
    "1", "[]", "{}", "\"\"", "null", "{\"a\":[1,true,null,-0.5e3],\"b\":{\"c\":{}}}",
    "[[[[[1]]]],{\"x\":[]}]",
    #"{"e\u0301":"\ud83d\ude00 \u001b","k":"a\nb"}"#,
    "{\"key\u{202e}\":\"\u{7f}\u{85}\u{200b}\",\"語\":\"👩\u{200d}🚀 👩\u{200d}x ❤\u{fe0f}\"}",
    "[" + (0..<400).map { "{\"index\":\($0),\"é\":\"\($0) żółć\"}" }.joined(separator: ",") + "]",
    "[\"" + String(repeating: "long ", count: 30_000) + "\",\""
      + String(repeating: "lang\u{202e}", count: 9_000) + "\"]",
  ]

  @Test("it is what is made of styled text", arguments: texts, [true, false])
  func same(text: String, color: Bool) throws {
    let value = try JSON(reading: text)
    let renderer = Renderer(color: color)
    for width in [0, 40, 80, 200] {
      var bytes: [UInt8] = []
      JSONText.write(value, width: width, renderer: renderer) { bytes.append(contentsOf: $0) }
      let expected = renderer.render(JSONText.pretty(value, width: width).text)
      #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
  }

  @Test("nothing of a hostile text reaches the screen as it is")
  func hostile() throws {
    let value = try JSON(reading: "{\"\u{202e}\":\"\u{9b}2J\u{2028}\u{7f}\u{e0041}\"}")
    var bytes: [UInt8] = []
    JSONText.write(value, width: 80, renderer: Renderer(color: false)) {
      bytes.append(contentsOf: $0)
    }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"\u202e": "\u009b2J\u2028\u007f\udb40\udc41"}"#)
  }
}
