import Catalog
import LosslessJSON
import Terminal
import View

/// What is known of a method, as text.
enum MethodText {
  /// `subtract minuend subtrahend [scale]`
  static func signature(_ method: Method) -> StyledText {
    var text = StyledText(SafeText.escape(method.name), method.isDeprecated ? .dim : .method)
    if let placed = method.placedParams {
      for (name, param) in placed {
        let word = SafeText.escape(name)
        text.append(param?.isRequired == false ? " [\(word)]" : " \(word)", .key)
      }
      return text
    }
    for param in method.params ?? [] {
      let name = SafeText.escape(param.name) + (param.isVariadic ? "…" : "")
      text.append(param.isRequired ? " \(name)" : " [\(name)]", .key)
    }
    return text
  }

  /// The summary, with what is special about the method.
  static func summary(_ method: Method) -> StyledText {
    var text = StyledText()
    if method.isDeprecated { text.append("deprecated ", .warning) }
    if method.isNotification { text.append("notification ", .note) }
    if ["prompt", "resource"].contains(method.nature) { text.append(method.nature + " ", .note) }
    if method.basis == .learned { text.append("learned ", .note) }
    text.append(SafeText.escape(method.summary), .dim)
    return text
  }

  /// All that is known.
  static func card(_ method: Method, width: Int) -> StyledText {
    var lines = [signature(method)]
    let special = [
      method.isDeprecated ? "deprecated" : "", method.isNotification ? "notification" : "",
      method.nature.isEmpty ? "" : "\(method.nature), by \(method.wrapping?.method ?? "")",
    ]
    .filter { !$0.isEmpty }
    if !special.isEmpty {
      lines.append(StyledText("  " + special.joined(separator: ", "), .warning))
    }
    lines += paragraphs(method, width)
    if let words = basisWords(method) {
      lines += StyledText("  " + words, .note).wrapped(to: width, indent: 2)
    }
    lines += params(method, width)
    if let result = method.result { lines += resultLines(result, width) }
    for signature in method.signatures where method.params == nil {
      lines.append(
        StyledText("  signature  ", .heading)
          + StyledText(
            SafeText.escape(
              "(\(signature.dropFirst().joined(separator: ", "))) -> \(signature[0])"), .type))
    }
    for error in method.errors {
      lines.append(
        StyledText("  error      ", .heading)
          + StyledText(SafeText.escape("\(error.code) \(error.message)"), .error))
    }
    for example in method.examples { lines += exampleLines(example, method, width) }
    if lines.count == 1 { lines.append(StyledText("  nothing more is known", .dim)) }
    return StyledText(lines: lines)
  }

  /// Where what is shown comes from, if not from the server.
  private static func basisWords(_ method: Method) -> String? {
    switch method.basis {
    case .server: nil
    case .knownByHeart: "known by heart, not told by the server"
    case .learned: "learned from calls that went well, not told by the server"
    }
  }

  private static func paragraphs(_ method: Method, _ width: Int) -> [StyledText] {
    var texts = [method.summary]
    if method.doc != method.summary { texts.append(method.doc) }
    return texts.filter { !$0.isEmpty }.flatMap { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).map {
        StyledText("  " + SafeText.escape(String($0)))
      }.flatMap { $0.wrapped(to: width, indent: 2) }
    }
  }

  private static func params(_ method: Method, _ width: Int) -> [StyledText] {
    guard let params = method.params, !params.isEmpty else {
      return method.params == nil
        ? [] : [StyledText("  params     ", .heading) + StyledText("none", .dim)]
    }
    let manner =
      switch method.structure {
      case .byPosition: "by position"
      case .byName: "by name"
      case .either: "by position or name"
      }
    var list = DescriptionList()
    for param in params {
      let name = param.name + (param.isRequired ? "" : "?") + (param.isVariadic ? "…" : "")
      add(name, param.schema, doc: param.doc, depth: 0, to: &list)
    }
    return [StyledText("  params     ", .heading) + StyledText(manner, .dim)]
      + list.lines(width: width)
  }

  /// A value with its type and words, and below it what it has inside.
  private static func add(
    _ name: String, _ schema: Schema, doc: String, depth: Int, to list: inout DescriptionList
  ) {
    let margin = String(repeating: " ", count: 4 + 2 * depth)
    var type = typeText(schema)
    var words = doc
    if type.count > 32, type != schema.typeText || schema.enumeration.count > 1 {
      // So long a list would make the column too wide for all others.
      words = ["one of \(type)", doc].filter { !$0.isEmpty }.joined(separator: "; ")
      type = schema.types.joined(separator: " | ")
    }
    list.add(
      [
        StyledText(margin + SafeText.escape(name), .key),
        StyledText(SafeText.escape(type), .type),
      ], StyledText(SafeText.escape(words), .dim))
    addFields(of: schema, depth: depth + 1, to: &list)
  }

  /// The fields of an object, or of the objects of an array; schemas may contain themselves.
  private static func addFields(
    of schema: Schema, depth: Int, to list: inout DescriptionList
  ) {
    let inner = schema.properties.isEmpty ? schema.items ?? schema : schema
    guard depth <= 3 else { return }
    for field in inner.properties.prefix(40) {
      add(
        field.name + (field.isRequired ? "" : "?"), field.schema, doc: field.schema.doc,
        depth: depth, to: &list)
    }
  }

  /// The type in a few words; of listed values all, within reason.
  private static func typeText(_ schema: Schema) -> String {
    let values = schema.enumeration
    if values.count < 2 || schema.types == ["boolean"] { return schema.typeText }
    let shown = values.prefix(30).map(\.text).joined(separator: " | ")
    return values.count > 30 ? shown + " | …" : shown
  }

  private static func resultLines(_ result: MethodParam, _ width: Int) -> [StyledText] {
    var line = StyledText("  result     ", .heading)
    line.append(SafeText.escape(typeText(result.schema)), .type)
    if !result.doc.isEmpty { line.append("  " + SafeText.escape(result.doc), .dim) }
    var list = DescriptionList()
    addFields(of: result.schema, depth: 0, to: &list)
    return line.wrapped(to: width, indent: 13) + list.lines(width: width)
  }

  private static func exampleLines(_ example: Method.Example, _ method: Method, _ width: Int)
    -> [StyledText]
  {
    var line = StyledText("  example    ", .heading)
    line.append(SafeText.escape(method.name), .method)
    // One object or array alone would be the whole params.
    let isAlone =
      example.params.count == 1 && [.array, .object].contains(example.params[0].value.kind)
    for (name, value) in example.params {
      line.append(" ")
      if isAlone, method.structure == .byPosition {
        line.append("[")
        line.append(JSONText.line(value.bytes))
        line.append("]")
        continue
      }
      if isAlone || method.structure == .byName { line.append(SafeText.escape(name) + "=", .key) }
      line.append(word(value))
    }
    guard let result = example.result else { return [line] }
    return [
      line,
      StyledText("             → ", .dim) + JSONText.line(result.bytes, limit: max(40, width - 20)),
    ]
  }

  /// A value as it would be typed.
  private static func word(_ value: JSON) -> StyledText {
    guard let text = value.string else { return JSONText.line(value.bytes) }
    let isPlain =
      !text.isEmpty && (try? JSON(reading: text)) == nil
      && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x27 && $0 != 0x22 && $0 != 0x5C }
      && !text.contains { "$@{[|>&;=".contains($0) }
    if isPlain { return StyledText(SafeText.escape(text), .string) }
    return JSONText.line(value.bytes)
  }
}
