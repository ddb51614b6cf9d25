/// What a server offers, from whatever source.
public struct MethodCatalog: Sendable {
  /// Where the knowledge comes from: `rpc.discover`, `system.listMethods`, a file's name, or empty.
  public let source: String
  /// The service's own title and version, or empty.
  public let title: String
  /// The methods in the order of the source.
  public private(set) var methods: [Method]
  private var places: [String: Int]
  /// Finds methods by what is typed of their names.
  public let index: MethodIndex

  /// A catalog of those methods; of several with one name the first stays.
  public init(source: String = "", title: String = "", methods: [Method] = []) {
    self.source = source
    self.title = title
    var unique: [Method] = []
    unique.reserveCapacity(methods.count)
    places = Dictionary(minimumCapacity: methods.count)
    for method in methods where places[method.name] == nil {
      places[method.name] = unique.count
      unique.append(method)
    }
    self.methods = unique
    index = MethodIndex(unique)
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
    let pattern = NamePattern(pattern, isPart: true)
    return methods.filter { pattern.matches($0.name) }
  }
}
