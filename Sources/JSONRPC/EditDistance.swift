/// How far one word is from another that somebody may have meant.
package enum EditDistance {
  /// How many letters to insert, delete, change or swap with their neighbour (Damerau–Levenshtein,
  /// each place edited once).
  ///
  /// Time and work grow with the product of the lengths: bound them before asking.
  package static func between<Letter: Equatable>(_ one: [Letter], _ two: [Letter]) -> Int {
    var before: [Int] = []
    var last = Array(0...two.count)
    for (row, letter) in one.enumerated() {
      var current = [row + 1] + Array(repeating: 0, count: two.count)
      for (column, other) in two.enumerated() {
        let change = last[column] + (letter == other ? 0 : 1)
        current[column + 1] = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == two[column - 1], one[row - 1] == other {
          current[column + 1] = min(current[column + 1], before[column - 1] + 1)
        }
      }
      before = last
      last = current
    }
    return last[two.count]
  }
}
