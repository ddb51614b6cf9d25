/// Makes a text that a regular expression matches: the first choice and the fewest repetitions
/// everywhere. It knows what schemas use; what it makes is checked, and nil if it does not match.
struct PatternSample {
  static func text(_ pattern: String) -> String? {
    var sample = PatternSample(rest: Array(pattern)[...])
    guard let made = sample.alternatives(depth: 0), sample.rest.isEmpty, made.count <= 100_000,
      let regex = try? Regex(pattern), made.firstMatch(of: regex) != nil
    else { return nil }
    return made
  }

  private var rest: ArraySlice<Character>

  /// The first of the choices; the others are read and forgotten.
  private mutating func alternatives(depth: Int) -> String? {
    guard depth < 32, let first = sequence(depth) else { return nil }
    while rest.first == "|" {
      rest.removeFirst()
      guard sequence(depth) != nil else { return nil }
    }
    return first
  }

  private mutating func sequence(_ depth: Int) -> String? {
    var made = ""
    while let next = rest.first, next != "|", next != ")" {
      guard let atom = atom(depth), let count = repetitions() else { return nil }
      made += String(repeating: atom, count: count)
      guard made.count <= 100_000 else { return nil }
    }
    return made
  }

  private mutating func atom(_ depth: Int) -> String? {
    let next = rest.removeFirst()
    switch next {
    case "^", "$": return ""
    case ".": return "a"
    case "[": return set()
    case "\\": return escape().map { String($0) }
    case "(":
      if rest.starts(with: "?:") { rest.removeFirst(2) }
      // Assertions and names are beyond this.
      guard rest.first != "?", let made = alternatives(depth: depth + 1), rest.popFirst() == ")"
      else { return nil }
      return made
    default: return String(next)
    }
  }

  private mutating func escape() -> Character? {
    guard let letter = rest.popFirst() else { return nil }
    switch letter {
    case "d": return "0"
    case "w": return "a"
    case "s": return " "
    case "n": return "\n"
    case "t": return "\t"
    default: return letter.isLetter || letter.isNumber ? nil : letter
    }
  }

  /// The first character of a set; one that is not in it, of a negated one.
  private mutating func set() -> String? {
    let isNegated = rest.first == "^"
    if isNegated { rest.removeFirst() }
    var first: Character?
    var members: Set<Character> = []
    while let next = rest.popFirst(), next != "]" || first == nil {
      guard let member = next == "\\" ? escape() : next else { return nil }
      first = first ?? member
      members.insert(member)
    }
    if !isNegated { return first.map { String($0) } }
    return "a0_-!".first { !members.contains($0) }.map { String($0) }
  }

  /// How often the atom before is there at least.
  private mutating func repetitions() -> Int? {
    switch rest.first {
    case "*", "?":
      rest.removeFirst()
      skipMode()
      return 0
    case "+":
      rest.removeFirst()
      skipMode()
      return 1
    case "{":
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let least = rest[rest.index(after: rest.startIndex)..<end].prefix { $0 != "," }
      rest = rest[rest.index(after: end)...]
      skipMode()
      return Int(String(least)).flatMap { $0 <= 10_000 ? $0 : nil }
    default: return 1
    }
  }

  private mutating func skipMode() {
    if rest.first == "?" || rest.first == "+" { rest.removeFirst() }
  }
}
