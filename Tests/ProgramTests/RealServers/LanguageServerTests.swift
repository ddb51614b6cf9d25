import Testing

/// Language servers: Content-Length framing, and a handshake done for the user.
@Suite(.seated) struct LanguageServerTests {
  struct Server: CustomTestStringConvertible, Sendable {
    let words: [String]
    /// A method that it says it knows.
    let method: String
    /// Part of the error for a method that it doesn't know.
    let refusal: String

    var testDescription: String { words[0] }
  }

  static let servers = [
    Server(
      words: ["clangd", "--log=error"], method: "textDocument/hover", refusal: "method not found"),
    Server(words: ["sourcekit-lsp"], method: "textDocument/hover", refusal: "method not found"),
    Server(words: ["ruff", "server"], method: "textDocument/hover", refusal: "Unknown request"),
  ].filter { Installed.runs($0.words[0]) }

  @Test(arguments: servers)
  func talks(server: Server) async throws {
    let home = try Home()
    // In a folder of its own: a language server looks at what is in it.
    let shell = try TerminalRun(
      ["--framing", "headers", "--dialect", "lsp", "--", "env", "-C", home.path] + server.words,
      columns: 100, rows: 50, home: home)
    #expect(try await shell.enter(".methods hover").contains(server.method))
    let failure = try await shell.enter("no/suchMethod")
    #expect(failure.contains("-32601"))
    #expect(failure.contains(server.refusal))
    #expect(try await shell.enter("shutdown").contains("null"))
    try await shell.enter(".notify exit")
    try await shell.waitFor("exited with status 0")
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("clangd"), "clangd is not installed"))
  func asksClangdAboutATextThatIsNoFile() async throws {
    let home = try Home()
    let shell = try TerminalRun(
      ["stdio:clangd --log=error"], columns: 100, rows: 50, home: home)
    let uri = "file://\(home.path)/none.c"
    let document = #"{"uri":"\#(uri)","languageId":"c","version":1,"text":"int main(){}"}"#
    try await shell.enter(".notify textDocument/didOpen textDocument:=\(document)")
    // It tells of the document's faults by itself.
    try await shell.waitFor("none.c: no faults")
    let hover = try await shell.enter(
      #"textDocument/hover textDocument:={"uri":"\#(uri)"} position:={"line":0,"character":5}"#)
    #expect(hover.contains("function main"))
    try await shell.quit()
  }
}
