import Catalog
import LosslessJSON
import Wire

/// What a target offered when it was asked the last time.
struct CatalogCache: Sendable {
  /// Larger catalogs are asked for anew each time.
  private static let largest = 16 << 20
  private static let mostTargets = 100

  private let file: TargetFile
  /// How the server is spoken to; what was found in another way is not used.
  private let dialect: String

  /// A cache in that file.
  init(_ file: TargetFile, dialect: String) { (self.file, self.dialect) = (file, dialect) }

  /// The cache of a target; nil without a home.
  init?(_ target: Target, dialect: String) {
    guard let file = TargetFile(.cache("catalogs"), target) else { return nil }
    (self.file, self.dialect) = (file, dialect)
  }

  /// What is remembered; nil if that is nothing, or can't be read.
  func load() -> MethodCatalog? {
    guard let bytes = file.read(atMost: Self.largest), let json = try? JSON(reading: bytes),
      json["dialect"]?.isString(dialect) == true, let catalog = json["catalog"]
    else { return nil }
    return CatalogDocument.read(catalog).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Remembers a catalog, unless it is remembered already, or the server turned out to be spoken to in
  /// another way.
  func save(_ catalog: MethodCatalog, dialect found: String) {
    guard found == dialect, let text = CatalogDocument.write(catalog, limit: Self.largest) else {
      return file.remove()
    }
    var bytes = Array(#"{"dialect":\#(JSON(dialect).text),"catalog":"#.utf8)
    bytes += text
    bytes += Array("}\n".utf8)
    if file.read(atMost: Self.largest) == bytes { return }
    file.write(bytes)
    file.prune(keeping: Self.mostTargets)
  }

  /// Forgets what is remembered.
  func forget() { file.remove() }
}
