import Catalog
import LosslessJSON
import Session
import TestFolders
import Testing

@testable import Shell

/// What a language or build server says by itself, and how it is shown and answered.
@Suite struct ServerSayingTests {
  private func fault(_ message: String, line: Int = 1, severity: Int = 1) -> String {
    #"{"range": {"start": {"line": \#(line), "character": 2}, "end": {"line": \#(line), "character": 3}}, "severity": \#(severity), "source": "s", "code": "E1", "message": "\#(message)"}"#
  }

  private func publish(_ shell: DocumentHarness, _ faults: String...) {
    shell.server.say(
      #"{"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": {"uri": "\#(shell.uri("a.c"))", "diagnostics": [\#(faults.joined(separator: ", "))]}}"#
    )
  }

  /// What a saying brought to the screen of remarks.
  private func remarks(_ shell: DocumentHarness, _ change: () -> Void) throws -> String {
    let before = try shell.remarks
    change()
    return String(try shell.remarks.dropFirst(before.count))
  }

  @Test func showsFaultsLikeACompiler() async throws {
    let shell = try await DocumentHarness()
    // An emoji is one column, though it counts two in UTF-16.
    try shell.folder.write("a.c", "x\n\u{1F600}y\n")
    try await shell.run(".open FOLDER/a.c")
    let first = try remarks(shell) { publish(shell, fault("no\\u001b[31m y\\nmore")) }
    #expect(first == "FOLDER/a.c:2:2: error: no\\u001b[31m y\n  more [s E1]\n")
    let second = try remarks(shell) { publish(shell, fault("no\\u001b[31m y\\nmore")) }
    #expect(second == "FOLDER/a.c: 1 error, as before\n")
    let third = try remarks(shell) { publish(shell) }
    #expect(third == "FOLDER/a.c: no faults\n")
  }

