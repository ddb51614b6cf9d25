import LosslessJSON
import Testing

@testable import Session

/// What a language server is told of documents.
@Suite struct OpenDocumentsTests {
  static let incremental: DocumentSync = {
    var sync = DocumentSync()
    sync.opensAndCloses = true
    sync.change = .incremental
    return sync
  }()

  private func stamp(_ size: Int) -> FileStamp {
    FileStamp(seconds: 1, nanoseconds: 2, size: size, file: 3)
  }

  private func open(
    _ documents: inout OpenDocuments, _ text: String, _ sync: DocumentSync = incremental,
    _ encoding: PositionEncoding = .utf16, language: String = "c"
  ) -> [String] {
    documents.open(
      "/w/a b.c", language: language, DocumentText(text), stamp(text.utf8.count), sync, encoding
    ).map { "\($0.method.dropFirst("textDocument/".count)) \($0.params.text)" }
  }

  @Test func opensWithLanguageAndText() {
    var documents = OpenDocuments()
    #expect(
      open(&documents, "x\n") == [
        #"didOpen {"textDocument": {"uri": "file:///w/a%20b.c", "languageId": "c", "version": 1, "text": "x\n"}}"#
      ])
    #expect(documents["/w/a b.c"]?.version == 1)
    #expect(open(&documents, "x\n").isEmpty)
  }

  @Test func sendsThePartThatChanged() {
    var documents = OpenDocuments()
    _ = open(&documents, "a\u{1F600}")
    #expect(
      open(&documents, "b\n") == [
        #"didChange {"textDocument": {"uri": "file:///w/a%20b.c", "version": 2}, "contentChanges": [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}}, "text": "b\n"}]}"#
      ])
    #expect(documents["/w/a b.c"]?.version == 2)
  }

  @Test(arguments: [(PositionEncoding.utf8, 5), (.utf16, 3), (.utf32, 2)])
  func countsTheEndAsAgreed(_ encoding: PositionEncoding, _ end: Int) {
    var documents = OpenDocuments()
    _ = open(&documents, "a\u{1F600}", Self.incremental, encoding)
    let sent = open(&documents, "b", Self.incremental, encoding)
    #expect(sent.first?.contains(#""end": {"line": 0, "character": \#(end)}"#) == true)
  }

  @Test func sendsTheWholeTextWhereThatIsWanted() {
    var documents = OpenDocuments()
    let sync = DocumentSync(1)
    _ = open(&documents, "a", sync)
    let sent = open(&documents, "b", sync)
    #expect(sent.first?.hasSuffix(#""contentChanges": [{"text": "b"}]}"#) == true)
    #expect(sent.last == #"didSave {"textDocument": {"uri": "file:///w/a%20b.c"}}"#)
  }

  @Test func tellsNothingWhereNothingIsWanted() {
    var documents = OpenDocuments()
    #expect(open(&documents, "a", DocumentSync(0)).isEmpty)
    #expect(open(&documents, "b", DocumentSync(0)).isEmpty)
    #expect(documents["/w/a b.c"]?.text.text == "b")
    #expect(documents.close("/w/a b.c", DocumentSync(nil)).isEmpty)
  }

  @Test func savesWithTheTextWhereThatIsWanted() {
    var documents = OpenDocuments()
    let sync = DocumentSync(["openClose": true, "change": 2, "save": ["includeText": true]])
    _ = open(&documents, "a", sync)
    let sent = open(&documents, "b", sync)
    #expect(
      sent.last == #"didSave {"textDocument": {"uri": "file:///w/a%20b.c"}, "text": "b"}"#)
  }

  @Test func opensAgainForANewServer() {
    var documents = OpenDocuments()
    _ = open(&documents, "a")
    _ = open(&documents, "b")
    documents.forgetServer()
    // A file that changes meanwhile is only taken: there is nobody to tell.
    #expect(
      documents.take(
        DocumentText("c"), stamp(1), for: "/w/a b.c", Self.incremental, .utf16
      ).isEmpty)
    let sent = documents.reopen(Self.incremental)
    #expect(sent.map(\.method) == ["textDocument/didOpen"])
    #expect(sent[0].params["textDocument"]?["version"] == 1)
    #expect(sent[0].params["textDocument"]?["text"] == "c")
    #expect(documents.reopen(Self.incremental).isEmpty)
  }

  @Test func closes() {
    var documents = OpenDocuments()
    _ = open(&documents, "a")
    let sent = documents.close("/w/a b.c", Self.incremental)
    #expect(sent.map(\.params.text) == [#"{"textDocument": {"uri": "file:///w/a%20b.c"}}"#])
    #expect(documents.all.isEmpty)
    #expect(documents.close("/w/a b.c", Self.incremental).isEmpty)
  }

  @Test func opensAnewInAnotherLanguage() {
    var documents = OpenDocuments()
    _ = open(&documents, "a")
    let sent = open(&documents, "a", language: "cpp")
    #expect(sent.map { $0.prefix(8) } == ["didClose", "didOpen "])
    #expect(documents.all.map(\.language) == ["cpp"])
  }

  // MARK: - Names

  @Test(arguments: [
    ("a.c", "c"), ("/x/y.PY", "python"), ("Makefile", "makefile"), ("a.tsx", "typescriptreact"),
    ("a.C", "cpp"), ("CMakeLists.txt", "cmake"), (".gitignore", "ignore"), ("nothing", "plaintext"),
    (".hidden", "plaintext"), ("a.unknown", "plaintext"), ("x.swift", "swift"), ("x.rs", "rust"),
    ("Dockerfile.dev", "plaintext"), ("go.mod", "go.mod"),
  ])
  func guessesLanguages(_ name: String, _ language: String) {
    #expect(LanguageID.guess(name) == language)
  }

  @Test(arguments: ["/a/b.c", "/a b/ü%#?.c", "/\u{1F600}", "/"])
  func pathsComeBackFromURIs(_ path: String) {
    #expect(FileURI.path(of: FileURI.of(path: path)) == path)
  }

  @Test(arguments: [
    ("file:///a%2Fb", "/a/b"), ("FILE:///a", "/a"), ("file://localhost/a", "/a"),
    ("file://other/a", nil), ("http://x/a", nil), ("file:///a%zz", nil), ("file:///a%00b", nil),
    ("file:///%ff", nil), ("untitled:1", nil), ("file:///a%", nil),
  ])
  func readsURIs(_ uri: String, _ path: String?) {
    #expect(FileURI.path(of: uri) == path)
  }

  @Test(arguments: [
    ("a.c", "/w/a.c"), ("./a/../b.c", "/w/b.c"), ("../../..", "/"), ("/x//y", "/x/y"),
  ])
  func makesPathsAbsolute(_ path: String, _ absolute: String) {
    #expect(FileURI.absolute(path, in: "/w") == absolute)
  }
}
