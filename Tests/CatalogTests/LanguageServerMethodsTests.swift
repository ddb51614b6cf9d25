import LosslessJSON
import Session
import Testing

@testable import Catalog

/// Which methods language and build servers are said to have.
@Suite struct LanguageServerMethodsTests {
  private func methods(
    _ capabilities: String, registering: String = "[]"
  ) throws -> [String: Method] {
    var known = LSPCapabilities(try JSON(reading: capabilities))
    known.register(["registrations": try JSON(reading: registering)])
    let methods = KnownMethods.lsp(known)
    return Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0) })
  }

  @Test func offersWhatTheServerOffers() throws {
    let methods = try methods(
      #"{"hoverProvider": true, "renameProvider": {"prepareProvider": true}, "definitionProvider": {}, "referencesProvider": false, "codeActionProvider": null}"#
    )
    #expect(methods["textDocument/hover"] != nil)
    #expect(methods["textDocument/rename"] != nil)
    #expect(methods["textDocument/prepareRename"] != nil)
    #expect(methods["textDocument/definition"] != nil)
    #expect(methods["textDocument/references"] == nil)
    #expect(methods["textDocument/codeAction"] == nil)
    #expect(methods["shutdown"]?.isNotification == false)
    #expect(methods["textDocument/didOpen"]?.isNotification == true)
  }

  @Test func nestedOptionsHaveToBeThere() throws {
    let methods = try methods(
      #"{"renameProvider": true, "semanticTokensProvider": {"full": {"delta": true}, "range": false}}"#
    )
    #expect(methods["textDocument/prepareRename"] == nil)
    #expect(methods["textDocument/semanticTokens/full/delta"] != nil)
    #expect(methods["textDocument/semanticTokens/range"] == nil)
  }

  @Test func listsCommands() throws {
    let methods = try methods(#"{"executeCommandProvider": {"commands": ["a.b", "c"]}}"#)
    let command = methods["workspace/executeCommand"]?.param("command")
    #expect(command?.schema.enumeration == ["a.b", "c"])
  }

  @Test func addsWhatIsRegistered() throws {
    let methods = try methods(
      "{}",
      registering: """
        [{"id": "1", "method": "textDocument/formatting", "registerOptions": null},
         {"id": "2", "method": "textDocument/semanticTokens", "registerOptions": {"full": true}},
         {"id": "3", "method": "workspace/executeCommand", "registerOptions": {"commands": ["x"]}},
         {"id": "4", "method": "made/up"}]
        """)
    #expect(methods["textDocument/formatting"] != nil)
    #expect(methods["textDocument/semanticTokens/full"] != nil)
    #expect(methods["textDocument/semanticTokens/range"] == nil)
    #expect(methods["workspace/executeCommand"]?.param("command")?.schema.enumeration == ["x"])
    #expect(methods["made/up"] == nil)
  }

  @Test(arguments: [
    ("textDocument/hover", DocumentPlaceShape.position), ("textDocument/formatting", .document),
    ("textDocument/codeAction", .range), ("textDocument/selectionRange", .positions),
  ])
  func knowsThePlaceOfAMethod(_ name: String, _ shape: DocumentPlaceShape) throws {
    let methods = try methods(
      #"{"hoverProvider": true, "documentFormattingProvider": true, "codeActionProvider": true, "selectionRangeProvider": true}"#
    )
    #expect(methods[name]?.placeShape == shape)
    #expect(methods["shutdown"]?.placeShape == nil)
  }

  @Test func knowsBuildServers() {
    let methods = KnownMethods.bsp(capabilities: [
      "compileProvider": ["languageIds": ["scala", "java"]], "canReload": true,
    ])
    let names = Set(methods.map(\.name))
    #expect(names.isSuperset(of: ["workspace/buildTargets", "buildTarget/compile"]))
    #expect(names.isSuperset(of: ["workspace/reload", "buildTarget/scalacOptions"]))
    #expect(names.isDisjoint(with: ["buildTarget/test", "buildTarget/cppOptions"]))
    #expect(methods.first { $0.name == "build/exit" }?.isNotification == true)
  }
}
