import LosslessJSON
import Session
import TestFolders
import Testing

@testable import Shell

/// Documents at a language server, from files on disk.
@Suite struct DocumentTests {
  @Test func opensListsAndCloses() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "int x;\n")
    let opened = try await shell.run(".open FOLDER/a.c")
    #expect(opened.status == .ok)
    #expect(shell.server.texts == [shell.uri("a.c"): "int x;\n"])
    let list = try await shell.run(".open").text
    #expect(list.contains("FOLDER/a.c"))
    #expect(list.contains("not told"))
    try await shell.run(".close FOLDER/a.c")
    #expect(shell.server.texts.isEmpty)
    #expect(try await shell.run(".open").text.contains("none"))
    #expect(try await shell.run(".close FOLDER/a.c").status == .usage)
  }

  @Test func takesTheLanguageThatIsGiven() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.x", "")
    try await shell.run(".open --language lua FOLDER/a.x")
    let item = shell.server.last("textDocument/didOpen")?["params"]?["textDocument"]
    #expect(item?["languageId"] == "lua")
  }

  @Test(arguments: PositionEncoding.allCases)
  func sendsWhatChangedBeforeTheNextCall(_ encoding: PositionEncoding) async throws {
    let shell = try await DocumentHarness(ScriptedLanguageServer(encoding))
    let texts = [
      "one\n\u{1F600}two", "one\n\u{1F600}two!", "\u{1F600}\u{1F600}", "", "a\n\nb\n", "a\nb\n",
      "a\u{FC}\u{1F600}\nb", "\u{1F600}x", "\u{1F600}\nx\n",
    ]
    for (version, text) in texts.enumerated() {
      try shell.folder.write("a.c", text)
      try await shell.run("textDocument/hover FOLDER/a.c:1:1")
      #expect(shell.server.texts == [shell.uri("a.c"): text])
      guard version > 0 else { continue }
      let change = shell.server.last("textDocument/didChange")
      #expect(change?["params"]?["textDocument"]?["version"]?.int == version + 1)
    }
  }

  @Test func sendsNothingWhereOnlyTheTimeChanged() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x")
    try await shell.run(".open FOLDER/a.c")
    shell.server.forget()
    try shell.folder.write("a.c", "x")
    #expect(try await shell.run(".sync").text.contains("nothing changed"))
    #expect(shell.server.methods.isEmpty)
    try shell.folder.write("a.c", "y")
    #expect(try await shell.run(".sync").text.contains("1 document was sent"))
    #expect(shell.server.texts == [shell.uri("a.c"): "y"])
  }

  @Test func opensAgainOnANewConnection() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x")
    try await shell.run(".open FOLDER/a.c")
    try shell.folder.write("a.c", "y")
    try await shell.run(".sync")
    shell.server.forget()
    // The next server knows nothing of it.
    shell.server.say(#"{"jsonrpc": "2.0", "method": "textDocument/didClose"}"#)
    shell.server.die()
    try await shell.run("workspace/none")
    #expect(
      shell.server.methods == [
        "initialize", "initialized", "textDocument/didOpen", "workspace/none",
      ])
    let item = shell.server.last("textDocument/didOpen")?["params"]?["textDocument"]
    #expect(item?["version"] == 1)
    #expect(item?["text"] == "y")
    shell.server.forget()
    try await shell.connect()
    try await shell.run("workspace/none")
    #expect(shell.server.methods.contains("textDocument/didOpen"))
  }

  @Test func saysOnceThatAFileIsGone() async throws {
    let shell = try await DocumentHarness()
    try shell.folder.write("a.c", "x")
    try await shell.run(".open FOLDER/a.c")
    shell.remove("a.c")
    #expect(try await shell.run(".sync").text.contains("there is no file"))
    #expect(try await shell.run(".sync").text.contains("there is no file") == false)
    #expect(shell.server.texts == [shell.uri("a.c"): "x"])
  }

  @Test(arguments: [
    (".open FOLDER/no.c", "there is no file"), (".open FOLDER", "is a folder"),
    (".open /dev/null", "is no regular file"), (".close", "which file?"),
    (".open --language", "must follow"), (".apply", "no edit was proposed"),
  ])
  func complains(_ line: String, _ words: String) async throws {
    let shell = try await DocumentHarness()
    let outcome = try await shell.run(line)
    #expect(outcome.status == .usage)
    #expect(outcome.text.contains(words))
  }

  @Test func isForLanguageServersOnly() async throws {
    let shell = try ShellHarness()
    let outcome = try await shell.run(".open a.c")
    #expect(outcome.status == .usage)
    #expect(outcome.error.contains("--dialect lsp"))
  }
}
