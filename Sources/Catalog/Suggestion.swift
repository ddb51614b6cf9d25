import JSONRPC

/// Finds what somebody probably meant.
public enum Suggestion {
  /// The words nearest to one that is unknown, best first, at most three; empty if none is near.
  ///
  /// Near means few edits (insertion, deletion, change, swap of neighbours) for its length, the same
  /// letters in another case, or the same last part (`getVersion` for `aria2.getVersion`).
  public static func nearest(to word: String, among words: some Sequence<String>) -> [String] {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 100 else { return [] }
    let limit = max(1, wanted.count / 3)
    var scored: [(score: Int, word: String)] = []
    for candidate in words where candidate != word {
      let letters = Array(candidate.lowercased().unicodeScalars)
      if let score = score(wanted, letters, limit) { scored.append((score, candidate)) }
    }
    // A stable order: by score, then as they came.
    let sorted = scored.enumerated().sorted {
      ($0.element.score, $0.offset) < ($1.element.score, $1.offset)
    }
    return sorted.prefix(3).map(\.element.word)
  }

  private static func score(
    _ wanted: [UnicodeScalar], _ letters: [UnicodeScalar], _ limit: Int
  ) -> Int? {
    if abs(letters.count - wanted.count) <= limit {
      let edits = EditDistance.between(wanted, letters)
      if edits <= limit { return edits }
    }
    let isLastPart =
      letters.count > wanted.count + 1 && letters.suffix(wanted.count).elementsEqual(wanted)
      && [".", "/", "_", ":"].contains(letters[letters.count - wanted.count - 1])
    if isLastPart { return 1 }
    let isLongPrefix = wanted.count >= 4 && letters.starts(with: wanted)
    return isLongPrefix ? limit : nil
  }
}
