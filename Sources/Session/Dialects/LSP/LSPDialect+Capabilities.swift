import LosslessJSON

extension LSPDialect {
  /// What this client can do.
  ///
  /// Registering methods later is not asked for: what a server offers is known at once then. One
  /// that registers all the same is understood.
  static let clientCapabilities: JSON = [
    "general": ["positionEncodings": .array(PositionEncoding.allCases.map { JSON($0.rawValue) })],
    "window": [
      "workDoneProgress": true, "showDocument": ["support": true],
      "showMessage": ["messageActionItem": ["additionalPropertiesSupport": true]],
    ],
    "workspace": workspace,
    "textDocument": textDocument,
  ]

  private static let workspace: JSON = [
    "configuration": true, "workspaceFolders": true, "applyEdit": true,
    "workspaceEdit": [
      "documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
    ],
    "didChangeConfiguration": [:], "executeCommand": [:],
    "symbol": ["symbolKind": ["valueSet": kinds(26)]],
    "semanticTokens": ["refreshSupport": true], "inlayHint": ["refreshSupport": true],
    "codeLens": ["refreshSupport": true], "diagnostics": ["refreshSupport": true],
  ]

  private static let textDocument: JSON = [
    "synchronization": ["didSave": true],
    "hover": ["contentFormat": ["plaintext", "markdown"]],
    "completion": [
      "completionItem": ["documentationFormat": ["plaintext", "markdown"]],
      "contextSupport": true,
    ],
    "signatureHelp": [
      "signatureInformation": ["documentationFormat": ["plaintext", "markdown"]]
    ],
    "declaration": ["linkSupport": true], "definition": ["linkSupport": true],
    "typeDefinition": ["linkSupport": true], "implementation": ["linkSupport": true],
    "references": [:], "documentHighlight": [:],
    "documentSymbol": [
      "hierarchicalDocumentSymbolSupport": true, "symbolKind": ["valueSet": kinds(26)],
    ],
    "codeAction": [
      "codeActionLiteralSupport": [
        "codeActionKind": [
          "valueSet": [
            "", "quickfix", "refactor", "refactor.extract", "refactor.inline",
            "refactor.rewrite", "source", "source.organizeImports", "source.fixAll",
          ]
        ]
      ],
      "dataSupport": true, "resolveSupport": ["properties": ["edit"]],
    ],
    "codeLens": [:], "documentLink": [:], "colorProvider": [:], "formatting": [:],
    "rangeFormatting": [:], "onTypeFormatting": [:],
    "rename": ["prepareSupport": true],
    "publishDiagnostics": [
      "relatedInformation": true, "versionSupport": true,
      "tagSupport": ["valueSet": [1, 2]], "codeDescriptionSupport": true, "dataSupport": true,
    ],
    "diagnostic": ["relatedDocumentSupport": false],
    "foldingRange": [:], "selectionRange": [:], "linkedEditingRange": [:],
    "callHierarchy": [:], "typeHierarchy": [:], "moniker": [:], "inlineValue": [:],
    "inlayHint": [:], "semanticTokens": semanticTokens,
  ]

  private static let semanticTokens: JSON = [
    "requests": ["full": true, "range": true],
    "tokenTypes": [
      "namespace", "type", "class", "enum", "interface", "struct", "typeParameter", "parameter",
      "variable", "property", "enumMember", "event", "function", "method", "macro", "keyword",
      "modifier", "comment", "string", "number", "regexp", "operator", "decorator",
    ],
    "tokenModifiers": [
      "declaration", "definition", "readonly", "static", "deprecated", "abstract", "async",
      "modification", "documentation", "defaultLibrary",
    ],
    "formats": ["relative"],
  ]

  private static func kinds(_ last: Int) -> JSON { .array((1...last).map { JSON($0) }) }
}
