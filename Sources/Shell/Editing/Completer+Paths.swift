import LosslessJSON
import Terminal

/// Variables, and ways into their values.
extension Completer {
  /// What could stand at a variable that the cursor is in: a word of its own, the value of a name,
  /// or inside JSON that is still open. Nil if it is in none.
  func variable(in context: LineContext) -> Completion? {
    if context.place == .raw { return nil }
    guard let start = Self.variableStart(context.text) else { return nil }
    let bytes = Array(context.text.utf8)
    let text = String(decoding: bytes[start...], as: UTF8.self)
    let word = (context.word.lowerBound + start)..<context.word.upperBound
    let isMethod = context.text == "$" && context.place == .method
    return variables(
      word, text, others: isMethod ? methods(context.word, context.text).candidates : [])
  }

  /// Where in a word the variable begins that its end belongs to, or may come to.
  static func variableStart(_ word: String) -> Int? {
    if beginsVariable(word) { return 0 }
    let cursor = Cursor(word)
    let valueStart = cursor.argumentName()?.valueStart ?? 0
    let value = cursor.text(valueStart..<cursor.end)
    if valueStart > 0, beginsVariable(value) { return valueStart }
    guard let first = value.first, first == "[" || first == "{" else { return nil }
    return variableInside(cursor.bytes, from: valueStart)
  }

  /// The last `$` outside strings where a value may stand, unless something ends it.
  private static func variableInside(_ bytes: [UInt8], from start: Int) -> Int? {
    var found: Int?
    // The brackets that are open in the variable's path.
    var depth = 0
    var previous: UInt8 = 0
    var at = start
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case 0x22:
        let isKey = found != nil && (previous == 0x5B || previous == 0x2E)
        at += 1
        while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
        if !isKey { found = nil }
      case 0x24 where [0x3A, 0x5B, 0x2C].contains(previous): (found, depth) = (at, 0)
      case 0x5B: depth += 1
      case 0x5D:
        depth -= 1
        if depth < 0 { found = nil }
      case 0x2C, 0x3A, 0x7B, 0x7D, 0x20, 0x09, 0x0A, 0x0D: found = nil
      default: break
      }
      if !Cursor.isBlank(byte) { previous = byte }
      at += 1
    }
    guard let found, found < bytes.count else { return nil }
    return beginsVariable(String(decoding: bytes[found...], as: UTF8.self)) ? found : nil
  }

  func output(_ context: LineContext) -> Completion {
    if context.text.hasPrefix(".") || context.text.hasPrefix("[") {
      return path(context.word, context.text, in: knowledge.variables["_"], start: 0)
    }
    return files(context, prefix: "")
  }

  func variables(
    _ word: Range<Int>, _ typed: String, others: [Candidate] = []
  ) -> Completion {
    let text = typed.dropFirst()
    if let end = text.firstIndex(where: { $0 == "." || $0 == "[" }) {
      let name = String(text[..<end])
      return path(word, typed, in: knowledge.variables[name], start: 1 + name.utf8.count)
    }
    let names = knowledge.variables.names.map { name in
      Candidate("$" + name, annotation: knowledge.variables[name]?.kind.rawValue ?? "")
    }
    return completion(word, typed, names + others).withoutSuffix
  }

  /// Completes the last step of `.path[0].field` from the value it leads into.
  private func path(
    _ word: Range<Int>, _ text: String, in value: JSON?, start: Int
  ) -> Completion {
    guard let value, let last = OpenStep(Array(text.utf8), from: start),
      let path = try? JSONPath(last.before), let inside = try? path.select(in: value)
    else { return Completion() }
    let steps = steps(from: inside, last)
    let replaced = (word.lowerBound + last.start)..<word.upperBound
    return Completion(replaced: replaced, candidates: steps).withoutSuffix
  }

  private func steps(from value: JSON, _ step: OpenStep) -> [Candidate] {
    if value.kind == .array, !step.isQuoted, !(step.isMember && !step.name.isEmpty) {
      // So many tell how it goes on.
      return value.elements.prefix(20).enumerated().compactMap { place, element in
        "\(place)".hasPrefix(step.name)
          ? Candidate("[\(place)]", annotation: element.kind.rawValue) : nil
      }
    }
    return value.members.filter { $0.name.hasPrefix(step.name) }.map { member in
      let isSafe = member.name.unicodeScalars.allSatisfy(SafeText.isSafe)
      let key = isSafe ? JSON(member.name).text : Self.escaped(member.name)
      let plain = JSONPath([.member(member.name)]).description
      let text = step.isMember && plain.hasPrefix(".") ? plain : "[\(key)]"
      return Candidate(
        text, display: SafeText.escape(member.name), annotation: member.value.kind.rawValue)
    }
  }
}

/// The last step of a path that is being typed, as far as it goes.
struct OpenStep: Equatable {
  /// Where it begins.
  let start: Int
  /// The path before it.
  let before: String
  /// The name or number so far.
  let name: String
  /// Whether it began with a dot.
  let isMember: Bool
  /// Whether a quote is open.
  let isQuoted: Bool

  /// The open step of a path that begins at `first`; nil if there is none, or no path.
  init?(_ bytes: [UInt8], from first: Int) {
    var at = first
    while at < bytes.count {
      let start = at
      let isMember = bytes[at] == 0x2E
      guard isMember || bytes[at] == 0x5B else { return nil }
      at += 1
      let isQuoted = at < bytes.count && bytes[at] == 0x22
      if isQuoted { at += 1 }
      let nameStart = at
      while at < bytes.count, !Self.ends(bytes[at], isMember: isMember, isQuoted: isQuoted) {
        at += isQuoted && bytes[at] == 0x5C ? 2 : 1
      }
      if at >= bytes.count {
        let text = String(decoding: bytes[nameStart...], as: UTF8.self)
        let name = isQuoted ? (try? JSON(reading: "\"\(text)\""))?.string ?? text : text
        self.init(
          start, String(decoding: bytes[first..<start], as: UTF8.self), name, isMember, isQuoted)
        return
      }
      if isQuoted { at += 1 }
      if !isMember {
        // `["a"` wants its bracket.
        guard at < bytes.count, bytes[at] == 0x5D else { return nil }
        at += 1
      }
    }
    return nil
  }

  private init(
    _ start: Int, _ before: String, _ name: String, _ isMember: Bool, _ isQuoted: Bool
  ) {
    (self.start, self.before, self.name) = (start, before, name)
    (self.isMember, self.isQuoted) = (isMember, isQuoted)
  }

  private static func ends(_ byte: UInt8, isMember: Bool, isQuoted: Bool) -> Bool {
    if isQuoted { return byte == 0x22 }
    return isMember ? byte == 0x2E || byte == 0x5B : byte == 0x5D
  }
}
