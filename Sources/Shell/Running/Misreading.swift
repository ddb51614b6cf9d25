import Catalog
import JSONRPC
import LosslessJSON

/// What a newcomer types as another program would take it, told before it goes out as a call of a
/// method that does not exist.
///
/// A method of that name that the server told of, or one in quotes, is called all the same.
struct Misreading {
  let call: Statement.Call
  let knowledge: Knowledge
  /// The line as it was typed.
  let line: String

  /// What is probably meant, or nil if the line may well be a call.
  var complaint: Complaint? {
    if call.isQuoted || knowledge.catalog[call.method] != nil { return semicolon ?? output }
    return word ?? glued ?? parentheses ?? number ?? variable ?? semicolon ?? output
  }

  /// Words that lead out of other programs, or to their help.
  private var word: Complaint? {
    guard call.arguments.isEmpty else { return nil }
    let message = "\(call.method) is no command here, and the server tells of no such method"
    switch call.method {
    case "exit", "quit", "\\q", ":q":
      return Complaint(
        message, hint: "`.quit` (or Ctrl-D) leaves; `.call \(call.method)` calls it")
    case "help", "?", "\\?":
      return Complaint(message, hint: "`.help` helps; `.call \(call.method)` calls it")
    default: return nil
    }
  }

  /// `x=add 1 2`
  private var glued: Complaint? {
    guard let equals = call.method.firstIndex(of: "="), isName(call.method[..<equals]) else {
      return nil
    }
    let name = call.method[..<equals]
    let method = call.method[call.method.index(after: equals)...]
    let rest = method.isEmpty ? "METHOD …" : "\(method)\(tail)"
    return Complaint(
      "there is no method \(call.method)",
      hint: "with blanks around it, `\(name) = \(rest)` keeps the result as $\(name)")
  }

  /// `add(1, 2)`
  private var parentheses: Complaint? {
    guard let open = call.method.firstIndex(of: "("), isName(call.method[..<open]) else {
      return nil
    }
    let method = call.method[..<open]
    let text = call.method[call.method.index(after: open)...] + tail
    let inside = text.hasSuffix(")") ? text.dropLast() : text
    let values = (try? JSON(reading: "[\(inside)]")).map { $0.elements.map(\.text) }
    let isSimple = values?.allSatisfy { !$0.contains(" ") } ?? false
    let words = isSimple ? (values ?? []).map { " " + $0 }.joined() : " …"
    return Complaint(
      "there is no method \(call.method)",
      hint: "arguments follow between blanks, without brackets: `\(method)\(words)`")
  }

  /// `42 23`
  private var number: Complaint? {
    guard (try? JSON(reading: call.method))?.kind == .number else { return nil }
    return Complaint(
      "a line begins with the method, and \(call.method) is a number",
      hint: "`METHOD \(call.method)` sends it; `.call \(call.method)` calls a method of that name")
  }

  /// `y | .name` with a variable of that name
  private var variable: Complaint? {
    guard call.arguments.isEmpty, knowledge.variables[call.method] != nil,
      !knowledge.learned.contains(call.method)
    else { return nil }
    return Complaint(
      "there is no method \(call.method), but a variable",
      hint: "did you mean `$\(call.method)\(tail)`? `.call \(call.method)` calls the method")
  }

  /// `f 1 ; g 2`
  private var semicolon: Complaint? {
    let sign = call.arguments.first { $0.value == .bare(";") && $0.named == nil }
    guard let sign else { return nil }
    return Complaint(
      Complaint.marked("';' joins calls only in .batch and in -e", sign.range, line),
      hint: "one call a line here; `.batch a 1 ; b 2` sends both at once, and ';' in quotes is text"
    )
  }

  /// `f 1 >file`, `f 1 |jq .`
  private var output: Complaint? {
    let signs = [">>", ">", "|"]
    for argument in call.arguments where argument.named == nil {
      guard case .bare(let text) = argument.value,
        let sign = signs.first(where: { text.hasPrefix($0) && text.count > $0.count })
      else { continue }
      let rest = text.dropFirst(sign.count)
      let does = sign == "|" ? "filters the result" : "writes the result to a file"
      return Complaint(
        Complaint.marked("'\(sign)' must stand between blanks", argument.range, line),
        hint: "`\(sign) \(rest)` \(does); in quotes it is text")
    }
    return nil
  }

  /// What stands behind the method.
  private var tail: String {
    let bytes = Array(line.utf8)
    guard call.methodRange.upperBound <= bytes.count else { return "" }
    let rest = String(decoding: bytes[call.methodRange.upperBound...], as: UTF8.self)
    return rest.utf8.count <= 60 && !rest.contains("\n") ? rest : " …"
  }

  private func isName(_ text: Substring) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return (first == "_" || first.properties.isAlphabetic)
      && text.allSatisfy { $0.isLetter || $0.isNumber || "_-./".contains($0) }
  }
}
