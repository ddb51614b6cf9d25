import Catalog
import JSONRPC
import LosslessJSON
import Session
import TestChannels
import Testing
import Wire

/// What each way of describing oneself brings, from answers of our own in the shape that its servers
/// give.
@Suite("Sources")
struct SourceTests {
  /// An answer and what must come of it: a line a method, its name and params as the shell shows them.
  struct Answer: Sendable, CustomTestStringConvertible {
    let source: any DiscoverySource
    let result: String
    let methods: [String]

    var testDescription: String { source.name }
  }

  static let answers: [Answer] = [
    Answer(
      source: MopidySource(),
      result: """
        {"core.mixer.set_volume":{"description":"Set it.\\n\\nMore.","params":[{"name":"volume"}]},
         "core.library.search":{"description":"","params":[{"name":"query"},{"name":"uris","default":null},
          {"name":"rest","varargs":true}]}}
        """,
      methods: ["core.mixer.set_volume volume?", "core.library.search query? uris? rest..."]),
    Answer(
      source: KodiSource(),
      result: """
        {"description":"Media centre","version":"13.5.0","types":{"Toggle":{"type":["boolean",
         {"type":"string","enums":["toggle"]}]}},"methods":{"Player.Mute":{"description":"Mute",
         "params":[{"name":"mute","$ref":"Toggle","required":true},{"name":"why","type":"string"}],
         "returns":"boolean"}}}
        """,
      methods: ["Player.Mute mute:Toggle why?:string"]),
    Answer(
      source: RPCDescribeSource(),
      result: """
        {"name":"api","methods":{"App.add":{"name":"App.add","type":"method","params":[
         {"name":"a","type":"Number"},{"name":"b","type":"Number","required":false}],
         "returns":{"type":"Number"}}}}
        """,
      methods: ["App.add a:number b?:number"]),
    Answer(
      source: SystemDescribeSource(),
      result: """
        {"sdversion":"1.0","name":"demo","procs":[{"name":"sum","summary":"Adds","params":[
         {"name":"a","type":"num"},"num"],"return":"num"}]}
        """,
      methods: ["sum a:number param2:number"]),
    Answer(
      source: ReflectRPCSource(),
      result: """
        [{"name":"sum","description":"Adds","params":[{"name":"a","type":"int","description":"One"}],
         "result_type":"int","result_desc":"The sum"}]
        """,
      methods: ["sum a:integer"]),
    Answer(
      source: MethodsInfoSource.xenOrchestra,
      result: """
        {"vm.start":{"description":"Starts","permission":"admin","params":{"id":{"type":"string"},
         "force":{"type":"boolean","optional":true}}}}
        """,
      methods: ["vm.start id:string force?:boolean"]),
    Answer(
      source: MethodsInfoSource.trueNAS,
      result: """
        {"pool.query":{"description":"Finds","accepts":[{"_name_":"filters","type":"array",
         "_required_":false}],"returns":[{"type":"array"}]}}
        """,
      methods: ["pool.query filters?:[any]"]),
    Answer(
      source: UbusSource(),
      result: #"{"network.device":{"status":{"name":"string","full":"boolean"}}}"#,
      methods: ["network.device.status name?:string full?:boolean"]),
    Answer(
      source: NameListSource.substrate, result: #"{"methods":["author_hasKey","system_health"]}"#,
      methods: ["author_hasKey ?", "system_health ?"]),
    Answer(
      source: NameListSource.spdk, result: #"["bdev_get_bdevs","rpc_get_methods"]"#,
      methods: ["bdev_get_bdevs ?", "rpc_get_methods ?"]),
    Answer(
      source: BitcoinHelpSource(),
      result: """
        "== Blockchain ==\\ngetblock \\"blockhash\\" ( verbosity )\\ngetbestblockhash\\n\\n== Wallet ==\\nsendmany \\"\\" {\\"address\\":amount,...} ( minconf \\"comment\\" )\\n"
        """,
      methods: [
        "getblock blockhash:string verbosity?", "getbestblockhash",
        "sendmany param1:string address:amount...:object minconf? comment?:string",
      ]),
    Answer(
      source: LightningHelpSource(),
      result: """
        {"help":[{"command":"pay bolt11 [amount_msat]"},{"command":"newaddr addresstype=p2tr|bech32"}]}
        """,
      methods: ["pay bolt11 amount_msat?", #"newaddr addresstype:"p2tr" | "bech32""#]),
    Answer(
      source: GethModulesSource(), result: #"{"net":"1.0","rpc":"1.0"}"#,
      methods: ["net_listening", "net_peerCount", "net_version", "rpc_modules"]),
  ]

  @Test("an answer becomes methods with params", arguments: answers)
  func answer(_ answer: Answer) throws {
    let catalog = try #require(answer.source.read(JSON(reading: answer.result)))
    #expect(catalog.methods.map(Self.line) == answer.methods)
  }

  @Test("an answer of another kind is not taken", arguments: answers)
  func otherAnswers(_ answer: Answer) throws {
    for odd in ["null", "5", "\"ok\"", "[]", "[1]", "{}", #"{"methods":3}"#, #"{"a":1}"#] {
      #expect(try answer.source.read(JSON(reading: odd)) == nil, "\(odd)")
    }
  }

  @Test("a service mapping description is read")
  func services() throws {
    let document =
      #"{"SMDVersion":"2.0","services":{"add":{"parameters":[{"name":"a","type":"integer"},{"name":"b","type":"integer","optional":true}],"returns":{"type":"integer"}}}}"#
    let services = try DescriptionReader.read(JSON(reading: document), source: "f.smd")
    #expect(services.methods.map(Self.line) == ["add a:integer b?:integer"])
  }

  @Test("the help of one Bitcoin method tells its params")
  func bitcoinHelp() async throws {
    let help = """
      getblock "blockhash" ( verbosity )

      Gives a block.

      Arguments:
      1. blockhash    (string, required) Its hash
      2. verbosity    (numeric, optional, default=1) How much

      Result:
      1. no param
      """
    let client = try Client(makeChannel: {
      ScriptedChannel(.http) { channel, send, text in
        guard let json = try? JSON(reading: text), case .request(let call) = Message(json),
          let id = call.id
        else { return }
        channel.say(Response(.result(JSON(help)), id: id).json.text, to: send)
      }
    })
    let method = await BitcoinHelpSource().describe(Method("getblock"), client: client)
    #expect(Self.line(method) == "getblock blockhash:string verbosity?:number")
    #expect(method.summary == "Gives a block.")
    await client.close()
  }

  @Test("a map page tells names and docstrings")
  func mapPage() throws {
    let page = "<h1>JSON-RPC map</h1><pre>add: Adds &lt;two&gt;\n    numbers.\n\nsub: None\n</pre>"
    #expect(MapPageReader.read("<h1>Hello</h1><pre>add: x</pre>", source: "map") == nil)
    let catalog = try #require(MapPageReader.read(page, source: "map"))
    #expect(catalog.methods.map(\.name) == ["add", "sub"])
    #expect(catalog["add"]?.summary == "Adds <two>")
    #expect(catalog["add"]?.doc.contains("numbers.") == true)
  }

  @Test("any description is read from a file, bare or in its reply", arguments: answers)
  func fromFile(_ answer: Answer) throws {
    // Bare lists of names look alike, and what is known of Ethereum needs no file.
    let alike = ["rpc_get_methods", "rpc_modules", "system.getMethodsInfo"]
    guard !alike.contains(answer.source.name) else { return }
    for text in [answer.result, #"{"jsonrpc":"2.0","id":1,"result":\#(answer.result)}"#] {
      let catalog = try DescriptionReader.read(JSON(reading: text), source: "file")
      #expect(catalog.methods.map(Self.line) == answer.methods)
      #expect(catalog.source == "file")
    }
  }

  @Test("what is known by heart fills names, and is never certain")
  func enriching() throws {
    let names = ["aria2.addUri", "aria2.tellStatus", "aria2.pause", "system.unknown"]
    let catalog = KnownMethods.enriching(
      MethodCatalog(source: "x", methods: names.map { Method($0) }))
    #expect(catalog["aria2.tellStatus"].map(Self.line) == "aria2.tellStatus gid:string keys?:[any]")
    #expect(catalog["aria2.tellStatus"]?.isGuess == true)
    #expect(catalog["system.unknown"]?.params == nil)
    let others = KnownMethods.enriching(MethodCatalog(methods: [Method("transfer"), Method("a")]))
    #expect(others["transfer"]?.params == nil)
  }

  @Test("every table reads, without a name twice")
  func tables() {
    for table in KnownMethods.all {
      #expect(table.methods.count > 20, "\(table.title)")
      for method in table.methods {
        #expect(method.name.allSatisfy { !$0.isWhitespace && $0 != "|" && $0 != ":" })
        let names = method.params?.map(\.name) ?? []
        #expect(Set(names).count == names.count, "\(method.name)")
      }
    }
  }

  static func line(_ method: Method) -> String {
    guard let params = method.params else { return "\(method.name) ?" }
    let words = params.map { param in
      let mark = param.isVariadic ? "..." : param.isRequired ? "" : "?"
      let type = param.schema.typeText
      return param.name + mark + (type == "any" ? "" : ":\(type)")
    }
    return ([method.name] + words).joined(separator: " ")
  }
}
