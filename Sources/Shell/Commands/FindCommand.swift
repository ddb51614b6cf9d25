import Catalog
import LosslessJSON
import Terminal
import View

/// `.find`: methods by words about them.
enum FindCommand {
  static let command = Command(
    "find", usage: "WORDS", summary: "methods by words of their names, summaries and docs",
    help: """
      .find volume           the best first, what was found marked
      .find get chat list    methods with all of the words, or with as many as any has
      .find gvol             letters in order, in names
      """,
    argument: .none, run: find)

  private static let most = 30

  @Sendable
  private static func find(
    _ shell: Interpreter, _ line: CommandLine
  ) async throws(Complaint) -> ExitStatus {
    let (text, outputs) = try line.splitOutputs()
    let search = MethodSearch(text)
    if search.words.isEmpty { throw Complaint("what is to be found?", hint: "`.find WORDS`") }
    await shell.learnMethods()
    let known = shell.knowledge.value
    let all = known.catalog.methods + known.learned.methods.filter { known.catalog[$0.name] == nil }
    let hits = search.run(all, atMost: outputs.isEmpty ? most + 1 : 10_000)
    if hits.isEmpty {
      let words = search.words.joined(separator: " ")
      throw Complaint(
        all.isEmpty ? "no methods are known" : "nothing is found for \(words)",
        hint: all.isEmpty ? "`.discover` asks the server" : "", status: .ok)
    }
    if !outputs.isEmpty {
      let names = JSON.array(hits.map { JSON($0.method.name) })
      return try await shell.deliver(names, Statement(action: .nothing, outputs: outputs))
    }
    shell.screen.show(list(Array(hits.prefix(most)), search.words, known, shell.screen.width))
    if hits.count > most {
      shell.screen.note(StyledText("… and more; another word tells them apart", .dim))
    }
    return .ok
  }

  private static func list(
    _ hits: [MethodSearch.Hit], _ words: [String], _ known: Knowledge, _ width: Int
  ) -> StyledText {
    var table = Table([.init(""), .init("", isFlexible: true), .init("")])
    for hit in hits {
      let told = hit.line.isEmpty ? hit.method.summary : hit.line
      table.add([
        MarkedText.marked(SafeText.escape(hit.method.name), words, .method),
        MarkedText.marked(SafeText.escape(told), words, .dim),
        StyledText(origin(hit.method, known), .note),
      ])
    }
    return StyledText(lines: table.lines(width: width))
  }

  /// Where the knowledge of a method comes from.
  static func origin(_ method: Method, _ known: Knowledge) -> String {
    switch method.basis {
    case .server: SafeText.escape(known.catalog.source)
    case .knownByHeart: "known by heart"
    case .learned: "learned"
    }
  }
}

/// Text in which words are marked.
enum MarkedText {
  /// The text with every place of a word in the role of a match.
  static func marked(_ text: String, _ words: [String], _ role: Role) -> StyledText {
    let bytes = Array(text.utf8)
    let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    var isMarked = [Bool](repeating: false, count: bytes.count)
    for word in words {
      let wanted = Array(word.utf8)
      guard !wanted.isEmpty, wanted.count <= lower.count else { continue }
      var at = 0
      while at <= lower.count - wanted.count {
        if lower[at..<(at + wanted.count)].elementsEqual(wanted) {
          for place in at..<(at + wanted.count) { isMarked[place] = true }
          at += wanted.count
        } else {
          at += 1
        }
      }
    }
    var marked = StyledText()
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, isMarked[end] == isMarked[start] { end += 1 }
      marked.append(
        String(decoding: bytes[start..<end], as: UTF8.self), isMarked[start] ? .match : role)
      start = end
    }
    return marked
  }
}
