extension FaultPlan {
  /// Why a rule can't be read.
  public struct SyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence.
    public var description: String
  }

  /// Gives the bytes of a file that a rule names.
  public typealias FileReader = (String) throws -> [UInt8]

  /// Reads `drop:10%,delay:200ms,html:#2,status:404`: faults, each with what it takes, how likely it
  /// is (`10%`) and which calls have it (`#2`, `#2-4`, `#2-`).
  ///
  /// In a text `\,` is a comma, `\n`, `\r`, `\t`, `\xHH` and `\\` are what they are in C, and `@FILE`
  /// is a file's bytes.
  public static func rules(
    _ list: String, reading file: FileReader? = nil
  ) throws(SyntaxError) -> [Rule] {
    var rules: [Rule] = []
    for item in items(of: list) { rules.append(try rule(item, file)) }
    return rules
  }

  /// Adds `METHOD=FAULT,…`.
  public mutating func add(
    _ text: String, reading file: FileReader? = nil
  ) throws(SyntaxError) {
    guard let equals = Self.equals(in: text), equals > text.startIndex else {
      throw SyntaxError(description: "\"\(text)\" is not METHOD=FAULT, as in echo=delay:2s")
    }
    let list = String(text[text.index(after: equals)...])
    methods[String(text[..<equals]), default: []] += try Self.rules(list, reading: file)
  }

  /// The last equals sign that a fault's name follows: names of methods may have some, and texts.
  private static func equals(in text: String) -> String.Index? {
    let all = text.indices.filter { text[$0] == "=" }
    let known = all.last { place in
      let name = text[text.index(after: place)...].prefix { $0 != ":" && $0 != "," }
      return Fault(named: String(name)) != nil
    }
    return known ?? all.last
  }

  /// The parts between commas that no backslash escapes.
  private static func items(of list: String) -> [String] {
    var items = [""]
    var isEscaped = false
    for character in list {
      if character == ",", !isEscaped {
        items.append("")
      } else {
        items[items.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return items.filter { !$0.isEmpty }
  }

  // MARK: - One rule

  private static func rule(_ text: String, _ file: FileReader?) throws(SyntaxError) -> Rule {
    let name = String(text.prefix { $0 != ":" })
    guard let fault = Fault(named: name) else {
      throw SyntaxError(description: "\"\(text)\" is no fault; `serve --list-faults` lists them")
    }
    var rule = Rule(fault)
    var said = text.dropFirst(name.count)
    if said.first == ":" { said = said.dropFirst() }
    takeConditions(&said, &rule)
    if !said.isEmpty { rule.argument = try argument(String(said), fault, text, file) }
    if case .text(let example) = fault.parameter, rule.argument == .none {
      throw SyntaxError(description: "\(name) takes a text, as in \(name):\(example)")
    }
    return rule
  }

  /// Takes `:10%` and `:#2` off the end.
  private static func takeConditions(_ said: inout Substring, _ rule: inout Rule) {
    while true {
      let start = said.lastIndex(of: ":")
      let word = start.map { said[said.index(after: $0)...] } ?? said
      // What a text fault is told first is its text, whatever it looks like.
      if start == nil, case .text = rule.fault.parameter { return }
      if word.hasSuffix("%"), let percent = Double(word.dropLast()), (0...100).contains(percent) {
        rule.probability = percent / 100
      } else if word.hasPrefix("#"), let calls = calls(word.dropFirst()) {
        rule.calls = calls
      } else {
        return
      }
      said = start.map { said[..<$0] } ?? ""
    }
  }

  /// Reads `2`, `2-4` and `2-`.
  private static func calls(_ text: Substring) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = Int(parts[0]), first > 0 else { return nil }
    if parts.count == 1 { return first...first }
    if parts[1].isEmpty { return first...Int.max }
    guard let last = Int(parts[1]), last >= first else { return nil }
    return first...last
  }

  private static func argument(
    _ said: String, _ fault: Fault, _ rule: String, _ file: FileReader?
  ) throws(SyntaxError) -> FaultArgument {
    switch fault.parameter {
    case .duration:
      if let duration = duration(said) { return .duration(duration) }
    case .number(_, let range):
      if let number = Int(said), range.contains(number) { return .number(number) }
    case .text:
      if said.hasPrefix("@"), let file {
        do { return .text(try file(String(said.dropFirst()))) } catch {
          throw SyntaxError(description: "\(error)")
        }
      }
      return .text(FaultText.unescape(said))
    case .none: break
    }
    let own = fault.parameter.example.map { "\($0), 10%" } ?? "10%"
    throw SyntaxError(description: "\"\(said)\" in \"\(rule)\" means nothing; try \(own) or #2")
  }

  /// Reads `200ms`, `1.5s`.
  private static func duration(_ text: String) -> Duration? {
    let (digits, unit) =
      text.hasSuffix("ms") ? (text.dropLast(2), 0.001) : (text.dropLast(1), 1.0)
    guard text.hasSuffix("s"), let number = Double(digits), (0...86_400).contains(number) else {
      return nil
    }
    return .seconds(number * unit)
  }
}

/// Texts as they are typed in a list of faults.
enum FaultText {
  /// The bytes of a text with escapes; a backslash before anything else stands for itself.
  static func unescape(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.first else {
        bytes.append(byte)
        continue
      }
      if next == UInt8(ascii: "x"), rest.count > 2,
        let number = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(number)
        rest = rest.dropFirst(3)
      } else if let plain = escapes[next] {
        bytes.append(plain)
        rest = rest.dropFirst()
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: ","): UInt8(ascii: ","),
  ]
}
