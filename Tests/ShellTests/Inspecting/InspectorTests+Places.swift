import JSONRPC
import LosslessJSON
import Terminal
import TestChannels
import Testing
import Wire

@testable import Shell

/// Where things stand in the text that is inspected.
extension InspectorTests {
  @Test("places are offsets into the whole text")
  func offsets() throws {
    let bad = #"{"jsonrpc":"2.0","result":1,"id":true}"#
    let texts = [
      "\(Self.reply("1"))\n\n\(bad)\n", "--> \(Self.request("1"))\n<--   \(bad) (2 ms)\n",
      "Content-Length: 36\r\n\r\n\(Self.reply("1"))Content-Length: 38\r\n\r\n\(bad)",
      "\(Self.reply("1"))\(bad)", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n\(bad)",
    ]
    for text in texts {
      let inspection = Self.inspect(text)
      let finding = try #require(
        inspection.findings.first { $0.finding.rule == "rpc.id-type" }, "\(text)")
      let range = try #require(finding.finding.range)
      #expect(String(decoding: inspection.bytes[range], as: UTF8.self) == "true", "\(text)")
      let start = Array(text.utf8).count - Array(text.utf8).split(separator: 0x74).last!.count
      #expect(start > 0)
    }
  }

  @Test("a place that a sentence names is one of the whole text, as a record too")
  func mentionedPlaces() throws {
    let cut = "{\"jsonrpc\":\"2.0\",\n\"id\":1,\"result\":[1"
    let twice = "{\"jsonrpc\":\"2.0\",\n\"result\":{\"é\":1,\"é\":2},\"id\":1}"
    let size = twice.utf8.count
    let texts = [
      ("Content-Length: \(size)\r\n\r\n\(twice)", "first at line 4, column 11"),
      (
        "Content-Length: \(size)\r\n\r\n\(twice)Content-Length: 90\r\n\r\n\(cut)",
        "opened at line 7, column 17"
      ),
      ("HTTP/1.1 200 OK\r\nA: b\r\n\r\n\(twice)", "first at line 5, column 11"),
      ("\(Self.reply("1"))\n\(twice)", "first at line 3, column 11"),
      ("\(Self.reply("1"))\n\(Self.reply("2"))\n\(cut)", "opened at line 4, column 17"),
      ("--> \(Self.request("1"))\n<-- {\"a\":1,\"a\":2}", "first at line 2, column 6"),
    ]
    for (text, place) in texts {
      let inspection = Self.inspect(text)
      #expect(inspection.findings.contains { $0.finding.message.contains(place) }, "\(text)")
      let records = String(decoding: InspectionRecord.lines(inspection), as: UTF8.self)
      #expect(records.contains(place), "\(text)")
    }
  }

  /// Texts, a rule, and what its findings mark: `line:column text`.
  static let surroundings: [(text: String, rule: String, marked: [String])] = [
    (
      "\(reply("1"))\nDEBUG \(reply("2"))\nDEBUG \(reply("3"))\n", "frame.log-inside",
      ["2:1 DEBUG ", "3:1 DEBUG "]
    ),
    (
      "\(reply("1"))\n{\"a\":1} {\"b\":2}\n{\"a\":1} {\"b\":2}\n\(reply("2"))\n\(reply("3"))\n",
      "frame.several-values",
      ["2:9 {", "2:9 {", "3:9 {", "3:9 {"]
    ),
    (
      "Content-Length: 15\r\nA: b\r\n\r\n{\"a\":1} {\"b\":2}"
        + "Content-Length: 15\r\nA: b\r\n\r\n{\"a\":1} {\"b\":2}", "frame.header-unknown",
      ["2:1 A", "2:1 A", "5:1 A", "5:1 A"]
    ),
    (
      "\(reply("1"))\n{\"jsonrpc\":\"2.0\",\"result\":2024-01-31 INFO up\n19,\"id\":true}\n",
      "frame.log-inside", ["2:27 2024-01-31 INFO up", "2:27 2024-01-31 INFO up"]
    ),
    (
      "\(reply("1"))\n{\"jsonrpc\":\"2.0\",\"result\":2024-01-31 INFO up\n19,\"id\":true}\n",
      "rpc.id-type", ["3:9 true"]
    ),
    (
      "\(reply("1"))\r\n{\"jsonrpc\":\"2.0\",\r\n\"result\":1,\r\nDEBUG up\r\n\"id\":true}\r\n",
      "rpc.id-type", ["5:6 true"]
    ),
    (
      "\(reply("1"))\r\n{\"jsonrpc\":\"2.0\",\r\n\"result\":1,\r\nDEBUG up\r\n\"id\":true}\r\n",
      "frame.log-inside", ["4:1 DEBUG up"]
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 36\r\nContent-Length: 40\r\n\r\n\(reply("1"))",
      "http.length-conflict", ["3:1 Content-Length: 40"]
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Length:36\r\nA: b\r\ncontent-length:40\r\n\r\n\(reply("1"))",
      "http.length-conflict", ["4:1 content-length:40"]
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Type:text/plain\r\nContent-Length: 36\r\n\r\n\(reply("1"))",
      "http.content-type", ["2:1 Content-Type:text/plain"]
    ),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"jso\r\n21\r\n"
        + "nrpc\":\"2.0\",\"result\":1,\"id\":true}\r\n0\r\n\r\n", "rpc.id-type", ["7:29 true"]
    ),
  ]

  @Test("what stands around a message is told where it stands in the text", arguments: surroundings)
  func around(text: String, rule: String, marked: [String]) throws {
    let inspection = Self.inspect(text)
    let found = inspection.findings.filter { $0.finding.rule == rule }
    let records = try String(decoding: InspectionRecord.lines(inspection), as: UTF8.self)
      .split(separator: "\n").map { try JSON(reading: $0) }
      .filter { $0["rule"]?.string == rule }
    let places = zip(found, records).map { located, record in
      let bytes = inspection.bytes[located.finding.range ?? 0..<0]
      let place = "\(record["line"]?.int ?? 0):\(record["column"]?.int ?? 0)"
      return "\(place) \(String(decoding: bytes, as: UTF8.self))"
    }
    #expect(places == marked, "\(Self.rules(inspection))")
    #expect(inspection.findings.allSatisfy { $0.finding.evidence == nil })
  }

  @Test("lines and columns of UTF-16 and UTF-32 are those of their characters")
  func encodedPlaces() throws {
    let text =
      "{\"jsonrpc\": \"2.0\",\n\"result\": \"\u{10A}😀\", \"a\": 1, \"a\": 2,\r\n \"x\": tru}"
    let units = Array(text.utf16)
    let scalars = text.unicodeScalars.map(\.value)
    let encoded: [[UInt8]] = [
      units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
      scalars.flatMap { value in (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } },
      [0, 0, 0xFE, 0xFF]
        + scalars.flatMap { value in (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) } },
    ]
    for bytes in encoded {
      let inspection = Inspector.inspect(bytes, source: "file", Inspector.Options())
      let screen = InspectionText(inspection, width: 80, isWrapped: false).whole.plain
      #expect(screen.contains(" --> file:3:7 (byte "), "\(screen)")
      #expect(screen.contains(" --> file:2:25 (byte "), "\(screen)")
      #expect(screen.contains("first at line 2, column 17"), "\(screen)")
      let records = try String(decoding: InspectionRecord.lines(inspection), as: UTF8.self)
        .split(separator: "\n").map { try JSON(reading: $0) }
      let word = try #require(records.first { $0["rule"]?.string == "json.misspelt-literal" })
      #expect(word["line"]?.int == 3 && word["column"]?.int == 7)
    }
  }
}
