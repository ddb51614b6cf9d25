import LosslessJSON
import Testing

@testable import Session

@Suite struct LSPCapabilitiesTests {
  @Test(arguments: [
    ("{}", PositionEncoding.utf16), (#"{"positionEncoding": "utf-8"}"#, .utf8),
    (#"{"positionEncoding": "utf-32"}"#, .utf32), (#"{"positionEncoding": "latin"}"#, .utf16),
    (#"{"positionEncoding": 7}"#, .utf16),
  ])
  func readsTheEncoding(_ text: String, _ encoding: PositionEncoding) throws {
    #expect(LSPCapabilities(try JSON(reading: text)).encoding == encoding)
  }

  @Test(arguments: [
    ("null", false, 0, false), ("0", false, 0, false), ("1", true, 1, true), ("2", true, 2, true),
    ("{}", false, 0, false), (#"{"openClose": true}"#, true, 0, false),
    (#"{"openClose": true, "change": 2, "save": true}"#, true, 2, true),
    (#"{"openClose": true, "change": 9, "save": {}}"#, true, 0, true),
  ])
  func readsHowDocumentsAreTold(_ text: String, _ opens: Bool, _ change: Int, _ saves: Bool) throws
  {
    let capabilities = LSPCapabilities(["textDocumentSync": try JSON(reading: text)])
    #expect(capabilities.sync.opensAndCloses == opens)
    #expect(capabilities.sync.change.rawValue == change)
    #expect(capabilities.sync.saves == saves)
  }

  @Test func followsWhatIsRegistered() throws {
    var capabilities = LSPCapabilities([:])
    #expect(!capabilities.pullsDiagnostics)
    let methods = capabilities.register(
      try JSON(
        reading: """
          {"registrations": [
            {"id": "1", "method": "textDocument/didOpen"},
            {"id": "2", "method": "textDocument/didChange", "registerOptions": {"syncKind": 2}},
            {"id": "3", "method": "textDocument/diagnostic",
             "registerOptions": {"identifier": "x"}},
            {"method": "no id"}, 5]}
          """))
    #expect(
      methods == ["textDocument/didOpen", "textDocument/didChange", "textDocument/diagnostic"])
    #expect(capabilities.sync.opensAndCloses)
    #expect(capabilities.sync.change == .incremental)
    #expect(capabilities.pullsDiagnostics)
    #expect(capabilities.diagnosticIdentifier == "x")
    let gone = capabilities.unregister(
      try JSON(
        reading: #"{"unregisterations": [{"id": "3", "method": "textDocument/diagnostic"}]}"#))
    #expect(gone == ["textDocument/diagnostic"])
    #expect(!capabilities.pullsDiagnostics)
  }

  // MARK: - Faults

  private func publish(
    _ diagnostics: inout DocumentDiagnostics, _ list: String, adds: Bool = false
  ) throws -> DocumentDiagnostics.News? {
    diagnostics.publish(
      try JSON(reading: #"{"uri": "file:///w/a.c", "diagnostics": \#(list)}"#), adds: adds)?.news
  }

  static let fault =
    #"{"range": {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 3}}, "message": "m", "severity": 2, "code": 7, "source": "s"}"#

  @Test func tellsWhatIsNew() throws {
    var diagnostics = DocumentDiagnostics()
    #expect(try publish(&diagnostics, "[\(Self.fault)]") == .changed)
    #expect(try publish(&diagnostics, "[\(Self.fault)]") == .same)
    // However a server escapes it, it is the same file.
    let item = try #require(diagnostics["file:///w/%61.c"]?.items.first)
    #expect(item.severity == .warning)
    #expect(item.code == "7")
    #expect(item.source == "s")
    #expect(try publish(&diagnostics, "[]") == .changed)
    #expect(diagnostics["/w/a.c"]?.items.isEmpty == true)
  }

  @Test func addsWhereABuildServerSaysSo() throws {
    var diagnostics = DocumentDiagnostics()
    _ = try publish(&diagnostics, "[\(Self.fault)]")
    _ = try publish(&diagnostics, "[\(Self.fault)]", adds: true)
    #expect(diagnostics["/w/a.c"]?.items.count == 2)
  }

  @Test(arguments: ["null", "5", #"{"uri": 5, "diagnostics": []}"#, #"{"uri": "x"}"#, "[]"])
  func refusesWhatIsNoMessage(_ params: String) throws {
    var diagnostics = DocumentDiagnostics()
    #expect(diagnostics.publish(try JSON(reading: params)) == nil)
  }

  @Test func takesOddFaults() throws {
    var diagnostics = DocumentDiagnostics()
    _ = try publish(
      &diagnostics, #"[5, {}, {"range": {"start": {"line": -1}}, "severity": 99, "message": 4}]"#)
    let items = try #require(diagnostics["/w/a.c"]?.items)
    #expect(items.count == 2)
    #expect(items[1].severity == .error)
    #expect(items[1].range.start == LSPPosition(line: 0, character: 0))
  }

  @Test func keepsWhatIsUnchanged() throws {
    var diagnostics = DocumentDiagnostics()
    let full = try JSON(
      reading: #"{"kind": "full", "resultId": "1", "items": [\#(Self.fault)]}"#)
    #expect(diagnostics.take(full, of: "file:///w/a.c") == .changed)
    let unchanged: JSON = ["kind": "unchanged", "resultId": "2"]
    #expect(diagnostics.take(unchanged, of: "file:///w/a.c") == .same)
    #expect(diagnostics["/w/a.c"]?.items.count == 1)
    #expect(diagnostics["/w/a.c"]?.resultID == "2")
  }
}
