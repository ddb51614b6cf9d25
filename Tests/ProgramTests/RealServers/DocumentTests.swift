import Testing

/// Documents at real language servers, by the plain command and with nothing typed by hand that the
/// shell can know: faults, hover, completion, renaming.
@Suite(.seated) struct DocumentTests {
  struct Server: CustomTestStringConvertible, Sendable {
    let words: [String]
    /// The document and its text.
    let file: String
    let text: String
    /// A place, and part of what is known of it.
    let hover: (place: String, words: String)
    /// A place behind the beginning of a name, and that name.
    let completion: (place: String, name: String)
    /// A fault of it, as it is shown.
    let fault: String
    /// A place of a name, and what the text holds once that is `renamed`.
    let rename: (place: String, texts: [String])
    /// Further files.
    var others: [String: String] = [:]

    var testDescription: String { words[0] }
  }

  static let clangd = Server(
    words: ["clangd", "--log=error"], file: "main.c",
    text: """
      int count_things(int first, int second) { return first + second; }

      int main(void) {
        int total = count_things(1, 2);
        missing = 1;
        return total;
      }

      """,
    hover: ("4:15", "function count_things"), completion: ("6:13", "total"),
    fault: "main.c:5:3: error: Use of undeclared identifier 'missing' [clang undeclared_var_use]",
    rename: ("4:7", ["int renamed = count_things(1, 2);", "return renamed;"]))

  static let pylsp = Server(
    words: ["pylsp"], file: "main.py",
    text: """
      import os


      def count_things(first, second):
          return first + second


      total = count_things(1, 2)
      print(total, missing)

      """,
    hover: ("8:9", "count_things(first, second)"), completion: ("9:10", "total"),
    fault: "main.py:9:14: error: undefined name 'missing' [pyflakes]",
    rename: ("8:1", ["renamed = count_things(1, 2)", "print(renamed, missing)"]))

  static let sourcekit = Server(
    words: ["sourcekit-lsp"], file: "main.swift",
    text: """
      struct Point {
        var left: Int
        var right: Int
      }

      let point = Point(left: 1, right: 2)
      print(point.left + missing)

      """,
    hover: ("6:14", "struct Point"), completion: ("7:14", "left"),
    fault: "main.swift:7:20: error: Cannot find 'missing' in scope [SourceKit]",
    rename: ("6:5", ["let renamed = Point(left: 1, right: 2)", "print(renamed.left + missing)"]),
    others: [
      "Package.swift": """
      // swift-tools-version:6.0
      import PackageDescription
      let package = Package(name: "made", targets: [.executableTarget(name: "made", path: ".", sources: ["main.swift"])])

      """
    ])

  static let servers = [clangd, pylsp, sourcekit].filter { Installed.runs($0.words[0]) }

  @Test(arguments: servers)
  func worksOnADocument(server: Server) async throws {
    let home = try Home()
    for (name, text) in server.others { try home.write(name, text) }
    try home.write(server.file, server.text)
    let shell = try TerminalRun(["--"] + server.words, columns: 120, rows: 60, home: home)
    // A server may have to read its package first.
    let deadline = ContinuousClock.now + .seconds(90)
    var faults = ""
    repeat {
      faults = try await shell.enter(".diagnostics \(server.file)")
    } while !faults.contains(server.fault) && ContinuousClock.now < deadline
    #expect(faults.contains(server.fault), "\(faults)")

    // The method and the file by completion; what is open is known.
    try await shell.waitForPrompt()
    try await shell.type("textDocument/hov")
    try await shell.press(.tab)
    try await shell.waitFor("textDocument/hover ")
    try await shell.type(String(server.file.prefix(3)))
    try await shell.press(.tab)
    try await shell.waitFor("textDocument/hover \(server.file):")
    #expect(try await shell.submit(server.hover.place).contains(server.hover.words))

    let completions = try await shell.enter(
      "textDocument/completion \(server.file):\(server.completion.place)")
    #expect(completions.contains(server.completion.name))

    try await shell.enter(
      "textDocument/rename \(server.file):\(server.rename.place) newName=renamed")
    #expect(home.read(server.file) == server.text)
    #expect(try await shell.enter(".apply").contains("1 file was changed"))
    let renamed = home.read(server.file) ?? ""
    for text in server.rename.texts { #expect(renamed.contains(text)) }
    #expect(try await shell.enter(".open").contains("2"))
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("ruff"), "ruff is not installed"))
  func asksRuffForFaults() async throws {
    let home = try Home()
    try home.write("main.py", "import os\nprint( 1 )\n")
    let shell = try TerminalRun(["--", "ruff", "server"], columns: 120, rows: 60, home: home)
    // It answers when it is asked, and says nothing by itself.
    let opened = try await shell.enter(".open main.py")
    #expect(opened.contains("main.py:1:8: warning: `os` imported but unused"))
    try await shell.enter("textDocument/formatting main.py")
    try await shell.enter(".apply")
    #expect(home.read("main.py")?.contains("print(1)") == true)
    let actions = try await shell.enter("textDocument/codeAction main.py:1:8")
    #expect(actions.contains("Remove unused import"))
    try await shell.quit()
  }

  @Test(.enabled(if: Installed.runs("clangd"), "clangd is not installed"))
  func worksInAScript() async throws {
    let home = try Home()
    try home.write(Self.clangd.file, Self.clangd.text)
    let run = try await ProgramRun.finish(
      [
        "-e", ".diagnostics main.c", "-e", "textDocument/hover main.c:4:15 | .contents.value",
        "--", "clangd", "--log=error",
      ], home: home)
    #expect(run.status == .exited(0))
    #expect(run.output.hasPrefix(Self.clangd.fault))
    #expect(run.output.contains("function count_things"))
    #expect(!run.errors.contains("exited"))
  }
}
