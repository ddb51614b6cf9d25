import LosslessJSON
import Testing

@testable import Wire

/// What text between messages is said to be.
@Suite("Text between messages")
struct StrayFindingTests {
  @Test(
    "each kind of text is told by its own words, and where it stands",
    arguments: [
      ("<html><title>502 Bad Gateway</title></html>", "frame.stray-text", "titled \"502", 0..<43),
      ("null", "frame.stray-text", "no message: a message is an object", 0..<4),
      (
        #"DEBUG: {"jsonrpc":"2.0","result":1,"id":1}"#, "frame.log-inside",
        "text stands before the message", 0..<7
      ),
      ("started {worker}", "frame.stray-text", "this is text, no message", 0..<16),
    ])
  func kinds(_ text: String, _ rule: String, _ words: String, _ range: Range<Int>) throws {
    let finding = try #require(StrayFinding.of(Array(text.utf8), in: .lines).first)
    #expect(finding.rule == rule)
    #expect(finding.message.contains(words))
    #expect(finding.range == range)
  }

  @Test("a length without its colon is told as such where headers are spoken")
  func colon() {
    let text = Array("Content-Length 54".utf8)
    #expect(StrayFinding.of(text, in: .headers).map(\.rule) == ["frame.header-malformed"])
  }
}
