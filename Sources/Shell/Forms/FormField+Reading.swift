import Catalog
import LosslessJSON

extension FormField {
  /// Why an answer won't do, in words.
  struct Fault: Error, Equatable {
    var message: String
  }

  /// The value that a typed answer means; the answer is not empty.
  func value(of text: String) throws(Fault) -> JSON {
    let value = try unchecked(text)
    try check(value)
    return value
  }

  private func unchecked(_ text: String) throws(Fault) -> JSON {
    let bare = String(text[...].trimmed)
    switch kind {
    case .text:
      // A JSON string is one way to type an empty text, or one with newlines.
      if bare.hasPrefix("\""), let json = try? JSON(reading: bare), json.kind == .string {
        return json
      }
      return JSON(text)
    case .integer:
      guard let json = try? JSON(reading: bare), json.number != nil, isWhole(json) else {
        throw Fault(message: "a whole number is wanted")
      }
      return json
    case .number:
      guard let json = try? JSON(reading: bare), json.number != nil else {
        throw Fault(message: "a number is wanted")
      }
      return json
    case .boolean: return try truth(bare)
    case .choice(let options): return try choice(bare, options)
    case .choices(let options): return try choices(bare, options)
    case .json:
      if let json = try? JSON(reading: bare) { return json }
      guard schema.types.isEmpty || schema.types.contains("string") else {
        throw Fault(message: "JSON is wanted: \(schema.typeText)")
      }
      return JSON(text)
    }
  }

  /// 2.0 is as whole as 2 (JSON Schema 2020-12, validation, section 6.1.1).
  private func isWhole(_ json: JSON) -> Bool {
    if json.int != nil { return true }
    let digits = json.text.utf8
    if digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) { return true }
    return json.double.map { $0.rounded() == $0 } ?? false
  }

  private func truth(_ text: String) throws(Fault) -> JSON {
    switch text.lowercased() {
    case "y", "yes", "true", "on", "1": return true
    case "n", "no", "false", "off", "0": return false
    default: throw Fault(message: "yes or no is wanted")
    }
  }

  /// An option by its value, its title, or its number in the list.
  private func choice(_ text: String, _ options: [Option]) throws(Fault) -> JSON {
    let wanted = (try? JSON(reading: text))?.string ?? text
    let exact = options.first { Self.word($0.value) == wanted || $0.title == wanted }
    if let exact { return exact.value }
    if let place = Int(wanted), options.indices.contains(place - 1) {
      return options[place - 1].value
    }
    let lowered = wanted.lowercased()
    let begun = options.filter {
      Self.word($0.value).lowercased().hasPrefix(lowered)
        || $0.title.lowercased().hasPrefix(lowered)
    }
    guard begun.count == 1 else {
      throw Fault(
        message: begun.isEmpty
          ? "\(wanted) is none of them: its value, title or number will do"
          : "\(wanted) may be " + begun.map { Self.word($0.value) }.joined(separator: " or "))
    }
    return begun[0].value
  }

  /// Options with commas between them; `-` for none.
  private func choices(_ text: String, _ options: [Option]) throws(Fault) -> JSON {
    if let json = try? JSON(reading: text), json.kind == .array { return json }
    var values: [JSON] = []
    for part in text == "-" ? [] : text.split(separator: ",") {
      let value = try choice(String(part.trimmed), options)
      if !values.contains(value) { values.append(value) }
    }
    return .array(values)
  }

  // MARK: - Bounds

  private func check(_ value: JSON) throws(Fault) {
    let rules = schema.resolved.json
    switch value.kind {
    case .string:
      let text = value.string ?? ""
      let length = text.unicodeScalars.count
      try bound(length, rules["minLength"], rules["maxLength"], "character")
      if case .text(let format?) = kind { try check(text, format) }
    case .number:
      guard let number = value.double else { break }
      if let least = rules["minimum"]?.double, number < least {
        throw Fault(message: "at least \(rules["minimum"]?.text ?? "") is wanted")
      }
      if let most = rules["maximum"]?.double, number > most {
        throw Fault(message: "at most \(rules["maximum"]?.text ?? "") is wanted")
      }
    case .array:
      try bound(value.count, rules["minItems"], rules["maxItems"], "value")
      for element in value.elements where !options.isEmpty {
        guard options.contains(where: { $0.value == element }) else {
          throw Fault(message: "\(element.text) is none of them")
        }
      }
    default: break
    }
  }

  private func bound(
    _ count: Int, _ least: JSON?, _ most: JSON?, _ unit: String
  ) throws(Fault) {
    if let least = least?.int, count < least {
      throw Fault(message: "at least \(least) \(unit)\(least == 1 ? "" : "s")")
    }
    if let most = most?.int, count > most {
      throw Fault(message: "at most \(most) \(unit)\(most == 1 ? "" : "s")")
    }
  }

  /// The formats that MCP names; only what can't be right is refused.
  private func check(_ text: String, _ format: String) throws(Fault) {
    let isRight: Bool
    switch format {
    case "email":
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      isRight = parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains(" ") }
    case "uri":
      let scheme = text.prefix { $0 != ":" }
      isRight = scheme.count < text.count && scheme.first?.isLetter == true && !text.contains(" ")
    case "date": isRight = Self.isDate(text[...])
    case "date-time":
      let parts = text.split(whereSeparator: { $0 == "T" || $0 == "t" || $0 == " " })
      isRight = parts.count == 2 && Self.isDate(parts[0]) && parts[1].contains(":")
    default: return
    }
    if isRight { return }
    let examples = [
      "email": "name@example.org", "uri": "https://example.org/", "date": "2026-07-28",
      "date-time": "2026-07-28T09:30:00Z",
    ]
    throw Fault(message: "this is no \(format), such as \(examples[format] ?? "")")
  }

  private static func isDate(_ text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ Int($0) != nil }) else {
      return false
    }
    return (1...12).contains(Int(parts[1]) ?? 0) && (1...31).contains(Int(parts[2]) ?? 0)
  }
}
