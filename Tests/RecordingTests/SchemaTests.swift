import LosslessJSON
import TestFolders
import Testing

@testable import Recording

@Suite struct SchemaTests {
  /// The schema that is installed, which stands beside the sources.
  private static let file = SchemaFile(
    beside: #filePath, "../../share/rpcscope/recording.schema.json")

  private func schema() throws -> JSON { try Self.file.json() }

  @Test func `What the writer writes keeps to the schema`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file.jsonl"
    let writer = RecordingWriter(path: path, header: Exchanges.header)
    for exchange in LineTests.samples { writer.record(exchange) }
    writer.record(Exchanges.call(90, params: #"{"password": "a-long-secret"}"#))
    writer.record(RecordedEvent(.stderr, at: 1, bytes: "password=hunter22".bytes))
    writer.record(RecordedEvent(.stray, at: 2, bytes: [0xFF]))
    writer.close()
    let lines = try FolderTree.contents(path, limit: 1 << 24).split(separator: 0x0A)
    #expect(lines.count == LineTests.samples.count + 4)
    for line in lines {
      #expect(try Self.file.fault(JSON(reading: Array(line))) == nil, "\(Array(line).text)")
    }
  }

  @Test(arguments: [
    #"{"rpcscope":"recording","version":0}"#, #"{"event":"tea","at":1,"text":""}"#,
    #"{"event":"stderr","at":1,"text":1}"#, #"{"n":1}"#, "[]",
  ]) func `The schema lets nothing else pass`(line: String) throws {
    #expect(try Self.file.fault(JSON(reading: line)) != nil)
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
