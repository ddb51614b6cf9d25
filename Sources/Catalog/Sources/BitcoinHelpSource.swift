import JSONRPC
public import LosslessJSON
public import Session

/// `help` of Bitcoin-like daemons: a text with a line a method, and one a method on request.
public struct BitcoinHelpSource: DiscoverySource {
  /// `help`.
  public var method: String { "help" }

  /// The source.
  public init() {}

  /// The methods of a text such as `getblock "blockhash" ( verbosity )` under `== Blockchain ==`.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard let text = result.string, text.contains("== ") else { return nil }
    var methods: [Method] = []
    var section = ""
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("== ") {
        section = String(line.dropFirst(3).prefix { $0 != "=" }).trimmingBlanks
      } else if let method = Self.method(line, section) {
        methods.append(method)
      }
    }
    return methods.isEmpty ? nil : MethodCatalog(source: name, methods: methods)
  }

  /// Asks for the help of one method, which has types and docs.
  public func describe(_ method: Method, client: Client) async -> Method {
    let exchange = try? await client.call(
      "help", params: [JSON(method.name)], options: .probe(timeout: .seconds(3)))
    guard let text = exchange?.response?.result?.string else { return method }
    return Self.described(method, by: text)
  }

  /// A method as the line of the overview has it: what is in parentheses may be left out.
  static func method(_ line: Substring, _ section: String) -> Method? {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let name = words.first, name.first?.isLetter == true else { return nil }
    var method = Method(String(name))
    method.summary = section
    var params: [MethodParam] = []
    var depth = 0
    // Elements of an array or object in the line are not params.
    var nesting = 0
    for word in words.dropFirst() {
      let opened = nesting
      nesting += word.count { "[{".contains($0) } - word.count { "]}".contains($0) }
      switch word {
      case "(": depth += 1
      case ")": depth -= 1
      default:
        guard opened == 0 else { continue }
        let isText = word.hasPrefix("\"")
        let bare = word.filter { !"\"[]{},".contains($0) }
        let name = bare.isEmpty ? "param\(params.count + 1)" : String(bare)
        let schema: Schema =
          word.hasPrefix("[")
          ? .type("array") : word.hasPrefix("{") ? .type("object") : isText ? .type("string") : .any
        params.append(MethodParam(name: name, schema: schema, isRequired: depth == 0))
      }
    }
    method.params = params
    return method
  }

  /// What the help of one method adds: its text, and params such as
  /// `1. blockhash    (string, required) The block hash`.
  static func described(_ method: Method, by text: String) -> Method {
    var described = method
    described.doc = text
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if let first = lines.dropFirst().first(where: { !$0.allSatisfy(\.isWhitespace) }) {
      described.summary = String(first)
    }
    let arguments = lines.drop { !$0.hasPrefix("Arguments:") }.dropFirst()
      .prefix { !$0.hasPrefix("Result") && !$0.hasPrefix("Examples") }
    let params = arguments.compactMap(param)
    if !params.isEmpty || !arguments.isEmpty { described.params = params }
    return described
  }

  private static func param(_ line: Substring) -> MethodParam? {
    guard let dot = line.firstIndex(of: "."), line[..<dot].allSatisfy(\.isNumber),
      dot > line.startIndex, let open = line.firstIndex(of: "("),
      let close = line[open...].firstIndex(of: ")")
    else { return nil }
    let name = line[line.index(after: dot)..<open].filter { !"\" ".contains($0) }
    let facts = line[line.index(after: open)..<close].split(separator: ",").map {
      String($0).trimmingBlanks
    }
    let type = facts.first.map { $0.hasPrefix("json ") ? String($0.dropFirst(5)) : $0 } ?? ""
    return MethodParam(
      name: String(name), doc: String(line[line.index(after: close)...]).trimmingBlanks,
      schema: ServiceType.schema(type == "numeric" ? "number" : type),
      isRequired: facts.contains("required"))
  }
}

extension String {
  /// The text without blanks at either end.
  var trimmingBlanks: String {
    // Docs are long, and nearly all have no blanks there.
    let isPlain = { (byte: UInt8?) in byte.map { $0 > 0x20 && $0 < 0x80 } ?? true }
    if isPlain(utf8.first), isPlain(utf8.last) { return self }
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }
}
