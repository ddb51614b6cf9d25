import Catalog
import LosslessJSON
import Terminal
import View

/// A form's fields as text. Names and words come from a server: all go through `SafeText`.
enum FormText {
  /// So many values are listed; Tab shows the rest.
  private static let mostOptions = 30

  /// What stands above a question: what it is for, and what there is to choose from.
  static func introduction(_ field: FormField) -> StyledText? {
    var lines: [StyledText] = []
    let words = [field.title, field.doc].filter { !$0.isEmpty }.joined(separator: ": ")
    for line in words.split(whereSeparator: \.isNewline) {
      lines.append(StyledText("  " + SafeText.escape(String(line)), .dim))
    }
    switch field.kind {
    case .choice(let options), .choices(let options): lines += list(options)
    default: break
    }
    return lines.isEmpty ? nil : StyledText(lines: lines)
  }

  private static func list(_ options: [FormField.Option]) -> [StyledText] {
    var lines = options.prefix(mostOptions).enumerated().map { place, option in
      let word = FormField.word(option.value)
      var line = StyledText("  \(place + 1) ".padding(to: 5), .dim)
      line.append(SafeText.escape(word), .string)
      if option.title != word { line.append("  " + SafeText.escape(option.title), .dim) }
      return line
    }
    if options.count > mostOptions {
      lines.append(StyledText("  … \(options.count - mostOptions) more: Tab lists them", .dim))
    }
    return lines
  }

  /// `size integer 1…10, optional [3]> `
  static func prompt(_ field: FormField) -> StyledText {
    var text = StyledText(SafeText.escape(field.name), .key)
    text.append(" " + SafeText.escape(type(field)), .type)
    if !field.isRequired, field.default == nil { text.append(", optional", .dim) }
    if let value = field.default {
      text.append(" [" + SafeText.escape(FormField.word(value)) + "]", .dim)
    }
    text.append("> ", .prompt)
    return text
  }

  private static func type(_ field: FormField) -> String {
    switch field.kind {
    case .text(let format): return format ?? "string"
    case .integer: return "integer" + range(field)
    case .number: return "number" + range(field)
    case .boolean: return "yes/no"
    case .choice(let options): return "1…\(options.count)"
    case .choices: return "some, with commas"
    case .json: return field.schema.typeText
    }
  }

  private static func range(_ field: FormField) -> String {
    let rules = field.schema.resolved.json
    let bounds = [rules["minimum"]?.text ?? "", rules["maximum"]?.text ?? ""]
    return bounds.allSatisfy(\.isEmpty) ? "" : " " + bounds.joined(separator: "…")
  }
}
