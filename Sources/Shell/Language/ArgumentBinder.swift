import Catalog
import JSONRPC
import LosslessJSON

/// Makes params of arguments, with the help of what is known about the method.
struct ArgumentBinder {
  /// Where the values of variables and files come from.
  struct Environment {
    var variable: (Reference) throws(BindError) -> JSON
    var file: (String) throws(BindError) -> [UInt8]
  }

  /// Why arguments make no params. Nothing is sent then.
  struct BindError: Error, Equatable {
    var message: String
    var hint = ""
    /// The argument's bytes in the line.
    var range: Range<Int>?
  }

  /// What is known of the method, if anything.
  let method: Method?
  /// Whether only arrays will do, as in JSON-RPC 1.0.
  let isPositionalOnly: Bool
  let environment: Environment

  /// The params of a call, nil for none.
  func params(_ arguments: [Argument]) throws(BindError) -> JSON? {
    if let sole = try soleJSON(arguments) {
      return sole.kind == .array || sole.kind == .object ? sole : byPositionOrName([sole])
    }
    var positional: [(value: JSON, range: Range<Int>)] = []
    var named: [(name: String, value: JSON)] = []
    let names = try names(arguments)
    for argument in arguments {
      if let name = argument.named, isName(name) {
        named.append((name.name, try value(name, at: argument.range)))
      } else {
        let param = param(at: positional.count, besides: names)
        positional.append((try value(argument.value, for: param, argument.range), argument.range))
      }
    }
    if named.isEmpty { return byPositionOrName(positional.map(\.value)) }
    return try mixed(positional, named)
  }

  // MARK: - Shapes

  /// One object or array alone is always the whole params; so is the JSON of a lone `@file.json`.
  private func soleJSON(_ arguments: [Argument]) throws(BindError) -> JSON? {
    guard arguments.count == 1, let argument = arguments.first, argument.named == nil else {
      return nil
    }
    switch argument.value {
    case .json(let template): return try json(template, argument.range)
    case .file(let path) where path.hasSuffix(".json"): return try jsonFile(path, argument.range)
    default: return nil
    }
  }

  /// The names that are given; none may be given twice, since one value would be lost.
  private func names(_ arguments: [Argument]) throws(BindError) -> Set<String> {
    var names: Set<String> = []
    for argument in arguments {
      guard let name = argument.named, isName(name), !names.insert(name.name).inserted else {
        continue
      }
      throw BindError(
        message: "'\(name.name)' is given twice",
        hint: "one object in JSON, with the name twice, is sent as it stands", range: argument.range
      )
    }
    return names
  }

  /// The param that a positional argument fills, when those names are given too.
  private func param(at place: Int, besides names: Set<String>) -> MethodParam? {
    if names.isEmpty { return method?.param(at: place) }
    let free = (method?.params ?? []).filter { !names.contains($0.name) }
    return place < free.count ? free[place] : nil
  }

  private func isName(_ name: Argument.Name) -> Bool {
    if name.isStrict || method?.param(name.name) != nil { return true }
    if let params = method?.params, !params.isEmpty { return false }
    // Base64 ends in "=" or "==", so a word with nothing behind is no name unless it is a known one.
    if case .bare(let text) = name.value { return !(text.isEmpty || text == "=") }
    return true
  }

  private func byPositionOrName(_ values: [JSON]) -> JSON? {
    if values.isEmpty { return nil }
    guard !isPositionalOnly, method?.structure == .byName, let params = method?.params,
      values.count <= params.count
    else { return JSON.array(values) }
    return JSON.object(zip(params.map(\.name), values).map { ($0, $1) })
  }

  private func mixed(
    _ positional: [(value: JSON, range: Range<Int>)], _ named: [(name: String, value: JSON)]
  ) throws(BindError) -> JSON {
    let wantsArray = isPositionalOnly || method?.structure == .byPosition
    guard let params = method?.params, !params.isEmpty else {
      if let first = positional.first {
        throw BindError(
          message: "positional and named arguments can't be mixed here",
          hint: "name this one too; the names of this method's params are not known",
          range: first.range)
      }
      if isPositionalOnly {
        throw BindError(
          message: "JSON-RPC 1.0 takes arguments by position only",
          hint: "leave the names out; or is it 2.0 (`.set jsonrpc 2.0`, --jsonrpc 2.0)?")
      }
      return JSON.object(named.map { ($0.name, $0.value) })
    }
    var values = named
    let free = params.filter { param in !named.contains { $0.name == param.name } }
    guard positional.count <= free.count else {
      throw BindError(
        message: "there is no param left for this argument",
        hint: "the params are \(params.map(\.name).joined(separator: ", "))",
        range: positional[free.count].range)
    }
    values += zip(free, positional).map { ($0.name, $1.value) }
    return wantsArray ? try array(values, params) : object(values, params)
  }

