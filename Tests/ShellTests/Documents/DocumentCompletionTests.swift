import Catalog
import LosslessJSON
import Session
import Terminal
import TestFolders
import Testing

@testable import Shell

/// Completion and hints where a call names a place.
@Suite struct DocumentCompletionTests {
  private func knowledge(_ documents: [String]) -> Knowledge {
    var knowledge = Knowledge()
    knowledge.catalog = MethodCatalog(
      source: "initialize",
      methods: KnownMethods.lsp(
        LSPCapabilities([
          "hoverProvider": true, "renameProvider": true, "documentFormattingProvider": true,
        ])))
    knowledge.documents = documents
    return knowledge
  }

  private func complete(_ line: String, _ documents: [String] = []) -> Completion {
    Completer(knowledge: knowledge(documents)).complete(line, cursor: line.utf8.count)
  }

  @Test func offersOpenDocumentsAndFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.c", "")
    try folder.write("b.c", "")
    let open = "\(folder.path)/b.c"
    let both = complete("textDocument/hover \(folder.path)/", [open])
    #expect(both.candidates.map(\.text) == [open, "\(folder.path)/a.c"])
    #expect(both.candidates[0].annotation == "open")
    // A place goes on behind the file's name.
    let one = complete("textDocument/hover \(folder.path)/a", [open])
    #expect(one.candidates.map(\.text) == ["\(folder.path)/a.c"])
    #expect(one.suffix == ":")
    #expect(complete("textDocument/formatting \(folder.path)/a", [open]).suffix == " ")
    #expect(complete(".close \(folder.path)", [open]).candidates.map(\.text) == [open])
  }

  @Test func offersTheOtherParams() {
    let completion = complete("textDocument/rename a.c:1:1 ")
    #expect(completion.candidates.map(\.text) == ["newName="])
    #expect(complete("textDocument/rename a.c:1:1 newName=x ").candidates.isEmpty)
  }

  @Test(arguments: [
    ("textDocument/rename", " FILE:LINE:COLUMN newName:string"),
    ("textDocument/rename ", "FILE:LINE:COLUMN newName:string"),
    ("textDocument/rename a.c:1:1 ", "newName:string"),
    ("textDocument/hover a.c:1:1 ", ""),
  ])
  func hints(_ line: String, _ hint: String) {
    #expect(Hinter(knowledge: knowledge([])).hint(line, cursor: line.utf8.count) == hint)
  }

  @Test func isPlainForOtherServers() {
    var plain = knowledge([])
    plain.documents = nil
    let line = "textDocument/rename "
    let completion = Completer(knowledge: plain).complete(line, cursor: line.utf8.count)
    #expect(completion.candidates.map(\.text) == ["textDocument=", "position=", "newName="])
  }
}
