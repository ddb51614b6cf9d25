import Catalog
import LosslessJSON
import Session
import Synchronization
import TestChannels
import TestFolders
import Testing
import Wire

@testable import Shell

/// Build servers: their files, their handshake, and what they say.
@Suite struct BuildServerTests {
  @Test(arguments: [
    (".bsp/sbt.json", true), ("/w/.bsp/x.json", true), ("bsp/x.json", false), ("x.json", false),
    (".bsp/x.toml", false), ("http://host/.bsp/x.json", false),
  ])
  func knowsItsFiles(_ word: String, _ isFile: Bool) {
    #expect(BuildServerFile.isNamed(word) == isFile)
  }

  @Test func takesTheCommandFromItsFile() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder(".bsp")
    try folder.write(
      ".bsp/made.json",
      #"{"name": "made", "version": "1", "bspVersion": "2.1.0", "languages": ["scala"], "argv": ["made", "--bsp"]}"#
    )
    var connection = Connection(try Connection.target(parsing: "\(folder.path)/.bsp/made.json"))
    try connection.useBuildServerIfNamed()
    #expect(connection.target == .child(["made", "--bsp"]))
    #expect(connection.stream.framing == .headers)
    let dialect = try #require(connection.dialect as? BSPDialect)
    #expect(dialect.bspVersion == "2.1.0")
    #expect(dialect.languages == ["scala"])
    #expect(dialect.root == FileURI.of(path: folder.path))
  }

  @Test(arguments: ["5", "{}", #"{"argv": []}"#, #"{"argv": [1]}"#, "{"])
  func complainsAboutOddFiles(_ text: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder(".bsp")
    try folder.write(".bsp/odd.json", text)
    var connection = Connection(.child(["\(folder.path)/.bsp/odd.json"]))
    #expect(throws: Complaint.self) { try connection.useBuildServerIfNamed() }
  }

  /// A build server that is greeted and then says what a test wants.
  private final class Server: Sendable {
    private let channel = Mutex<(ScriptedChannel, SendID)?>(nil)

    var script: ScriptedChannel.Script {
      { [self] channel, send, text in
        self.channel.withLock { $0 = (channel, send) }
        guard let json = try? JSON(reading: text), let id = json["id"]?.text else { return }
        let result =
          json["method"] == "build/initialize"
          ? #"{"displayName": "made", "version": "1", "bspVersion": "2.2.0", "capabilities": {"compileProvider": {"languageIds": ["c"]}}}"#
          : #"{"method": \#(json["method"]?.text ?? "")}"#
        channel.say(#"{"jsonrpc": "2.0", "id": \#(id), "result": \#(result)}"#, to: send)
      }
    }

    func say(_ method: String, _ params: String) {
      guard let (channel, send) = channel.withLock({ $0 }) else { return }
      channel.say(
        #"{"jsonrpc": "2.0", "method": "\#(method)", "params": \#(params)}"#, to: send)
    }
  }

  @Test func followsABuild() async throws {
    let server = Server()
    let shell = try ShellHarness(.child)
    var connection = Connection(.child(["made"]))
    connection.dialectName = "bsp"
    connection.channelMaker = { _ in ScriptedChannel(.child, server.script) }
    try await shell.interpreter.connect(connection)
    try shell.folder.write("a.c", "int\n")
    #expect(try await shell.run("workspace/buildTargets").status == .ok)
    let catalog = shell.interpreter.knowledge.value.catalog
    #expect(catalog["buildTarget/compile"] != nil)
    #expect(catalog["buildTarget/test"] == nil)
    #expect(catalog.title == "made 1")
    let before = try shell.error
    server.say("build/taskStart", #"{"taskId": {"id": "t"}, "message": "Compiling a"}"#)
    server.say("build/taskProgress", #"{"taskId": {"id": "t"}, "total": 3, "progress": 1}"#)
    server.say(
      "build/publishDiagnostics",
      #"{"textDocument": {"uri": "\#(FileURI.of(path: shell.folder.path + "/a.c"))"}, "buildTarget": {"uri": "x"}, "reset": true, "diagnostics": [{"range": {"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 3}}, "message": "cut"}]}"#
    )
    server.say("build/logMessage", #"{"type": 2, "message": "careful"}"#)
    server.say("build/taskFinish", #"{"taskId": {"id": "t"}, "status": 2}"#)
    server.say("run/printStdout", #"{"originId": "1", "message": "hello"}"#)
    let said = try shell.error.dropFirst(before.count)
    #expect(
      said == """
        progress| Compiling a: begins
        \(shell.folder.path)/a.c:1:4: error: cut
        log| warning: careful
        progress| Compiling a: failed
        stdout| hello

        """)
    let list = try await shell.run(".diagnostics")
    #expect(list.output.contains("a.c:1:4: error: cut"))
    // It reads files by itself.
    #expect(try await shell.run(".open a.c").status == .usage)
  }
}
