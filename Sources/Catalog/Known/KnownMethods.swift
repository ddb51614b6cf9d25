/// Methods known by heart, for servers that describe nothing or only names.
///
/// Facts from the services' own documentation: names of methods and params, and types. A document of
/// the user's own always wins over them.
public enum KnownMethods {
  /// Ethereum's execution API with geth's additions.
  public static let ethereum = table(ethereumText, "Ethereum")
  /// aria2.
  public static let aria2 = table(aria2Text, "aria2")
  /// Monero's daemon and wallet.
  public static let monero = table(moneroText, "Monero")
  /// Transmission.
  public static let transmission = table(transmissionText, "Transmission")
  /// Zabbix: every object has the same verbs.
  public static let zabbix = table(zabbixText, "Zabbix")

  /// All tables.
  public static let all = [ethereum, aria2, monero, transmission, zabbix]

  /// Adds to a catalog of bare names what is known of them, if most of them are one service's.
  public static func enriching(_ catalog: MethodCatalog) -> MethodCatalog {
    let bare = catalog.methods.filter { $0.params == nil }
    guard !bare.isEmpty else { return catalog }
    let known = all.first { table in
      let shared = catalog.methods.count { table[$0.name] != nil }
      return shared >= 3 && shared * 2 >= catalog.methods.count
    }
    guard let known else { return catalog }
    var enriched = catalog
    for method in bare {
      if var facts = known[method.name] {
        if !method.doc.isEmpty { facts.doc = method.doc }
        if !method.summary.isEmpty { facts.summary = method.summary }
        enriched.update(facts)
      }
    }
    return enriched
  }

  /// Reads a table: a method a line, `name param:type param?:type… -> type | summary`.
  ///
  /// Three dots in place of params say that they are unknown. A question mark makes a param optional,
  /// three dots make it variadic. Types: s string, i integer, n number, b boolean, a array, o object,
  /// * any; `x/y/z` lists the values of a string. A result may have a name too. A line that begins
  /// with `@` says how params are given from there on.
  static func table(_ text: String, _ title: String) -> MethodCatalog {
    var structure = Method.ParamStructure.either
    var methods: [Method] = []
    for line in text.split(separator: "\n") {
      switch line {
      case "@position": structure = .byPosition
      case "@name": structure = .byName
      case "@either": structure = .either
      default: methods.append(method(line, structure))
      }
    }
    return MethodCatalog(source: "known names", title: title, methods: methods)
  }

  private static func method(_ line: Substring, _ structure: Method.ParamStructure) -> Method {
    let halves = line.split(separator: "|", maxSplits: 1)
    let words = halves[0].split(separator: " ")
    var method = Method(String(words[0]))
    method.structure = structure
    if halves.count > 1 { method.summary = String(halves[1]).trimmingBlanks }
    var params: [MethodParam] = []
    var isResult = false
    for word in words.dropFirst() {
      if word == "->" {
        isResult = true
      } else if isResult {
        method.result = result(word)
      } else {
        params.append(param(word))
      }
    }
    // Three dots alone: it takes some, which nobody can list.
    method.params = words.count > 1 && words[1] == "..." ? nil : params
    method.basis = .knownByHeart
    return method
  }

  private static func param(_ word: Substring) -> MethodParam {
    let parts = word.split(separator: ":", maxSplits: 1)
    var name = parts[0]
    let isVariadic = name.hasSuffix("...")
    if isVariadic { name = name.dropLast(3) }
    let isOptional = name.hasSuffix("?")
    if isOptional { name = name.dropLast() }
    return MethodParam(
      name: String(name), schema: parts.count > 1 ? schema(parts[1]) : .any,
      isRequired: !isOptional && !isVariadic, isVariadic: isVariadic)
  }

  /// `type`, or `name:type` where others take it under that name.
  private static func result(_ word: Substring) -> MethodParam {
    let parts = word.split(separator: ":", maxSplits: 1)
    return MethodParam(
      name: parts.count > 1 ? String(parts[0]) : "result", schema: schema(parts.last ?? word))
  }

  private static func schema(_ type: Substring) -> Schema {
    switch type {
    case "s": .type("string")
    case "i": .type("integer")
    case "n": .type("number")
    case "b": .type("boolean")
    case "a": .type("array")
    case "o": .type("object")
    case "*": .any
    default: .oneOf(type.split(separator: "/").map(String.init))
    }
  }
}
