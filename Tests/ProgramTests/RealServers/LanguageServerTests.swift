import Testing

/// Language servers: Content-Length framing, and a handshake typed by hand.
@Suite(.seated) struct LanguageServerTests {
  struct Server: CustomTestStringConvertible, Sendable {
    let words: [String]
    /// Part of the result of `initialize`.
    let capability: String
    /// Part of the error for a method that it doesn't know.
    let refusal: String

    var testDescription: String { words[0] }
  }

  static let servers = [
    Server(
      words: ["clangd", "--log=error"], capability: "hoverProvider", refusal: "method not found"),
    Server(words: ["sourcekit-lsp"], capability: "hoverProvider", refusal: "method not found"),
    Server(words: ["ruff", "server"], capability: "hoverProvider", refusal: "Unknown request"),
  ].filter { Installed.runs($0.words[0]) }

  private static let initialize =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":"#
    + #"{"processId":null,"rootUri":null,"capabilities":{}}}"#

  @Test(arguments: servers)
  func talks(server: Server) async throws {
    let shell = try TerminalRun(["--"] + server.words, columns: 100, rows: 50)
    try await shell.enter(".set lines 1000")
    #expect(try await shell.enter(Self.initialize).contains(server.capability))
    try await shell.enter(".notify initialized {}")
    let failure = try await shell.enter("no/suchMethod")
    #expect(failure.contains("-32601"))
    #expect(failure.contains(server.refusal))
    #expect(try await shell.enter("shutdown").contains("null"))
    try await shell.enter(".notify exit")
    try await shell.waitFor("exited with status 0")
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("clangd"), "clangd is not installed"))
  func asksClangdAboutADocument() async throws {
    let home = try Home()
    let shell = try TerminalRun(
      ["stdio:clangd --log=error"], columns: 100, rows: 50, home: home)
    try await shell.enter(Self.initialize)
    try await shell.enter(".notify initialized {}")
    let uri = "file://\(home.path)/main.c"
    let document = #"{"uri":"\#(uri)","languageId":"c","version":1,"text":"int main(){}"}"#
    try await shell.enter(".notify textDocument/didOpen textDocument:=\(document)")
    // It tells of the document's faults by itself.
    try await shell.waitFor("textDocument/publishDiagnostics")
    let hover = try await shell.enter(
      #"textDocument/hover textDocument:={"uri":"\#(uri)"} position:={"line":0,"character":5}"#)
    #expect(hover.contains("function main"))
    try await shell.quit()
  }
}