  @Test func listsFaultsWithTheirLines() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x\n  int y;\n")
    try await shell.run(".open FOLDER/a.c")
    publish(shell, fault("odd", severity: 2))
    let list = try await shell.run(".diagnostics FOLDER/a.c").text
    #expect(list.contains("FOLDER/a.c:2:3: warning: odd [s E1]\n    int y;\n"))
    #expect(try await shell.run(".open").text.contains("1 warning"))
    #expect(try await shell.run(".diagnostics").text.contains("odd"))
  }

  @Test func asksForFaultsWhereTheServerOnlyAnswers() async throws {
    let server = ScriptedLanguageServer(
      .utf16, #""diagnosticProvider": {"identifier": "id-1"},"#)
    server.answer(
      "textDocument/diagnostic",
      with: #"{"kind": "full", "resultId": "r1", "items": [\#(fault("pulled"))]}"#)
    let shell = try await DocumentHarness(server)
    try shell.folder.write("a.c", "x\nint y;\n")
    #expect(try await shell.run(".open FOLDER/a.c").text.contains("error: pulled"))
    #expect(server.last("textDocument/diagnostic")?["params"]?["identifier"] == "id-1")
    server.answer("textDocument/diagnostic", with: #"{"kind": "unchanged", "resultId": "r2"}"#)
    try shell.folder.write("a.c", "x\nint yy;\n")
    #expect(try await shell.run(".sync").text.contains("1 error, as before"))
    #expect(server.last("textDocument/diagnostic")?["params"]?["previousResultId"] == "r1")
    server.forget()
    try await shell.run(".sync")
    #expect(server.methods.isEmpty)
    server.say(#"{"jsonrpc": "2.0", "id": 1, "method": "workspace/diagnostic/refresh"}"#)
    try await shell.run(".sync")
    #expect(server.methods.contains("textDocument/diagnostic"))
  }

  @Test func givesFaultsToCodeActions() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x\nint y;\nlast")
    try await shell.run(".open FOLDER/a.c")
    publish(shell, fault("here"), fault("there", line: 2))
    try await shell.run("textDocument/codeAction FOLDER/a.c:2:1-2:5")
    let context = shell.server.last("textDocument/codeAction")?["params"]?["context"]
    #expect(context?["diagnostics"]?.elements.map { $0["message"]?.string } == ["here"])
  }

  @Test func addsRegisteredMethods() async throws {
    let shell = try await DocumentHarness()
    try await shell.run("workspace/none")
    shell.server.say(
      #"{"jsonrpc": "2.0", "id": "r", "method": "client/registerCapability", "params": {"registrations": [{"id": "1", "method": "textDocument/typeDefinition"}]}}"#
    )
    try await shell.run("workspace/none")
    #expect(shell.interpreter.knowledge.value.catalog["textDocument/typeDefinition"] != nil)
    #expect(shell.server.answers.last?["id"] == "r")
    shell.server.say(
      #"{"jsonrpc": "2.0", "id": "u", "method": "client/unregisterCapability", "params": {"unregisterations": [{"id": "1", "method": "textDocument/typeDefinition"}]}}"#
    )
    try await shell.run("workspace/none")
    #expect(shell.interpreter.knowledge.value.catalog["textDocument/typeDefinition"] == nil)
  }

  struct Saying: Sendable {
    var method: String
    var params: String
    var shown: String
  }

  @Test(arguments: [
    Saying(
      method: "window/logMessage", params: #"{"type": 1, "message": "first\nsecond\nthird"}"#,
      shown: "log| error: first (and 2 more lines; `.log`)\n"),
    Saying(
      method: "window/showMessage", params: #"{"type": 3, "message": "hello\u001b[2J"}"#,
      shown: "message| hello\\u001b[2J\n"),
    Saying(
      method: "$/progress",
      params: #"{"token": 1, "value": {"kind": "begin", "title": "indexing", "percentage": 5}}"#,
      shown: "progress| indexing: 5 %\n"),
    Saying(
      method: "window/showDocument", params: #"{"uri": "file:///no/a.c"}"#,
      shown: "the server shows /no/a.c\n"),
    Saying(
      method: "workspace/configuration", params: #"{"items": [{"section": "x.y"}]}"#,
      shown: "the server asks for the settings x.y; `.set configuration FILE` gives some\n"),
    Saying(method: "window/workDoneProgress/create", params: #"{"token": 1}"#, shown: ""),
    Saying(method: "workspace/inlayHint/refresh", params: "null", shown: ""),
  ])
  func saysIt(_ saying: Saying) async throws {
    let shell = try await DocumentHarness()
    try await shell.run("workspace/none")
    let isRequest = !saying.method.contains("Message") && saying.method != "$/progress"
    let id = isRequest ? #""id": 5, "# : ""
    let shown = try remarks(shell) {
      shell.server.say(
        #"{"jsonrpc": "2.0", \#(id)"method": "\#(saying.method)", "params": \#(saying.params)}"#)
    }
    #expect(shown == saying.shown)
    #expect(shell.server.answers.count == (isRequest ? 1 : 0))
  }

  @Test func foldsProgress() async throws {
    let shell = try await DocumentHarness()
    try await shell.run("workspace/none")
    let shown = try remarks(shell) {
      for value in [
        #"{"kind": "begin", "title": "indexing"}"#, #"{"kind": "report", "message": "1/3"}"#,
        #"{"kind": "report", "message": "2/3"}"#, #"{"kind": "end"}"#,
      ] {
        shell.server.say(
          #"{"jsonrpc": "2.0", "method": "$/progress", "params": {"token": "t", "value": \#(value)}}"#
        )
      }
    }
    #expect(shown == "progress| indexing: begins\nprogress| indexing: done\n")
  }

  private static let edit =
    #"{"edit": {"changes": {"URI": [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "newText": "changed"}]}}}"#

  @Test func editsOnlyWhenToldTo() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x\ny\n")
    try await shell.run(".open FOLDER/a.c")
    let edit = Self.edit.split(separator: "URI").joined(separator: shell.uri("a.c"))
    let shown = try remarks(shell) {
      shell.server.say(
        #"{"jsonrpc": "2.0", "id": 7, "method": "workspace/applyEdit", "params": \#(edit)}"#)
    }
    #expect(shown.contains("FOLDER/a.c:1:1-2  x → changed"))
    #expect(shell.server.answers.last?["result"]?["applied"] == false)
    #expect(try shell.folder.read("a.c") == "x\ny\n")
    #expect(try await shell.run(".apply").status == .ok)
    #expect(try shell.folder.read("a.c") == "changed\ny\n")
    #expect(shell.server.texts == [shell.uri("a.c"): "changed\ny\n"])
    #expect(try await shell.run(".apply").status == .usage)
  }

  @Test func appliesARenaming() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x\ny\n")
    let edit = Self.edit.split(separator: "URI").joined(separator: shell.uri("a.c"))
    let result = try #require(try JSON(reading: edit)["edit"]?.text)
    shell.server.answer("textDocument/rename", with: result)
    try await shell.run("textDocument/rename FOLDER/a.c:1:1 newName=changed")
    #expect(try shell.folder.read("a.c") == "x\ny\n")
    // What changed since is not edited.
    try shell.folder.write("a.c", "z\ny\n")
    shell.server.answer(
      "textDocument/rename",
      with:
        #"{"documentChanges": [{"textDocument": {"uri": "\#(shell.uri("a.c"))", "version": 1}, "edits": []}, {"kind": "delete", "uri": "file:///x"}]}"#
    )
    try await shell.run("textDocument/rename FOLDER/a.c:1:1 newName=changed")
    let refused = try await shell.run(".apply")
    #expect(refused.status == .usage)
    #expect(refused.text.contains("would delete a file"))
    #expect(try shell.folder.read("a.c") == "z\ny\n")
  }

  @Test func appliesOnlyWhatWasProposedLast() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x\ny\n")
    let edit = Self.edit.split(separator: "URI").joined(separator: shell.uri("a.c"))
    let result = try #require(try JSON(reading: edit)["edit"]?.text)
    let rename = "textDocument/rename FOLDER/a.c:1:1 newName=changed"
    shell.server.answer("textDocument/rename", with: result)
    try await shell.run(rename)
    shell.server.answer("textDocument/rename", with: "null")
    try await shell.run(rename)
    #expect(try await shell.run(".apply").text.contains("no edit was proposed"))
    #expect(try shell.folder.read("a.c") == "x\ny\n")
    shell.server.answer("textDocument/rename", with: result)
    try await shell.run(rename)
    // Another question leaves it.
    try await shell.run("textDocument/hover FOLDER/a.c:1:1")
    #expect(try await shell.run(".apply").text.contains("1 file was changed: FOLDER/a.c"))
  }

  @Test func givesSettingsFromAFile() async throws {
    let shell = try await DocumentHarness()
    try await shell.run("workspace/none")
    try shell.folder.write("settings.json", #"{"x": {"y": 5}}"#)
    #expect(try await shell.run(".set configuration FOLDER/settings.json").status == .ok)
    #expect(
      shell.server.last("workspace/didChangeConfiguration")?["params"]?["settings"]?["x"]?["y"]
        == 5)
    shell.server.say(
      #"{"jsonrpc": "2.0", "id": 1, "method": "workspace/configuration", "params": {"items": [{"section": "x.y"}]}}"#
    )
    #expect(shell.server.answers.last?["result"] == [5])
    #expect(try await shell.run(".set configuration FOLDER/none.json").status == .usage)
  }

  @Test func asksWhoIsThere() async throws {
    let shell = try await DocumentHarness(hasUser: true)
    try await shell.run("workspace/none")
    let question =
      #"{"jsonrpc": "2.0", "id": 3, "method": "window/showMessageRequest", "params": {"message": "Reload?", "actions": [{"title": "Yes"}, {"title": "No"}]}}"#
    let shown = try remarks(shell) { shell.server.say(question) }
    #expect(shown.contains("the server asks: Reload?\n  [1] Yes\n  [2] No\n"))
    #expect(shell.server.answers.isEmpty)
    #expect(try await shell.run(".answer 3").status == .usage)
    try await shell.run(".answer 2")
    #expect(shell.server.answers.last?["result"] == ["title": "No"])
    shell.server.say(question)
    try await shell.run(".answer Yes")
    #expect(shell.server.answers.last?["result"] == ["title": "Yes"])
    shell.server.say(question)
    try await shell.run(".answer decline")
    #expect(shell.server.answers.last?["result"] == .null)
  }

  @Test func aScriptIsNotHeldUp() async throws {
    let shell = try await DocumentHarness()
    try await shell.run("workspace/none")
    shell.server.say(
      #"{"jsonrpc": "2.0", "id": 3, "method": "window/showMessageRequest", "params": {"message": "Reload?", "actions": [{"title": "Yes"}]}}"#
    )
    #expect(shell.server.answers.last?["result"] == .null)
  }
}
