import Catalog
import Recording
import Terminal

/// Words of filters and formats.
extension Completer {
  /// The keys of a filter, and the values of those that have but a few.
  func filter(_ context: LineContext) -> Completion {
    let values: [String: [String]] = [
      "status": ExchangeStatus.allCases.map(\.rawValue), "dir": ["in", "out"],
      "kind": ["notification", "request", "call", "batch", "raw"],
      "method": knowledge.catalog.methods.map(\.name).filter { !$0.contains(" ") },
      "finding": ["error", "warning", "note"],
    ]
    let key = context.text.firstIndex(of: ":").map { String(context.text[..<$0]) }
    let known = key.flatMap { values[$0] }
    let words =
      known.map { list in list.map { "\(key ?? ""):\($0)" } }
      ?? (key == nil ? ExchangeFilter.keys.map { $0 + ":" } : [])
    let fitting = words.filter { $0.hasPrefix(context.text) }
    let candidates = fitting.map { Candidate($0, display: SafeText.escape($0)) }
    return Completion(
      replaced: context.word, candidates: candidates, suffix: known == nil ? "" : " ")
  }

  /// A file's name, then the words of a filter.
  func save(_ context: LineContext) -> Completion {
    context.before > 1 ? filter(context) : files(context, prefix: "")
  }

  /// The formats, then a file's name or the words of a filter.
  func export(_ context: LineContext) -> Completion {
    if context.before > 1 {
      let words = filter(context)
      let isFilter = context.text.contains(":") || context.before > 2
      if isFilter || !context.text.isEmpty && !words.candidates.isEmpty { return words }
      return files(context, prefix: "")
    }
    let formats = SessionExports.all.map { Candidate($0.name, annotation: $0.summary) }
    return completion(context.word, context.text, formats)
  }
}
