public import Terminal

extension StyledText {
  /// Several lines as one text.
  public init(lines: [StyledText]) {
    self.init()
    for (place, line) in lines.enumerated() {
      if place > 0 { append("\n") }
      append(line)
    }
  }

  /// The text broken at blanks into lines of at most so many columns, the later ones set in.
  ///
  /// A word that is longer than a line is left whole: a URL can be copied then.
  func wrapped(to width: Int, indent: Int) -> [StyledText] {
    if columns <= width { return [self] }
    let letters = spans.flatMap { span in span.text.map { (letter: $0, role: span.role) } }
    var lines: [StyledText] = []
    var (start, used) = (0, 0)
    var blank: Int?
    var hasWord = false
    func line(_ range: Range<Int>) -> StyledText {
      var line = StyledText(lines.isEmpty ? "" : String(repeating: " ", count: indent))
      for (letter, role) in letters[range] { line.append(String(letter), role) }
      return line
    }
    for (place, (letter, _)) in letters.enumerated() {
      if letter != " " { hasWord = true } else if hasWord { blank = place }
      used += displayWidth(letter)
      guard used > width, let end = blank else { continue }
      lines.append(line(start..<end))
      start = end + 1
      used = indent + letters[start..<max(start, place + 1)].reduce(0) { $0 + displayWidth($1.0) }
      (blank, hasWord) = (nil, start <= place)
    }
    return lines + [line(min(start, letters.count)..<letters.count)]
  }
}
