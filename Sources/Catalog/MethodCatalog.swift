/// What a server offers, from whatever source.
public struct MethodCatalog: Sendable {
  /// Where the knowledge comes from: `rpc.discover`, `system.listMethods`, a file's name, or empty.
  public let source: String
  /// The service's own title and version, or empty.
  public let title: String
  /// The methods in the order of the source.
  public private(set) var methods: [Method]
  private var places: [String: Int]

  /// A catalog of those methods; of several with one name the first stays.
  public init(source: String = "", title: String = "", methods: [Method] = []) {
    self.source = source
    self.title = title
    self.methods = []
    places = [:]
    for method in methods where places[method.name] == nil {
      places[method.name] = self.methods.count
      self.methods.append(method)
    }
  }

  /// Whether it knows nothing.
  public var isEmpty: Bool { methods.isEmpty }

  /// The method of that name.
  public subscript(_ name: String) -> Method? { places[name].map { methods[$0] } }

  /// Puts in what was learnt about a method since.
  public mutating func update(_ method: Method) {
    if let place = places[method.name] { methods[place] = method }
  }

  /// The methods whose names match a shell pattern (`*`, `?`), or contain it if it has neither.
  public func matching(_ pattern: String) -> [Method] {
    if pattern.isEmpty { return methods }
    let isGlob = pattern.contains { $0 == "*" || $0 == "?" }
    let glob = Array((isGlob ? pattern : "*\(pattern)*").lowercased().unicodeScalars)
    return methods.filter { Self.matches(Array($0.name.lowercased().unicodeScalars), glob) }
  }

  /// Matches without recursion: on a mismatch the last star takes one more character.
  private static func matches(_ name: [UnicodeScalar], _ glob: [UnicodeScalar]) -> Bool {
    var at = 0
    var pattern = 0
    var star: (pattern: Int, at: Int)?
    while at < name.count {
      if pattern < glob.count, glob[pattern] == "*" {
        star = (pattern, at)
        pattern += 1
      } else if pattern < glob.count, glob[pattern] == "?" || glob[pattern] == name[at] {
        at += 1
        pattern += 1
      } else if let last = star {
        star = (last.pattern, last.at + 1)
        pattern = last.pattern + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    return glob[pattern...].allSatisfy { $0 == "*" }
  }
}
