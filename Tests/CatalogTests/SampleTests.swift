import Foundation
import LosslessJSON
import Session
import Testing

@testable import Catalog

private let samples = "../shared/samples"
private let isThere = FileManager.default.fileExists(atPath: samples)

/// Documents that real servers gave, kept beside the project.
@Suite("Real descriptions", .enabled(if: isThere, "no ../shared/samples"))
struct SampleTests {
  private static func json(_ path: String) throws -> JSON {
    try JSON(reading: Array(Data(contentsOf: URL(fileURLWithPath: "\(samples)/\(path)"))))
  }

  /// The results in a stream of messages, a line each, or the events of a stream.
  private static func results(_ path: String) throws -> [JSON] {
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: "\(samples)/\(path)")), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let bare = line.hasPrefix("data: ") ? line.dropFirst(6) : line
      return (try? JSON(reading: String(bare)))?["result"]
    }
  }

  @Test("aria2: names, known by heart")
  func aria2() throws {
    let result = try #require(try Self.json("aria2/calls/listMethods.resp.json")["result"])
    let catalog = KnownMethods.enriching(
      try #require(SystemListMethodsSource().read(result)))
    #expect(catalog.methods.count == 36)
    #expect(catalog.methods.allSatisfy { $0.basis == .knownByHeart })
    #expect(catalog["aria2.addUri"]?.result?.name == "gid")
  }

  @Test("Mopidy: docs and names of params")
  func mopidy() throws {
    let folder = "\(samples)/mopidy/calls"
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder)
        .first { $0.contains("describe") && $0.hasSuffix("resp.json") })
    let result = try #require(try Self.json("mopidy/calls/\(name)")["result"])
    let catalog = try #require(MopidySource().read(result))
    #expect(catalog.methods.count == 62)
    #expect(catalog["core.mixer.set_volume"]?.summary == "Set the volume.")
  }

  @Test("deltachat: an OpenRPC document, and the same when it was kept")
  func deltachat() throws {
    let catalog = try DescriptionReader.read(Self.json("deltachat/openrpc.json"), source: "file")
    #expect(catalog.methods.count == 181)
    let text = try #require(CatalogDocument.write(catalog))
    let kept = try #require(CatalogDocument.read(JSON(reading: text)))
    #expect(kept.methods.map(SourceTests.line) == catalog.methods.map(SourceTests.line))
    let param = try #require(kept["get_chatlist_entries"]?.params?.last)
    #expect(!param.schema.typeText.isEmpty)
  }

  @Test("OVSDB: tables and columns of the schema")
  func ovsdb() throws {
    let result = try #require(try Self.json("ovsdb/get_schema.json")["result"])
    var schema = OVSDBSchema(["Open_vSwitch", "_Server"])
    schema.take(result)
    #expect(schema.titles == ["Open_vSwitch 8.3.1"])
    let known = try #require(OVSDBSource().read(["Open_vSwitch", "_Server"]))
    let methods = schema.refining(known.methods)
    let transact = try #require(methods.first { $0.name == "transact" })
    let operation = try #require(transact.params?.last?.schema)
    #expect(operation.member("table").flatMap(\.enumeration).contains("Bridge"))
    let columns = operation.member("columns", given: ["table": "Bridge"]).flatMap { $0.element(0) }
    #expect(columns.flatMap(\.enumeration).contains("fail_mode"))
    #expect(!columns.flatMap(\.enumeration).contains("netmask"))
    let monitor = try #require(methods.first { $0.name == "monitor" }?.params?.last?.schema)
    #expect(monitor.members().contains { $0.name == "Bridge" })
  }

  @Test(
    "MCP: tools become methods",
    arguments: [
      ("mcp-time/session.s2c.bin", "get_current_time"), ("mcp-git/session.s2c.bin", "git_status"),
      ("mcp1-sqlite/session.s2c.bin", "list_tables"),
      ("mcp2-demo-stdio-modern/session.s2c.bin", ""),
      ("mcp-http/fastmcp4.1.2/03_tools_list.http", ""),
      ("mcp-http/mcp1.30.0/03_tools_list.http", ""),
    ])
  func mcp(path: String, tool: String) throws {
    let list = try #require(try Self.results(path).compactMap { $0["tools"] }.first, "\(path)")
    let methods = list.elements.compactMap(MCPDiscovery.tool)
    #expect(methods.count == list.count && !methods.isEmpty)
    #expect(methods.allSatisfy { $0.wrapping?.method == "tools/call" && $0.params != nil })
    if !tool.isEmpty { #expect(methods.contains { $0.name == tool }) }
  }

  @Test("LSP: methods by capability", arguments: ["lsp-clangd", "lsp-ruff", "lsp-sourcekit-lsp"])
  func lsp(folder: String) throws {
    let document = try Self.json("\(folder)/initialize_result.json")
    let result = document["result"] ?? document
    let methods = KnownMethods.lsp(LSPCapabilities(try #require(result["capabilities"])))
    let names = Set(methods.map(\.name))
    #expect(names.contains("textDocument/hover") && names.contains("shutdown"))
    #expect(names.contains("textDocument/rename") == (folder != "lsp-ruff"))
  }
}
