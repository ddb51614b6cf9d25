import Catalog
import Terminal

/// Files where a call names a place in a document.
extension Completer {
  /// What could stand at the cursor in a call that names a place; nil where nothing of the kind
  /// stands.
  func place(
    _ method: Method, _ place: Int, _ given: Set<String>, _ context: LineContext
  ) -> Completion? {
    guard knowledge.documents != nil, let shape = method.placeShape else { return nil }
    if place == 0, !given.contains("textDocument"), !context.text.contains("=") {
      var completion = documents(context)
      if shape != .document, completion.suffix == " " { completion.suffix = ":" }
      return completion
    }
    if context.text.contains("=") { return nil }
    // The place stands for the first params.
    let open = (method.params ?? []).filter {
      !given.contains($0.name) && !Method.placeParams.contains($0.name)
    }
    let fitting = open.map { param in
      Candidate(
        param.name + "=", display: SafeText.escape(param.name) + "=",
        annotation: SafeText.escape(param.schema.typeText) + (param.isRequired ? "" : ", optional"))
    }.filter { $0.text.hasPrefix(context.text) }
    return Completion(
      replaced: context.word, candidates: fitting, suffix: fitting.count == 1 ? "" : " ")
  }

  /// The open documents, and the files beside.
  func documents(_ context: LineContext) -> Completion {
    let open = (knowledge.documents ?? []).filter { $0.hasPrefix(context.text) }
    var completion = files(context, prefix: "")
    let known = Set(open)
    let files = completion.candidates.filter { !known.contains($0.text) }
    completion.candidates = open.map { Candidate($0, annotation: "open") } + files
    completion.replaced = context.word
    if completion.candidates.count == 1, known.contains(completion.candidates[0].text) {
      completion.suffix = " "
    }
    return completion
  }

  /// The open documents.
  func openDocuments(_ context: LineContext) -> Completion {
    let open = (knowledge.documents ?? []).filter { $0.hasPrefix(context.text) }
    return Completion(replaced: context.word, candidates: open.map { Candidate($0) })
  }
}

extension Method {
  /// The params as they are typed where a place stands for the first of them: `FILE:LINE:COLUMN`,
  /// then the names of the others. Nil for a method without.
  var placedParams: [(name: String, param: MethodParam?)]? {
    guard let placeShape else { return nil }
    let others = (params ?? []).filter { !Self.placeParams.contains($0.name) }
    return [(placeShape.usage, nil)] + others.map { ($0.name, $0) }
  }
}
