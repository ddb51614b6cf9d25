import LosslessJSON

/// What the params of the Language Server Protocol look like inside, where that is always the same.
enum LSPParams {
  private static let place: JSON = [
    "type": "object",
    "properties": ["line": ["type": "integer"], "character": ["type": "integer"]],
    "required": ["line", "character"],
  ]
  private static let range: JSON = [
    "type": "object", "properties": ["start": place, "end": place], "required": ["start", "end"],
  ]
  private static let document: JSON = [
    "type": "object", "properties": ["uri": ["type": "string"]], "required": ["uri"],
  ]
  private static let openDocument: JSON = [
    "type": "object",
    "properties": [
      "uri": ["type": "string"], "languageId": ["type": "string"],
      "version": ["type": "integer"], "text": ["type": "string"],
    ],
    "required": ["uri", "languageId", "version", "text"],
  ]
  private static let formatting: JSON = [
    "type": "object",
    "properties": ["tabSize": ["type": "integer"], "insertSpaces": ["type": "boolean"]],
    "required": ["tabSize", "insertSpaces"],
  ]
  private static let references: JSON = [
    "type": "object", "properties": ["includeDeclaration": ["type": "boolean"]],
    "required": ["includeDeclaration"],
  ]
  private static let codeAction: JSON = [
    "type": "object",
    "properties": [
      "diagnostics": ["type": "array"],
      "only": ["type": "array", "items": ["type": "string"]],
    ],
    "required": ["diagnostics"],
  ]

  /// The param with what is inside.
  static func described(_ param: MethodParam, of method: String) -> MethodParam {
    var param = param
    switch (param.name, method) {
    case ("textDocument", "textDocument/didOpen"): param.schema = Schema(openDocument, root: [:])
    case ("textDocument", _):
      param.schema = Schema(document, root: [:])
      param.doc = "the document, as FILE"
    case ("position", _):
      param.schema = Schema(place, root: [:])
      param.doc = "from 0; FILE:LINE:COLUMN, from 1, gives it with the document"
    case ("range", _):
      param.schema = Schema(range, root: [:])
      param.doc = "from 0; FILE:LINE:COLUMN-LINE:COLUMN, from 1, gives it with the document"
    case ("options", _): param.schema = Schema(formatting, root: [:])
    case ("context", "textDocument/references"): param.schema = Schema(references, root: [:])
    case ("context", "textDocument/codeAction"): param.schema = Schema(codeAction, root: [:])
    default: break
    }
    return param
  }
}
