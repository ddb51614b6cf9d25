public import LosslessJSON

/// `list-commands` of Open vSwitch's daemons on their control sockets: a text with a command a line.
public struct UnixctlSource: DiscoverySource {
  /// `list-commands`.
  public var method: String { "list-commands" }
  /// An empty array; JSON-RPC 1.0 wants one.
  public var params: JSON? { [] }

  /// The source.
  public init() {}

  /// The commands; nil unless the text says that it lists them.
  public func read(_ result: JSON) -> MethodCatalog? {
    guard let text = result.string, text.hasPrefix("The available commands are") else { return nil }
    let methods = text.split(whereSeparator: \.isNewline).dropFirst().compactMap(Self.method)
    return methods.isEmpty
      ? nil : MethodCatalog(source: name, title: "control socket", methods: methods)
  }

  /// A line such as `vlog/set               {spec | PATTERN:destination:pattern}`: brackets mean
  /// optional, three dots any number; all are strings.
  private static func method(_ line: Substring) -> Method? {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let name = words.first, line.first?.isWhitespace == true else { return nil }
    var method = Method(String(name))
    method.structure = .byPosition
    let usage = words.dropFirst().joined(separator: " ")
    if !usage.isEmpty { method.summary = "\(name) \(usage)" }
    var depth = 0
    var params: [MethodParam] = []
    for word in words.dropFirst() {
      depth += word.count { $0 == "[" }
      let bare = word.filter { !"[]{}|.,".contains($0) }
      if !bare.isEmpty {
        params.append(
          MethodParam(
            name: String(bare), schema: .type("string"), isRequired: depth == 0,
            isVariadic: word.firstRange(of: "...") != nil))
      } else if word.firstRange(of: "...") != nil, !params.isEmpty {
        params[params.count - 1].isVariadic = true
      }
      depth -= word.count { $0 == "]" }
    }
    // Choices in braces are no params of their own.
    method.params = usage.contains("{") || usage.contains("|") ? nil : params
    return method
  }
}
