import Catalog
import LosslessJSON
import Terminal

/// Names of methods.
extension Completer {
  /// More methods than this are listed by what their names begin with, or not all.
  static let mostMethods = 200

  /// What could stand where a method's name is being typed.
  func methods(_ word: Range<Int>, _ text: String, others: [Candidate] = []) -> Completion {
    let typed = Self.plain(text)
    let index = knowledge.catalog.index
    let matches = index.matches(typed)
    let learned = learned(typed, isNear: matches.fit != .beginning)
    if matches.fit == .beginning || learned.isEmpty {
      if matches.places.count > Self.mostMethods {
        return many(matches, typed, word)
      }
      let places = matches.fit == .beginning ? matches.places.sorted() : matches.places
      let found = places.map { candidate(knowledge.catalog.methods[Int($0)]) }
      // Those that begin so leave out what only nearly fits.
      return Completion(replaced: word, candidates: others + found + learned)
    }
    return Completion(replaced: word, candidates: others + learned)
  }

  /// What was typed of a name, without the quote before it.
  private static func plain(_ text: String) -> String {
    if text.hasPrefix("'") { return String(text.dropFirst()) }
    guard text.hasPrefix("\"") else { return text }
    return (try? JSON(reading: text + "\""))?.string ?? String(text.dropFirst())
  }

  /// More than anybody reads: their beginnings, if that makes fewer, else the first of them.
  private func many(
    _ matches: MethodIndex.Matches, _ typed: String, _ word: Range<Int>
  ) -> Completion {
    let methods = knowledge.catalog.methods
    if let groups = knowledge.catalog.index.groups(matches, typed: typed) {
      let candidates = groups.map { group in
        Candidate(
          Self.quoted(group.beginning), display: SafeText.escape(group.beginning),
          annotation: group.count == 1 ? "" : "\(group.count) methods")
      }
      return Completion(replaced: word, candidates: candidates, suffix: "")
    }
    let shown = matches.places.prefix(Self.mostMethods)
    let candidates = shown.map { candidate(methods[Int($0)]) }
    var completion = Completion(replaced: word, candidates: candidates)
    completion.more = matches.places.count - shown.count
    // In the order of the names, the first and the last have in common what all have.
    let ends = [matches.places.first, matches.places.last].compactMap { $0 }
    completion.common = EditingText.commonPrefix(ends.map { methods[Int($0)].name })
    return completion
  }

  private func learned(_ typed: String, isNear: Bool) -> [Candidate] {
    let names = knowledge.used
    var fitting = names.filter { $0.hasPrefix(typed) }
    if fitting.isEmpty, isNear, !typed.isEmpty {
      let wanted = typed.lowercased()
      fitting = names.filter { $0.lowercased().contains(wanted) }
    }
    return fitting.prefix(Self.mostMethods).compactMap { knowledge.learned[$0] }.map(candidate)
  }

  private func candidate(_ method: Method) -> Candidate {
    let name = SafeText.escape(method.name)
    let method = knowledge.method(method.name) ?? method
    var words = MethodText.signature(method).plain
    words = words.hasPrefix(name) ? String(words.dropFirst(name.count)[...].trimmed) : words
    if method.basis == .learned { words += words.isEmpty ? "called before" : "  (called before)" }
    // What is no method of the server's own, and no tool, is marked.
    if ["prompt", "resource"].contains(method.nature) { words = "(\(method.nature)) " + words }
    return Candidate(
      Self.quoted(method.name), display: name, annotation: words,
      doc: Self.line(method.summary.isEmpty ? method.doc : method.summary))
  }
}

/// Texts compared for editing.
enum EditingText {
  /// What all begin with.
  static func commonPrefix(_ texts: [String]) -> String {
    guard var prefix = texts.first?[...] else { return "" }
    for text in texts.dropFirst() {
      prefix = prefix.prefix(zip(prefix, text).prefix { $0 == $1 }.count)
    }
    return String(prefix)
  }
}
