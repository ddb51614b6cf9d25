/// The lines in which two texts differ, without the equal ones before and behind.
struct LineComparison {
  /// How many lines are equal before.
  var start: Int
  /// The lines of the one.
  var old: [String]
  /// The lines of the other.
  var new: [String]

  init(_ old: String, _ new: String) {
    let old = Self.lines(old)
    let new = Self.lines(new)
    let shorter = min(old.count, new.count)
    var before = 0
    while before < shorter, old[before] == new[before] { before += 1 }
    var after = 0
    while after < shorter - before, old[old.count - 1 - after] == new[new.count - 1 - after] {
      after += 1
    }
    start = before
    self.old = Array(old[before..<(old.count - after)])
    self.new = Array(new[before..<(new.count - after)])
  }

  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
  }
}
