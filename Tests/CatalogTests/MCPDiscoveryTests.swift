import Catalog
import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestChannels
import Testing
import Wire

@Suite("What an MCP server offers", .timeLimit(.minutes(1)))
struct MCPDiscoveryTests {
  /// A stateless server with those lists, two a page; the cursor of the resources never ends.
  private func client() throws -> Client {
    let lists: [String: (String, [String])] = [
      "tools/list": (
        "tools",
        [
          #"{"name":"sum","description":"Adds.","inputSchema":{"type":"object","required":["a"],"#
            + #""properties":{"a":{"type":"integer","x-mcp-header":"Left"},"b":{"type":"string"}}}}"#,
          #"{"name":"review","inputSchema":{}}"#, #"{"name":"ping"}"#, #"{"title":"no name"}"#,
        ]
      ),
      "prompts/list": (
        "prompts",
        [
          #"{"name":"review","arguments":[{"name":"language","required":true},{"name":"style"}]}"#,
          #"{"name":"greet"}"#,
        ]
      ),
      "resources/templates/list": (
        "resourceTemplates",
        [#"{"name":"profile","uriTemplate":"users://{id}{?lang}","description":"A user."}"#]
      ),
    ]
    return try Client(
      dialect: MCPDialect(),
      makeChannel: {
        ScriptedChannel(.child) { channel, send, text in
          guard let json = try? JSON(reading: text), case .request(let call) = Message(json),
            let id = call.id
          else { return }
          var result: JSON = [:]
          if call.method == "server/discover" {
            result = [
              "supportedVersions": ["2026-07-28"],
              "capabilities": ["tools": [:], "prompts": [:], "resources": [:], "completions": [:]],
            ]
          } else if call.method == "resources/list" {
            result = ["resources": [["uri": "config://app"]], "nextCursor": "same"]
          } else if let (member, items) = lists[call.method] {
            let start = call.params?["cursor"]?.string.flatMap { Int($0) } ?? 0
            let page = items.dropFirst(start).prefix(2).compactMap { try? JSON(reading: $0) }
            var members: [(String, JSON)] = [(member, .array(page))]
            if start + 2 < items.count { members.append(("nextCursor", JSON("\(start + 2)"))) }
            result = .object(members)
          }
          channel.say(Response(.result(result), id: id).json.text, to: send)
        }
      })
  }

  @Test("tools, prompts and templates of all pages are methods of their own names")
  func methods() async throws {
    let client = try client()
    let catalog = try #require(await Discovery(client: client).run().catalog)
    // A tool wins over a prompt, and over the protocol's own method, of the same name.
    #expect(catalog["review"]?.nature == "tool")
    #expect(catalog["prompt.review"]?.wrapping?.method == "prompts/get")
    #expect(catalog["greet"]?.nature == "prompt")
    #expect(catalog["ping"]?.nature == "tool")
    let profile = try #require(catalog["profile"])
    #expect(profile.params?.map(\.name) == ["id", "lang"])
    #expect(profile.params?.map(\.isRequired) == [true, false])
    let (method, params) = profile.carried(["id": "a/b", "lang": "de"])
    #expect(method == "resources/read")
    #expect(params == ["uri": "users://a%2Fb?lang=de"])
    #expect(profile.reference == ["type": "ref/resource", "uri": "users://{id}{?lang}"])
    #expect(
      catalog["resources/read"]?.param("uri")?.schema.enumeration.compactMap(\.string)
        .contains("config://app") == true)
    // A cursor that comes back is followed no further.
    #expect(client.log.summaries.count { $0.method == "resources/list" } == 2)
  }

  @Test("params that a header repeats are found")
  func mirrored() async throws {
    let catalog = try #require(await Discovery(client: try client()).run().catalog)
    let sum = try #require(catalog["sum"])
    #expect(sum.mirroredHeaders(["a": 5, "b": "x"]) == [HeaderField("Mcp-Param-Left", "5")])
    #expect(sum.mirroredHeaders(["b": "x"]).isEmpty)
    #expect(sum.mirroredHeaders(nil).isEmpty)
  }

  @Test(
    "templates are filled in (RFC 6570)",
    arguments: [
      ("{var}", "value"), ("{hello}", "Hello%20World%21"), ("{+hello}", "Hello%20World!"),
      ("{+path}/here", "/foo/bar/here"), ("{#path}", "#/foo/bar"), ("X{.var}", "X.value"),
      ("{/var,x}/here", "/value/1024/here"), ("{;x,y,empty}", ";x=1024;y=768;empty"),
      ("{?x,y,empty}", "?x=1024&y=768&empty="), ("?fixed=yes{&x}", "?fixed=yes&x=1024"),
      ("{x,y}", "1024,768"), ("{var:3}", "val"), ("{none}", ""), ("{?none,x}", "?x=1024"),
      ("{", "{"), ("a{b", "a{b"), ("", ""), ("{}", ""),
    ])
  func templates(template: String, uri: String) {
    let values = [
      "var": "value", "hello": "Hello World!", "path": "/foo/bar", "x": "1024", "y": "768",
      "empty": "",
    ]
    #expect(URITemplate(template).expanded(values) == uri)
  }
}
