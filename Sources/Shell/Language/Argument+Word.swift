import LosslessJSON

extension Argument {
  /// Whether it is an object or an array.
  var isContainer: Bool {
    guard case .json(let template) = value, case .text(let text)? = template.parts.first else {
      return false
    }
    return text.hasPrefix("{") || text.hasPrefix("[")
  }

  /// An argument that the system's shell has split already: its quotes are gone, its blanks belong
  /// to it. Variables are not looked up.
  init(word: String) {
    let range = 0..<word.utf8.count
    self.init(value: Self.value(word), named: Self.name(word), range: range)
  }

  private static func value(_ word: String) -> Value {
    switch word.utf8.first {
    case 0x5B, 0x7B, 0x22:
      // What can't be JSON may well be meant as text.
      let isJSON = (try? JSON(reading: word)) != nil
      return isJSON ? .json(Template(parts: [.text(word)])) : .bare(word)
    case 0x40 where word.utf8.count > 1: return .file(String(word.dropFirst()))
    case 0x27 where word.utf8.count > 1 && word.hasSuffix("'"):
      return .text(String(word.dropFirst().dropLast()))
    default: return .bare(word)
    }
  }

  private static func name(_ word: String) -> Name? {
    let cursor = Cursor(word)
    guard let (name, isStrict, valueStart) = cursor.argumentName() else { return nil }
    let rest = cursor.text(valueStart..<cursor.end)
    return Name(name: cursor.text(name), isStrict: isStrict, value: value(rest))
  }
}
