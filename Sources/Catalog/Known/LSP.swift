import LosslessJSON

extension KnownMethods {
  /// The Language Server Protocol 3.17: what a client may send. The word in brackets is the server's
  /// capability that a method needs; without one every server knows it.
  static let lspText = """
    shutdown -> * | Prepare to end
    textDocument/hover textDocument:o position:o -> o | [hoverProvider] What is known of the symbol at a position
    textDocument/completion textDocument:o position:o context?:o -> * | [completionProvider] Completions at a position
    completionItem/resolve label:s data?:* -> o | [completionProvider.resolveProvider] More of a completion
    textDocument/signatureHelp textDocument:o position:o context?:o -> o | [signatureHelpProvider] The signature of the call at a position
    textDocument/declaration textDocument:o position:o -> * | [declarationProvider] Where a symbol is declared
    textDocument/definition textDocument:o position:o -> * | [definitionProvider] Where a symbol is defined
    textDocument/typeDefinition textDocument:o position:o -> * | [typeDefinitionProvider] Where a symbol's type is defined
    textDocument/implementation textDocument:o position:o -> * | [implementationProvider] Where a symbol is implemented
    textDocument/references textDocument:o position:o context:o -> a | [referencesProvider] Where a symbol is used
    textDocument/documentHighlight textDocument:o position:o -> a | [documentHighlightProvider] Other places of a symbol in the document
    textDocument/documentSymbol textDocument:o -> a | [documentSymbolProvider] Symbols of a document
    textDocument/codeAction textDocument:o range:o context:o -> a | [codeActionProvider] Fixes and refactorings for a range
    codeAction/resolve title:s data?:* -> o | [codeActionProvider.resolveProvider] More of a code action
    textDocument/codeLens textDocument:o -> a | [codeLensProvider] Commands shown in the text
    textDocument/documentLink textDocument:o -> a | [documentLinkProvider] Links of a document
    textDocument/documentColor textDocument:o -> a | [colorProvider] Colours of a document
    textDocument/formatting textDocument:o options:o -> a | [documentFormattingProvider] Edits that format a document
    textDocument/rangeFormatting textDocument:o range:o options:o -> a | [documentRangeFormattingProvider] Edits that format a range
    textDocument/onTypeFormatting textDocument:o position:o ch:s options:o -> a | [documentOnTypeFormattingProvider] Edits after a character was typed
    textDocument/rename textDocument:o position:o newName:s -> o | [renameProvider] Edits that rename a symbol
    textDocument/prepareRename textDocument:o position:o -> * | [renameProvider.prepareProvider] Whether a symbol can be renamed
    textDocument/foldingRange textDocument:o -> a | [foldingRangeProvider] Ranges that can be folded
    textDocument/selectionRange textDocument:o positions:a -> a | [selectionRangeProvider] Ranges around positions
    textDocument/semanticTokens/full textDocument:o -> o | [semanticTokensProvider] What each word is
    textDocument/semanticTokens/range textDocument:o range:o -> o | [semanticTokensProvider.range] What each word of a range is
    textDocument/inlayHint textDocument:o range:o -> a | [inlayHintProvider] Hints shown in the text
    textDocument/inlineValue textDocument:o range:o context:o -> a | [inlineValueProvider] Values shown while debugging
    textDocument/linkedEditingRange textDocument:o position:o -> o | [linkedEditingRangeProvider] Ranges that change together
    textDocument/moniker textDocument:o position:o -> a | [monikerProvider] Names of a symbol across projects
    textDocument/prepareCallHierarchy textDocument:o position:o -> a | [callHierarchyProvider] The function at a position, for its callers
    callHierarchy/incomingCalls item:o -> a | [callHierarchyProvider] Who calls a function
    callHierarchy/outgoingCalls item:o -> a | [callHierarchyProvider] What a function calls
    textDocument/prepareTypeHierarchy textDocument:o position:o -> a | [typeHierarchyProvider] The type at a position
    typeHierarchy/supertypes item:o -> a | [typeHierarchyProvider] What a type is based on
    typeHierarchy/subtypes item:o -> a | [typeHierarchyProvider] What is based on a type
    textDocument/diagnostic textDocument:o identifier?:s previousResultId?:s -> o | [diagnosticProvider] Faults of a document
    workspace/diagnostic identifier?:s previousResultIds:a -> o | [diagnosticProvider.workspaceDiagnostics] Faults of all documents
    workspace/symbol query:s -> a | [workspaceSymbolProvider] Symbols of all documents
    workspaceSymbol/resolve name:s -> o | [workspaceSymbolProvider.resolveProvider] More of a symbol
    workspace/executeCommand command:s arguments?:a -> * | [executeCommandProvider] Run a command of the server's
    textDocument/didOpen textDocument:o | Tell that a document is open, with its text
    textDocument/didChange textDocument:o contentChanges:a | Tell how a document changed
    textDocument/willSave textDocument:o reason:i | Tell that a document will be saved
    textDocument/didSave textDocument:o text?:s | Tell that a document was saved
    textDocument/didClose textDocument:o | Tell that a document was closed
    workspace/didChangeConfiguration settings:* | Tell that settings changed
    workspace/didChangeWatchedFiles changes:a | Tell that files changed
    workspace/didChangeWorkspaceFolders event:o | Tell that folders were opened or closed
    window/workDoneProgress/cancel token:* | Stop what reports progress
    $/cancelRequest id:* | Give up a request
    $/setTrace value:off/messages/verbose | How much the server traces
    exit | End the server
    """

  /// The methods of a server with those capabilities.
  static func lsp(capabilities: JSON) -> [Method] {
    table("@name\n" + lspText, "LSP").methods.compactMap { known in
      var method = known
      method.isNotification = method.result == nil
      guard method.summary.hasPrefix("["), let end = method.summary.firstIndex(of: "]") else {
        return method
      }
      let path = method.summary[method.summary.index(after: method.summary.startIndex)..<end]
      method.summary = String(method.summary[method.summary.index(after: end)...]).trimmingBlanks
      var value: JSON? = capabilities
      for name in path.split(separator: ".") { value = value?[String(name)] }
      guard let value, !value.isNull, value.bool != false else { return nil }
      if method.name == "workspace/executeCommand", let commands = value["commands"] {
        method.params?[0].schema = .oneOf(commands.elements.compactMap(\.string))
      }
      return method
    }
  }
}
