import LosslessJSON
import Testing

@testable import Recording

@Suite struct SchemaTests {
  /// The schema that is installed, which stands beside the sources.
  private func schema() throws -> JSON {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    let path = parts.joined(separator: "/") + "/share/rpcscope/recording.schema.json"
    return try JSON(reading: try FolderTree.contents(path, limit: 1 << 20))
  }

  @Test func `The schema names every member that a line can have, in order`() throws {
    let properties = try #require(try schema()["$defs"]?["exchange"]?["properties"])
    let names = properties.members.map(\.name)
    for exchange in LineTests.samples {
      var parts = ExchangeParts(exchange)
      parts.masked = [MaskedRange(part: "request", range: 0..<1, name: "n")]
      let line = try JSON(reading: ExchangeLine.bytes(exchange, parts))
      let found = line.members.map(\.name)
      #expect(names.filter(found.contains) == found)
      let required = try schema()["$defs"]?["exchange"]?["required"]?.elements.compactMap(\.string)
      #expect(try #require(required).allSatisfy(found.contains))
      for (name, list) in [("findings", "finding"), ("messages", "message")] {
        let known = try schema()["$defs"]?[list]?["properties"]
        for element in (line[name]?.elements).map(Array.init) ?? [] {
          #expect(element.members.allSatisfy { known?[$0.name] != nil })
        }
      }
    }
  }

  @Test func `The schema names the members of headers and events`() throws {
    let schema = try schema()
    let lines = [
      ("header", Exchanges.header.line(target: "t")),
      ("event", RecordedEvent(.stderr, at: 1, bytes: [0xFF]).line),
    ]
    for (name, line) in lines {
      let known = try #require(schema["$defs"]?[name]?["properties"])
      let found = try JSON(reading: line).members.map(\.name)
      #expect(known.members.map(\.name).filter(found.contains) == found)
    }
  }
}
