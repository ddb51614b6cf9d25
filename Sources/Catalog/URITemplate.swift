/// A URI with places to fill in, as RFC 6570 has them; values are single texts.
public struct URITemplate: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case literal(String)
    case expression(operation: Character?, variables: [Variable])
  }

  private struct Variable: Sendable, Hashable {
    var name: String
    /// How many characters are taken of the value; nil takes all.
    var prefix: Int?
  }

  /// How an operator joins its values (RFC 6570 appendix A).
  private struct Joining {
    var first = ""
    var separator = ","
    var isNamed = false
    var ifEmpty = ""
    var allowsReserved = false

    init(_ operation: Character?) {
      switch operation {
      case "+": allowsReserved = true
      case "#": (first, allowsReserved) = ("#", true)
      case ".": (first, separator) = (".", ".")
      case "/": (first, separator) = ("/", "/")
      case ";": (first, separator, isNamed) = (";", ";", true)
      case "?": (first, separator, isNamed, ifEmpty) = ("?", "&", true, "=")
      case "&": (first, separator, isNamed, ifEmpty) = ("&", "&", true, "=")
      default: break
      }
    }
  }

  /// The template as it was written.
  public let text: String
  private let parts: [Part]

  /// Reads a template; a brace that is not closed is text.
  public init(_ text: String) {
    self.text = text
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
      parts.append(Self.expression(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    self.parts = parts
  }

  private static func expression(_ body: Substring) -> Part {
    let operation = body.first.flatMap { "+#./;?&".contains($0) ? $0 : nil }
    let names = operation == nil ? body : body.dropFirst()
    let variables = names.split(separator: ",").map { word -> Variable in
      let bare = word.hasSuffix("*") ? word.dropLast() : word
      let pieces = bare.split(separator: ":", maxSplits: 1)
      let prefix = pieces.count > 1 ? Int(pieces[1]) : nil
      return Variable(name: pieces.first.map(String.init) ?? "", prefix: prefix)
    }
    return .expression(operation: operation, variables: variables)
  }

  /// The names of the places, in their order; those that may well be left out are not required.
  public var variables: [(name: String, isRequired: Bool)] {
    var seen: Set<String> = []
    return parts.flatMap { part -> [(String, Bool)] in
      guard case .expression(let operation, let variables) = part else { return [] }
      let isRequired = operation.map { !"?&#;".contains($0) } ?? true
      return variables.filter { seen.insert($0.name).inserted }.map { ($0.name, isRequired) }
    }
  }

  /// The URI with the values put in; places without a value vanish.
  public func expanded(_ values: [String: String]) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): return text
      case .expression(let operation, let variables):
        let joining = Joining(operation)
        let pieces = variables.compactMap { variable -> String? in
          guard var value = values[variable.name] else { return nil }
          if let prefix = variable.prefix { value = String(value.prefix(prefix)) }
          let encoded = Self.encoded(value, allowsReserved: joining.allowsReserved)
          guard joining.isNamed else { return encoded }
          return variable.name + (encoded.isEmpty ? joining.ifEmpty : "=" + encoded)
        }
        return pieces.isEmpty ? "" : joining.first + pieces.joined(separator: joining.separator)
      }
    }.joined()
  }

  private static func encoded(_ text: String, allowsReserved: Bool) -> String {
    let unreserved = Set("-._~".utf8)
    let reserved = Set(":/?#[]@!$&'()*+,;=%".utf8)
    return text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || unreserved.contains(byte) || allowsReserved && reserved.contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      let hex = String(byte, radix: 16, uppercase: true)
      return hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
    }.joined()
  }
}
