import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal

/// Places typed as `file:line:column` in calls of a language server.
extension Interpreter {
  /// The call with the params that its place stands for; the document is opened and up to date then.
  func resolvePlace(
    of call: Statement.Call, _ method: Method?, isUnchecked: Bool, _ line: String
  ) async throws(Complaint) -> Statement.Call {
    guard let workspace, let client else { return call }
    await syncDocuments(workspace, client)
    noteRegistrations(workspace)
    guard let typed = Self.place(in: call, method) else { return call }
    if let command = ["didOpen": ".open", "didClose": ".close", "didChange": ".sync"][
      call.method.dropped("textDocument/")], !isUnchecked
    {
      throw Complaint(
        "\(call.method) takes more than a place",
        hint: "`\(command) \(typed.word.file)` sends it and keeps count of the document")
    }
    let path = SourceFile.absolute(typed.word.file)
    let text = try await document(path, typed, workspace, client, line)
    let shape = method?.placeShape ?? (typed.word.start == nil ? .document : .position)
    if !isUnchecked, let fault = typed.word.fault(in: text) {
      throw Complaint(
        Complaint.marked(fault, typed.range, line),
        hint: "`! \(line)` sends it all the same")
    }
    if shape == .position, typed.word.start == nil {
      throw Complaint(
        Complaint.marked("\(call.method) wants a position", typed.range, line),
        hint: "\(typed.word.file):LINE:COLUMN, both from 1")
    }
    let params = params(of: typed.word, shape, path, text, workspace)
    return call.replacing(typed, by: params + defaults(method, call, params, path, workspace))
  }

  private func document(
    _ path: String, _ typed: TypedPlace, _ workspace: Workspace, _ client: Client, _ line: String
  ) async throws(Complaint) -> DocumentText {
    if workspace.kind == .language {
      if workspace.update({ $0.documents[path] }) == nil {
        do throws(Complaint) { try await openDocument(path, workspace, client) } catch {
          throw Complaint(
            Complaint.marked(error.message, typed.range, line),
            hint: "'\(typed.word.file)' in quotes is sent as a string")
        }
        await pullDiagnostics(workspace, client)
      }
      if let document = workspace.update({ $0.documents[path] }) { return document.text }
    }
    do throws(SourceFile.Fault) { return try SourceFile.read(path).text } catch {
      throw Complaint(Complaint.marked(error.message, typed.range, line))
    }
  }

  /// The params that the place stands for.
  private func params(
    of word: PlaceWord, _ shape: DocumentPlaceShape, _ path: String, _ text: DocumentText,
    _ workspace: Workspace
  ) -> [(String, JSON)] {
    let encoding = workspace.update { $0.capabilities.encoding }
    let place = word.position ?? SourcePlace(line: 1, column: 1)
    let position = text.position(of: place, in: encoding).json
    var params: [(String, JSON)] = [("textDocument", ["uri": JSON(FileURI.of(path: path))])]
    switch shape {
    case .document: break
    case .position: params.append(("position", position))
    case .positions: params.append(("positions", [position]))
    case .range: params.append(("range", word.range(in: text, encoding).json))
    }
    return params
  }

  /// What a method wants besides and nobody wants to type; what was typed goes first.
  private func defaults(
    _ method: Method?, _ call: Statement.Call, _ params: [(String, JSON)], _ path: String,
    _ workspace: Workspace
  ) -> [(String, JSON)] {
    let given = Set(call.arguments.compactMap { $0.named?.name })
    var added: [(String, JSON)] = []
    if method?.param("options") != nil, !given.contains("options"),
      call.method.hasSuffix("ormatting")
    {
      added.append(("options", ["tabSize": 4, "insertSpaces": true]))
    }
    guard method?.param("context")?.isRequired == true, !given.contains("context") else {
      return added
    }
    switch call.method {
    case "textDocument/references": added.append(("context", ["includeDeclaration": true]))
    case "textDocument/codeAction":
      let range = LSPRange(params.first { $0.0 == "range" }?.1)
      let found = workspace.update { $0.diagnostics[path]?.items ?? [] }
      let touched = found.filter { item in range.map { item.range.touches($0) } ?? false }
      added.append(("context", ["diagnostics": .array(touched.map(\.json))]))
    default: break
    }
    return added
  }

  // MARK: - Finding the place

  /// A place as it stands in a line.
  struct TypedPlace {
    /// The place among the arguments.
    var index: Int
    var word: PlaceWord
    var range: Range<Int>
  }

  /// The place among the arguments: a bare word before all others without a name, or behind
  /// `textDocument=`. Nil for a method without, or if it was given as JSON.
  private static func place(in call: Statement.Call, _ method: Method?) -> TypedPlace? {
    let isKnown = method?.placeShape != nil
    guard isKnown || method == nil && call.method.hasPrefix("textDocument/") else { return nil }
    for (index, argument) in call.arguments.enumerated() {
      var word: String?
      if case .bare(let text) = argument.value { word = text }
      if let name = argument.named {
        if name.name == "textDocument", !name.isStrict, case .bare(let text) = name.value {
          word = text
        } else if name.isStrict || method?.param(name.name) != nil {
          continue
        }
      }
      guard let word, !word.isEmpty else { return nil }
      let place = PlaceWord(word) { SourceFile.stamp(SourceFile.absolute($0)) != nil }
      // Of a method that is not known, only what is a file is taken for one.
      if !isKnown, SourceFile.stamp(SourceFile.absolute(place.file)) == nil { return nil }
      return TypedPlace(index: index, word: place, range: argument.range)
    }
    return nil
  }
}

extension Statement.Call {
  /// The call with other arguments in place of the one that names a place; what was typed by name
  /// stays.
  fileprivate func replacing(
    _ typed: Interpreter.TypedPlace, by params: [(String, JSON)]
  ) -> Statement.Call {
    var copy = self
    let given = Set(
      arguments.enumerated().compactMap { $0.offset == typed.index ? nil : $0.element.named?.name })
    let named = params.filter { !given.contains($0.0) }.map { name, value in
      Argument(
        value: .bare(value.text),
        named: .init(name: name, isStrict: true, value: .bare(value.text)), range: typed.range)
    }
    copy.arguments.replaceSubrange(typed.index...typed.index, with: named)
    return copy
  }
}

extension String {
  /// What is left behind a prefix.
  fileprivate func dropped(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
