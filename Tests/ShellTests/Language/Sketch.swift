import LosslessJSON
import Testing

@testable import Shell

/// What a line was read as, in one short line of text that tables can be written in.
enum Sketch {
  static func of(_ line: String) -> String {
    switch StatementParser.parse(line) {
    case .statement(let statement): of(statement)
    case .unfinished(let what): "unfinished \(what)"
    case .failure(let error):
      "wrong \(error.range.lowerBound)..<\(error.range.upperBound): \(error.message)"
    }
  }

  static func of(_ statement: Statement) -> String {
    var words: [String] = []
    if statement.isUnchecked { words.append("unchecked") }
    if let name = statement.capture { words.append("keep \(name):") }
    words.append(of(statement.action))
    words += statement.outputs.map(of)
    if statement.isBackground { words.append("in background") }
    return words.joined(separator: " ")
  }

  private static func of(_ action: Statement.Action) -> String {
    switch action {
    case .nothing: "nothing"
    case .call(let call):
      (["call", call.isQuoted ? "'\(call.method)'" : call.method] + call.arguments.map(of))
        .joined(separator: " ")
    case .raw(let text): "raw <\(text)>"
    case .command(let name, let rest): "command \(name) <\(rest)>"
    case .show(let reference): "show \(of(reference))"
    }
  }

  private static func of(_ output: Statement.Output) -> String {
    switch output {
    case .select(let path): "select \(path)"
    case .pipe(let command): "pipe <\(command)>"
    case .write(let path): "write <\(path)>"
    case .append(let path): "append <\(path)>"
    }
  }

  static func of(_ argument: Argument) -> String {
    guard let name = argument.named else { return of(argument.value) }
    return "\(name.name)\(name.isStrict ? ":=" : "=")\(of(name.value))"
  }

  static func of(_ value: Argument.Value) -> String {
    switch value {
    case .bare(let text): "bare(\(text))"
    case .text(let text): "text(\(text))"
    case .file(let path): "file(\(path))"
    case .reference(let reference): "variable(\(of(reference)))"
    case .json(let template):
      "json("
        + template.parts.map { part in
          switch part {
          case .text(let text): text
          case .reference(let reference): "«\(of(reference))»"
          }
        }.joined() + ")"
    }
  }

  static func of(_ reference: Reference) -> String {
    "$\(reference.name)\(reference.path.steps.isEmpty ? "" : "\(reference.path)")"
  }
}

/// A line and what is expected of it.
struct Line: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String

  init(_ text: String, _ expected: String) {
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text }
}
