/// A line being typed on a terminal that is used like paper: characters are only added, except that
/// the last ones can be erased by going back over them with blanks.
///
/// It gives what is to be written, and knows from that where the end of the text stands.
struct PlainPage {
  private let prompt: String
  private let continuation: String
  private(set) var text = ""
  /// The cells used in the last row; as many as there are columns when the next wraps.
  private var column = 0

  init(prompt: String, continuation: String) {
    (self.prompt, self.continuation) = (prompt, continuation)
  }

  /// The prompt and the text so far, on a row of their own.
  mutating func start(columns: Int) -> String {
    column = 0
    return place(prompt, columns) + written(text, columns)
  }

  /// The prompt and another text in the next row.
  mutating func again(with text: String, columns: Int) -> String {
    self.text = text
    return "\n" + start(columns: columns)
  }

  /// What turns the text shown into another: erasing and adding at the end if that will do, else
  /// the prompt and all of it in a new row.
  mutating func change(to new: String, columns: Int) -> String {
    let old = text
    text = new
    if new.utf8.count > old.utf8.count, new.utf8.starts(with: old.utf8) {
      let added = new[new.utf8.index(new.startIndex, offsetBy: old.utf8.count)...]
      if added.first.map({ Self.beginsCluster($0, after: old.last) }) ?? true {
        return written(String(added), columns)
      }
    }
    let common = zip(old, new).prefix { $0 == $1 }.count
    let removed = old.dropFirst(common)
    let width = removed.reduce(0) { $0 + displayWidth(Self.shown($1)) }
    if removed.contains(where: \.isNewline) || column == columns && width > 0 || width > column {
      return again(with: new, columns: columns)
    }
    column -= width
    let erased = String(repeating: "\u{8} \u{8}", count: width)
    return erased + written(String(new.dropFirst(common)), columns)
  }

  /// Whether a character is one of its own and no mark on the one before.
  private static func beginsCluster(_ character: Character, after before: Character?) -> Bool {
    guard let before else { return true }
    return (String(before) + String(character)).count == 2
  }

  private mutating func written(_ text: String, _ columns: Int) -> String {
    var output = ""
    for character in text {
      if character.isNewline {
        column = 0
        output += "\n" + place(continuation, columns)
      } else {
        output += place(Self.shown(character), columns)
      }
    }
    return output
  }

  /// Counts the cells of what is written as it is.
  private mutating func place(_ text: String, _ columns: Int) -> String {
    for character in text {
      let width = displayWidth(character)
      column = column + width > columns ? width : column + width
    }
    return text
  }

  private static func shown(_ character: Character) -> String {
    if character == "\t" { return " " }
    return character.isSafeToShow ? String(character) : SafeText.escape(String(character))
  }
}
