import LosslessJSON
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Large and dense texts")
struct LargeTextTests {
  @Test("texts with more values than was made room for read whole", arguments: [50_000, 600_000])
  func dense(count: Int) throws {
    let text = "[" + String(repeating: "1,", count: count - 1) + "1]"
    let value = try JSON(reading: text)
    #expect(value.count == count)
    #expect(JSONFormatter.compact.bytes(value) == Array(text.utf8))
    let pairs = "{" + Array(repeating: "\"\":[]", count: count).joined(separator: ",") + "}"
    #expect(try JSON(reading: pairs).count == count)
  }

  @Test("what is deeper than was made room for reads whole", arguments: [255, 256, 257, 9000])
  func deep(levels: Int) throws {
    let half = levels / 2
    let text =
      String(repeating: "[1,{\"a\":", count: half) + "2"
      + String(repeating: ",\"b\":3},4]", count: half)
    let value = try JSON(reading: text)
    #expect(value.count == 3)
    #expect(JSONFormatter.compact.bytes(value) == Array(text.utf8))
    let spread = JSONFormatter(indent: 0, width: 0).bytes(value)
    #expect(JSONFormatter.compact.bytes(try JSON(reading: spread)) == Array(text.utf8))
  }

  @Test("strings of every length around a block's end at their quote", arguments: 0..<140)
  func lengths(length: Int) throws {
    for piece in ["a", "é", "\\n", "\\u00e9"] {
      let text = "\"" + String(repeating: piece, count: length) + "\""
      #expect(try JSON(reading: text).text == text)
      let padding = String(repeating: "x", count: length)
      #expect(try JSON(reading: "[\"\(padding)\(piece)\",1]").count == 2)
      for fault in ["\u{1}", "\\x", "\n"] {
        let error = #expect(throws: JSONReadError.self) {
          try JSON(reading: "\"\(padding)\(fault)\"")
        }
        #expect(error?.position.offset == length + 1)
      }
    }
  }

  @Test("numbers of every length end at their last digit", arguments: 1..<40)
  func digits(length: Int) throws {
    let digits = String(repeating: "7", count: length)
    let text = "[\(digits),-\(digits).\(digits)e+\(digits)]"
    let value = try JSON(reading: text)
    #expect(value[0]?.number == digits)
    #expect(value[1]?.number == "-\(digits).\(digits)e+\(digits)")
  }

  @Test(
    "a text handed out in parts is the whole text", arguments: [0, 100, 65_535, 65_536, 300_000])
  func parts(length: Int) throws {
    let long = String(repeating: "é", count: length / 2) + String(repeating: "y", count: length / 2)
    let value = JSON.array([1, JSON(long), JSON.object([(long, JSON(long))]), 2])
    var parts: [UInt8] = []
    JSONFormatter(width: 0).write(value) { parts.append(contentsOf: $0) }
    #expect(parts == JSONFormatter(width: 0).bytes(value))
    #expect(try JSON(reading: parts) == value)
  }

  static let allowsGigabytes = getenv("RPCSCOPE_LARGE_TESTS") != nil

  @Test(
    "what is too large for the index is refused in words",
    .enabled(if: allowsGigabytes, "takes gigabytes: set RPCSCOPE_LARGE_TESTS=1"))
  func tooLarge() throws {
    let most = 1 << 28 - 1
    var text = [UInt8](repeating: 0x61, count: most + 2)
    text[0] = 0x22
    text[most + 1] = 0x22
    #expect(try JSON(reading: text).range.count == most + 2)
    text[most + 1] = 0x61
    text.append(0x22)
    let string = #expect(throws: JSONReadError.self) { try JSON(reading: text) }
    #expect(string?.problem == .tooLarge(limit: most))
    #expect(string?.position.offset == 0)
    text = [UInt8](repeating: 0x20, count: Int(UInt32.max))
    let document = #expect(throws: JSONReadError.self) { try JSON(reading: text) }
    #expect(document?.message == "larger than the limit of 4294967231 bytes")
  }
}
