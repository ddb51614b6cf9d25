/// Finds methods by words about them, and ranks them.
///
/// A word may stand in the name, the summary, the names of params or the doc: whole, as a beginning
/// or in the middle; letters in order count in names only. Methods in which all words are found come
/// alone if there are any.
public struct MethodSearch: Sendable {
  /// A method with why it was found.
  public struct Hit: Sendable {
    /// The method.
    public var method: Method
    /// How well it fits; more is better.
    public var score: Int
    /// How many of the words were found.
    public var words: Int
    /// The line of the doc that has what neither name nor summary has, or empty.
    public var line: String
  }

  /// The words, in lower case.
  public let words: [String]

  /// A search for those words.
  public init(_ text: String) {
    words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The methods that fit, the best first, at most so many.
  public func run(_ methods: some Sequence<Method>, atMost limit: Int = 200) -> [Hit] {
    if words.isEmpty { return [] }
    let hits = methods.compactMap(hit)
    let most = hits.map(\.words).max() ?? 0
    let best = hits.enumerated().filter { $0.element.words == most }.sorted {
      (-$0.element.score, $0.element.method.name.utf8.count, $0.offset)
        < (-$1.element.score, $1.element.method.name.utf8.count, $1.offset)
    }
    return best.prefix(limit).map(\.element)
  }

  private func hit(_ method: Method) -> Hit? {
    let name = SearchedText(method.name)
    let summary = SearchedText(method.summary)
    var doc: SearchedText?
    var hit = Hit(method: method, score: 0, words: 0, line: "")
    for word in words {
      let isWhole = method.name.utf8.count == word.utf8.count
      let inName =
        name.score(word) * (isWhole ? 12 : 6) + (name.hasInOrder(word) ? 8 : 0)
      let inSummary = summary.score(word) * 2
      let inParams = (method.params ?? []).map { SearchedText($0.name).score(word) }.max() ?? 0
      var score = inName + inSummary + inParams
      if score == 0 || inName + inSummary == 0 {
        let text = doc ?? SearchedText(method.doc)
        doc = text
        let inDoc = text.score(word)
        score += inDoc
        if inDoc > 0, hit.line.isEmpty { hit.line = Self.line(method.doc, with: word) }
      }
      if score > 0 { hit.words += 1 }
      hit.score += score
    }
    return hit.words > 0 ? hit : nil
  }

  private static func line(_ doc: String, with word: String) -> String {
    let line = doc.split(whereSeparator: \.isNewline).first { $0.lowercased().contains(word) }
    return String(line ?? "").trimmingBlanks
  }
}

/// A text that is looked through for words, in lower case.
struct SearchedText {
  private let bytes: [UInt8]
  private let spelt: [UInt8]

  init(_ text: String) {
    spelt = Array(text.utf8)
    // What is not ASCII keeps its case, as names and docs nearly never have any.
    bytes = spelt.map(MethodIndex.fold)
  }

  /// How well a word fits: 10 for a whole word, 6 for a beginning, 3 for a part, 0 for nothing.
  func score(_ word: String) -> Int {
    let wanted = Array(word.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return 0 }
    var best = 0
    var at = 0
    while at <= bytes.count - wanted.count {
      if bytes[at] == first, bytes[at..<(at + wanted.count)].elementsEqual(wanted) {
        let end = at + wanted.count
        let isStart = beginsWord(at)
        best = max(best, isStart && (end == bytes.count || beginsWord(end)) ? 10 : isStart ? 6 : 3)
        if best == 10 { return best }
      }
      at += 1
    }
    return best
  }

  /// Whether the letters of a word stand there in that order.
  func hasInOrder(_ word: String) -> Bool {
    var wanted = Array(word.utf8)[...]
    guard wanted.count > 2 else { return false }
    for byte in bytes where byte == wanted.first { wanted = wanted.dropFirst() }
    return wanted.isEmpty
  }

  private func beginsWord(_ place: Int) -> Bool {
    if place == 0 || !Self.isLetter(bytes[place - 1]) || !Self.isLetter(bytes[place]) {
      return true
    }
    return (0x41...0x5A).contains(spelt[place]) && !(0x41...0x5A).contains(spelt[place - 1])
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }
}
