import JSONRPC
import LosslessJSON
import Session
import TestChannels
import Testing
import Wire

@testable import Catalog

@Suite("Schemas of databases")
struct DatabaseSchemaTests {
  private static let schema = """
    {"name":"Shop","version":"1.0.0","tables":{
      "Item":{"columns":{"name":{"type":"string"},
        "state":{"type":{"key":{"type":"string","enum":["set",["new","sold"]]}}},
        "tags":{"type":{"key":"string","min":0,"max":"unlimited"}},
        "notes":{"type":{"key":"string","value":"string","min":0,"max":"unlimited"}},
        "count":{"type":{"key":"integer","min":0}}}},
      "Owner":{"columns":{"email":{"type":"string"}}}}}
    """

  @Test("tables and columns become schemas of operations")
  func operations() async throws {
    let client = try Client(makeChannel: {
      ScriptedChannel(.tcp) { channel, send, text in
        guard let request = try? JSON(reading: text), let id = request["id"]?.text else { return }
        let result = request["method"]?.string == "list_dbs" ? #"["Shop"]"# : Self.schema
        channel.say(#"{"id":\#(id),"result":\#(result),"error":null}"#, to: send)
      }
    })
    client.dialect = OVSDBDialect()
    let report = await Discovery(client: client).run()
    let catalog = try #require(report.catalog)
    #expect(report.asked.map(\.method) == ["list_dbs"])
    #expect(catalog.title == "OVSDB (Shop 1.0.0)")
    #expect(catalog["get_schema"]?.params?[0].schema.enumeration.map(\.text) == [#""Shop""#])
    let operation = try #require(catalog["transact"]?.params?.last?.schema)
    let row = operation.member("row", given: ["table": "Item"]).flatMap { $0.members() }
    #expect(row.map(\.name) == ["name", "state", "tags", "notes", "count"])
    let state = operation.member("row", given: ["table": "Item"]).flatMap { $0.member("state") }
    #expect(state.flatMap(\.enumeration).map(\.text) == [#""new""#, #""sold""#])
    #expect(row[2].schema.doc.contains("any number of string"))
    #expect(row[3].schema.doc.contains("map of string to string"))
    let columns = operation.member("where").flatMap { $0.element(0) }.flatMap { $0.element(0) }
    #expect(columns.flatMap(\.enumeration).contains("email"))
    await client.close(grace: .zero)
  }

  @Test("a control socket lists its commands")
  func control() throws {
    let text = """
      The available commands are:
        exit
        ofproto/trace           {[dp_name] odp_flow | bridge br_flow} [OPTIONS...]
        vlog/list
        memory/show             [name] extra...
      """
    let catalog = try #require(UnixctlSource().read(JSON(text)))
    #expect(
      catalog.methods.map(SourceTests.line) == [
        "exit", "ofproto/trace ?", "vlog/list", "memory/show name?:string extra...:string",
      ])
    #expect(UnixctlSource().read("hello") == nil)
  }
}