  /// Members in the order of the params.
  private func object(_ values: [(name: String, value: JSON)], _ params: [MethodParam]) -> JSON {
    let known = params.compactMap { param in values.first { $0.name == param.name } }
    let others = values.filter { value in !params.contains { $0.name == value.name } }
    return JSON.object((known + others).map { ($0.name, $0.value) })
  }

  private func array(
    _ values: [(name: String, value: JSON)], _ params: [MethodParam]
  ) throws(BindError) -> JSON {
    if let stranger = values.first(where: { value in !params.contains { $0.name == value.name } }) {
      throw BindError(
        message: "there is no param '\(stranger.name)', and this method takes params by position",
        hint: "the params are \(params.map(\.name).joined(separator: ", "))")
    }
    let given = params.map { param in values.first { $0.name == param.name }?.value }
    let last = (given.lastIndex { $0 != nil } ?? -1) + 1
    for (param, value) in zip(params[..<last], given) where value == nil {
      throw BindError(
        message: "param '\(param.name)' must be given too, because a later one is",
        hint: "this method takes its params by position")
    }
    return JSON.array(given[..<last].compactMap { $0 })
  }

  // MARK: - Values

  private func value(_ name: Argument.Name, at range: Range<Int>) throws(BindError) -> JSON {
    guard name.isStrict else { return try value(name.value, for: method?.param(name.name), range) }
    switch name.value {
    case .file(let path): return try jsonFile(path, range)
    case .bare(let text): return try strict(text, range)
    case .text:
      throw BindError(
        message: "':=' wants JSON, and '…' is always a string",
        hint: "leave the quotes out for JSON; \(name.name)='…' sends text", range: range)
    default: return try value(name.value, for: nil, range)
    }
  }

  private func value(
    _ value: Argument.Value, for param: MethodParam?, _ range: Range<Int>
  ) throws(BindError) -> JSON {
    switch value {
    case .text(let text): return JSON(text)
    case .json(let template):
      // Where only text is taken, brackets are text; a complete string literal is decoded.
      if let text = template.plain, param?.schema.takesOnlyStrings == true, text.first != "\"" {
        return JSON(text)
      }
      return try json(template, range)
    case .reference(let reference):
      do throws(BindError) { return try environment.variable(reference) } catch {
        throw BindError(message: error.message, hint: error.hint, range: range)
      }
    case .file(let path): return JSON(try textFile(path, range))
    case .bare(let text): return bare(text, param)
    }
  }

  /// A bare word: text where only strings are taken, else JSON if it is JSON, else text.
  private func bare(_ text: String, _ param: MethodParam?) -> JSON {
    let json = try? JSON(reading: text)
    guard let schema = param?.schema, schema.takesOnlyStrings else { return json ?? JSON(text) }
    if let json, json.isNull, schema.takesNull { return json }
    return JSON(text)
  }

  private func strict(_ text: String, _ range: Range<Int>) throws(BindError) -> JSON {
    do throws(JSONReadError) {
      return try JSON(reading: text)
    } catch {
      throw BindError(
        message: "this is no JSON: \(error.message)", hint: "name=value takes text as it stands",
        range: Self.place(error, in: text, range))
    }
  }

  private func json(_ template: Template, _ range: Range<Int>) throws(BindError) -> JSON {
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let plain): text += plain
      case .reference(let reference):
        do throws(BindError) { text += try environment.variable(reference).text } catch {
          throw BindError(message: error.message, hint: error.hint, range: range)
        }
      }
    }
    do throws(JSONReadError) {
      return try JSON(reading: text)
    } catch {
      throw BindError(
        message: "this is no JSON: \(error.message)", hint: "quote it with '…' to send it as text",
        range: template.plain == nil ? range : Self.place(error, in: text, range))
    }
  }

  /// The byte of the line that is wrong, of a value that ends an argument.
  private static func place(
    _ error: JSONReadError, in text: String, _ range: Range<Int>
  ) -> Range<Int> {
    let start = range.upperBound - text.utf8.count + error.position.offset
    return min(start, range.upperBound)..<min(start + 1, range.upperBound)
  }

  private func textFile(_ path: String, _ range: Range<Int>) throws(BindError) -> String {
    let bytes = try readFile(path, range)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw BindError(message: "the file \(path) is not UTF-8 text", range: range)
    }
    return text
  }

  private func jsonFile(_ path: String, _ range: Range<Int>) throws(BindError) -> JSON {
    let bytes = try readFile(path, range)
    do throws(JSONReadError) {
      return try JSON(reading: bytes)
    } catch {
      throw BindError(message: "the file \(path) is no JSON: \(error.description)", range: range)
    }
  }

  private func readFile(_ path: String, _ range: Range<Int>) throws(BindError) -> [UInt8] {
    do throws(BindError) { return try environment.file(path) } catch {
      throw BindError(
        message: error.message, hint: "quote it to send the text itself: '@\(path)'", range: range)
    }
  }
}
