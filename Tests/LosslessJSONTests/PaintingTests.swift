import LosslessJSON
import Testing

@Suite("Painting")
struct PaintingTests {
  private func painted(
    _ text: String, _ paint: JSONPaint, _ formatter: JSONFormatter = JSONFormatter(width: 0)
  ) throws -> String {
    var bytes: [UInt8] = []
    formatter.write(try JSON(reading: text), paint: paint) { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private let brackets = JSONPaint([
    .key: .init(before: "<k>".utf8, after: "</k>".utf8),
    .string: .init(before: "<s>".utf8, after: "</s>".utf8),
    .number: .init(before: "<n>".utf8, after: "</n>".utf8),
    .literal: .init(before: "<l>".utf8, after: "</l>".utf8),
  ])

  private struct Full: Error {}

  @Test("what could not be handed out is not handed out later", arguments: [10, 100_000])
  func forgets(length: Int) throws {
    var printer = JSONPrinter(JSONFormatter(width: 0), paint: brackets)
    let long = String(repeating: "y", count: length)
    let many = String(repeating: "{\"k\": [1, \"\(long)\"]}, ", count: 400_000 / length)
    #expect(throws: Full.self) {
      try printer.add(JSON(reading: "[\(many)[[1]]]")) { _ throws(Full) in throw Full() }
    }
    var text: [UInt8] = []
    printer.add(try JSON(reading: #"{"a": 1}"#)) { text += $0 }
    for _ in 0..<100_000 { printer.newLine() }
    printer.finish { text += $0 }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    #expect(lines == ["{", "  <k>\"a\"</k>: <n>1</n>", "}"])
  }

  @Test("each piece is wrapped by its role")
  func roles() throws {
    #expect(
      try painted("{\"a\":[1,null,\"x\"]}", brackets, .oneLine)
        == "{<k>\"a\"</k>: [<n>1</n>, <l>null</l>, <s>\"x\"</s>]}")
    #expect(
      try painted("{\"a\":[true]}", brackets)
        == "{\n  <k>\"a\"</k>: [\n    <l>true</l>\n  ]\n}")
  }

  @Test("punctuation is wrapped without its blank")
  func punctuation() throws {
    let paint = JSONPaint([.punctuation: .init(before: "(".utf8, after: ")".utf8)])
    #expect(try painted("[1,2]", paint, .oneLine) == "([)1(,) 2(])")
  }

  @Test("text that is not printable ASCII goes through the cleaning, and nothing else does")
  func cleaning() throws {
    let paint = JSONPaint([.string: .init(before: "<".utf8, after: ">".utf8)]) { bytes in
      Array("[\(bytes.count)]".utf8)
    }
    let text = "[\"plain\",\"\u{7F}\",\"é\",{\"ключ\":\"\(String(repeating: "x", count: 30))é\"}]"
    #expect(
      try painted(text, paint, .compact) == "[<\"plain\">,<[3]>,<[4]>,{[10]:<[34]>}]")
  }

  @Test("cleaned text may be longer than what it stands for")
  func longer() throws {
    let paint = JSONPaint([:]) { _ in [UInt8](repeating: 0x2A, count: 200_000) }
    #expect(try painted("[\"é\",\"é\"]", paint, .compact).utf8.count == 400_003)
  }
}
