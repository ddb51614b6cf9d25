import LosslessJSON
public import Session

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
    codeLens/resolve range:o data?:* -> o | [codeLensProvider.resolveProvider] The command of a code lens
    documentLink/resolve range:o data?:* -> o | [documentLinkProvider.resolveProvider] The target of a link
    textDocument/documentColor textDocument:o -> a | [colorProvider] Colours of a document
    textDocument/colorPresentation textDocument:o color:o range:o -> a | [colorProvider] Ways to write a colour
    textDocument/formatting textDocument:o options:o -> a | [documentFormattingProvider] Edits that format a document
    textDocument/rangeFormatting textDocument:o range:o options:o -> a | [documentRangeFormattingProvider] Edits that format a range
    textDocument/rangesFormatting textDocument:o ranges:a options:o -> a | [documentRangeFormattingProvider.rangesSupport] Edits that format several ranges
    textDocument/onTypeFormatting textDocument:o position:o ch:s options:o -> a | [documentOnTypeFormattingProvider] Edits after a character was typed
    textDocument/rename textDocument:o position:o newName:s -> o | [renameProvider] Edits that rename a symbol
    textDocument/prepareRename textDocument:o position:o -> * | [renameProvider.prepareProvider] Whether a symbol can be renamed
    textDocument/foldingRange textDocument:o -> a | [foldingRangeProvider] Ranges that can be folded
    textDocument/selectionRange textDocument:o positions:a -> a | [selectionRangeProvider] Ranges around positions
    textDocument/semanticTokens/full textDocument:o -> o | [semanticTokensProvider.full] What each word is
    textDocument/semanticTokens/full/delta textDocument:o previousResultId:s -> o | [semanticTokensProvider.full.delta] What changed of what each word is
    textDocument/semanticTokens/range textDocument:o range:o -> o | [semanticTokensProvider.range] What each word of a range is
    textDocument/inlayHint textDocument:o range:o -> a | [inlayHintProvider] Hints shown in the text
    inlayHint/resolve label:* position:o data?:* -> o | [inlayHintProvider.resolveProvider] More of a hint
    textDocument/inlineValue textDocument:o range:o context:o -> a | [inlineValueProvider] Values shown while debugging
    textDocument/inlineCompletion textDocument:o position:o context?:o -> * | [inlineCompletionProvider] Text that could follow
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
    workspace/willCreateFiles files:a -> o | [workspace.fileOperations.willCreate] Edits that go with new files
    workspace/willRenameFiles files:a -> o | [workspace.fileOperations.willRename] Edits that go with renamed files
    workspace/willDeleteFiles files:a -> o | [workspace.fileOperations.willDelete] Edits that go with deleted files
    textDocument/willSaveWaitUntil textDocument:o reason:i -> a | [textDocumentSync.willSaveWaitUntil] Edits to make before saving
    textDocument/ast textDocument:o range?:o -> o | [astProvider] The syntax tree of a range (clangd)
    $/memoryUsage -> o | [memoryUsageProvider] What takes memory (clangd)
    textDocument/didOpen textDocument:o | Tell that a document is open, with its text
    textDocument/didChange textDocument:o contentChanges:a | Tell how a document changed
    textDocument/willSave textDocument:o reason:i | Tell that a document will be saved
    textDocument/didSave textDocument:o text?:s | Tell that a document was saved
    textDocument/didClose textDocument:o | Tell that a document was closed
    workspace/didChangeConfiguration settings:* | Tell that settings changed
    workspace/didChangeWatchedFiles changes:a | Tell that files changed
    workspace/didChangeWorkspaceFolders event:o | Tell that folders were opened or closed
    workspace/didCreateFiles files:a | [workspace.fileOperations.didCreate] Tell that files were made
    workspace/didRenameFiles files:a | [workspace.fileOperations.didRename] Tell that files were renamed
    workspace/didDeleteFiles files:a | [workspace.fileOperations.didDelete] Tell that files were deleted
    window/workDoneProgress/cancel token:* | Stop what reports progress
    $/cancelRequest id:* | Give up a request
    $/setTrace value:off/messages/verbose | How much the server traces
    exit | End the server
    """

  /// A line of the table, with the capability that it needs.
  private struct Row {
    var method: Method
    var path: [String]
  }

  private static let lspRows: [Row] = table("@name\n" + lspText, "LSP").methods.map { known in
    var method = known
    method.isNotification = method.result == nil
    method.params = method.params.map { $0.map { LSPParams.described($0, of: known.name) } }
    guard method.summary.hasPrefix("["), let end = method.summary.firstIndex(of: "]") else {
      return Row(method: method, path: [])
    }
    let path = method.summary[..<end].dropFirst().split(separator: ".").map(String.init)
    method.summary = String(method.summary[method.summary.index(after: end)...]).trimmingBlanks
    return Row(method: method, path: path)
  }

  /// The methods of a server with those capabilities, what it registered included.
  public static func lsp(_ capabilities: LSPCapabilities) -> [Method] {
    let registered = registeredProviders(capabilities)
    return lspRows.compactMap { row in
      guard let first = row.path.first else { return row.method }
      let offered = value(row.path, in: capabilities.offered)
      let provider = registered[first].flatMap {
        row.path.count == 1 ? $0 : value(row.path, in: [first: $0])
      }
      guard let value = offered ?? provider else { return nil }
      var method = row.method
      if method.name == "workspace/executeCommand", let commands = value["commands"] {
        method.params?[0].schema = .oneOf(commands.elements.compactMap(\.string))
      }
      return method
    }
  }

  /// What a capability says, if it is there and not refused.
  private static func value(_ path: [String], in capabilities: JSON) -> JSON? {
    var value: JSON? = capabilities
    for name in path { value = value?[name] }
    guard let value, !value.isNull, value.bool != false else { return nil }
    return value
  }

  /// The capabilities that are the same as what was registered, by their first word.
  private static func registeredProviders(_ capabilities: LSPCapabilities) -> [String: JSON] {
    var providers: [String: JSON] = [:]
    for registration in capabilities.registrations {
      let row = lspRows.first {
        $0.method.name == registration.method
          || $0.method.name.hasPrefix(registration.method + "/")
      }
      // `workspace` and `textDocumentSync` hold many things, not all of which were registered.
      guard let provider = row?.path.first, row?.path.count == 1 || provider.hasSuffix("Provider")
      else { continue }
      providers[provider] = registration.options.flatMap { $0.isNull ? nil : $0 } ?? true
    }
    return providers
  }
}
