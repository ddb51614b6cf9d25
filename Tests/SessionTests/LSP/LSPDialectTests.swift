import JSONRPC
import LosslessJSON
import Testing
import Wire

@testable import Session

/// The language server dialect: what it says of itself, and what it answers.
@Suite struct LSPDialectTests {
  private func answer(
    _ method: String, _ params: String = "null",
    _ change: (inout LSPDialect) throws -> Void = { _ in }
  ) throws -> String? {
    var dialect = LSPDialect(root: "file:///w/project")
    try change(&dialect)
    let text = #"{"jsonrpc": "2.0", "id": "s-1", "method": "\#(method)", "params": \#(params)}"#
    guard case .request(let call) = Message(try JSON(reading: text)) else { return nil }
    let answer = dialect.answer(call)
    #expect(answer == nil || answer?.id == RequestID("s-1"))
    return answer?.result?.text
  }

  static let settings = #"{"a": {"b": 1, "c": [2]}, "x.y": true, "x.z": null}"#

  @Test(arguments: [
    (#"[{"section": "a.b"}]"#, "[1]"),
    (#"[{"section": "a"}, {"section": "x.y"}]"#, #"[{"b": 1, "c": [2]}, true]"#),
    (#"[{"section": "x"}]"#, #"[{"y": true, "z": null}]"#),
    (#"[{"section": "no"}, {}]"#, "[null, \(settings)]"),
    (#"[{"section": 5}]"#, "[\(settings)]"),
    ("[]", "[]"), ("7", "[]"),
  ])
  func givesSettings(_ items: String, _ result: String) throws {
    let answer = try answer("workspace/configuration", #"{"items": \#(items)}"#) {
      $0.configuration = try JSON(reading: Self.settings)
    }
    #expect(answer == result)
  }

  @Test func givesNullForEachSettingWhereNoneIsSet() throws {
    let params = #"{"items": [{"section": "a"}, {"scopeUri": "file:///x"}]}"#
    #expect(try answer("workspace/configuration", params) == "[null, null]")
  }

  @Test func givesTheFolder() throws {
    #expect(
      try answer("workspace/workspaceFolders")
        == #"[{"uri": "file:///w/project", "name": "project"}]"#)
    #expect(try answer("workspace/workspaceFolders") { $0.root = nil } == "null")
  }

  @Test(arguments: [
    "client/registerCapability", "client/unregisterCapability", "window/workDoneProgress/create",
    "workspace/semanticTokens/refresh", "workspace/inlayHint/refresh",
    "workspace/codeLens/refresh", "workspace/diagnostic/refresh", "workspace/foldingRange/refresh",
  ])
  func answersNull(_ method: String) throws {
    #expect(try answer(method) == "null")
  }

  @Test func refusesEdits() throws {
    let refusal = try #require(
      try answer("workspace/applyEdit", #"{"edit": {"changes": {}}}"#))
    #expect(try JSON(reading: refusal)["applied"] == false)
  }

  @Test func leavesAChoiceToWhoIsThere() throws {
    let params = #"{"type": 3, "message": "?", "actions": [{"title": "Yes"}]}"#
    #expect(try answer("window/showMessageRequest", params) == "null")
    #expect(try answer("window/showMessageRequest", params) { $0.hasUser = true } == nil)
    // Without anything to choose from there is no choice.
    #expect(
      try answer("window/showMessageRequest", #"{"message": "!"}"#) { $0.hasUser = true }
        == "null")
  }

  @Test func showsDocumentsToWhoIsThere() throws {
    #expect(try answer("window/showDocument", "{}") == #"{"success": false}"#)
    #expect(try answer("window/showDocument", "{}") { $0.hasUser = true } == #"{"success": true}"#)
  }

  @Test func leavesWhatItDoesNotKnow() throws {
    #expect(try answer("workspace/tellMeAJoke") == nil)
  }

  // MARK: - Handshake

  /// A server that answers what a test gives it.
  private actor Line: OpeningLine {
    nonisolated let traits = ChannelTraits(
      kind: .child, correlates: false, takesHeaders: false, framing: "headers", peer: "x")
    private let reply: String
    private(set) var said: [(method: String, params: JSON?)] = []

    init(_ reply: String) { self.reply = reply }

    func ask(_ method: String, _ params: JSON?, headers: [HeaderField]) async -> Exchange {
      said.append((method, params))
      var dialogue = Dialogue()
      dialogue.send(#"{"jsonrpc": "2.0", "id": 1, "method": "initialize"}"#)
      dialogue.get(#"{"jsonrpc": "2.0", "id": 1, "result": \#(reply)}"#)
      return dialogue.ended[0]
    }

    func tell(_ method: String, _ params: JSON?, headers: [HeaderField]) async {
      said.append((method, params))
    }
  }

  @Test func greetsAndSaysGoodbye() async throws {
    let line = Line(
      #"{"capabilities": {"positionEncoding": "utf-8"}, "serverInfo": {"name": "s", "version": "1"}}"#
    )
    let dialect = LSPDialect(root: "file:///w")
    #expect(dialect.closing.isEmpty)
    let opened = try #require(await dialect.open(line) as? LSPDialect)
    #expect(opened.serverName == "s 1")
    #expect(LSPCapabilities(opened.capabilities ?? [:]).encoding == .utf8)
    let said = await line.said
    #expect(said.map(\.method) == ["initialize", "initialized"])
    let params = try #require(said[0].params)
    #expect(params["rootUri"] == "file:///w")
    #expect(params["workspaceFolders"]?[0]?["name"] == "w")
    #expect(
      params["capabilities"]?["general"]?["positionEncodings"] == ["utf-8", "utf-16", "utf-32"])
    #expect(opened.closing.map(\.method) == ["shutdown", "exit"])
  }

  @Test func isNotOpenWhereTheServerOffersNothing() async {
    #expect(await LSPDialect().open(Line("{}")) == nil)
  }

  @Test func greetsBuildServers() async throws {
    let line = Line(#"{"displayName": "b", "version": "2", "capabilities": {"canReload": true}}"#)
    let opened = try #require(
      await BSPDialect(root: "file:///w", bspVersion: "2.1.0", languages: ["scala"]).open(line)
        as? BSPDialect)
    #expect(opened.serverName == "b 2")
    let said = await line.said
    #expect(said.map(\.method) == ["build/initialize", "build/initialized"])
    #expect(said[0].params?["bspVersion"] == "2.1.0")
    #expect(said[0].params?["capabilities"] == ["languageIds": ["scala"]])
    #expect(opened.closing.map(\.method) == ["build/shutdown", "build/exit"])
  }
}
