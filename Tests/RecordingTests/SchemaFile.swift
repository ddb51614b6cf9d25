import Catalog
import LosslessJSON

@testable import Host
@testable import Recording

/// A JSON Schema in a file.
struct SchemaFile: Sendable {
  private let path: String

  /// The file of that path, from the folder of a source file.
  init(beside source: String, _ path: String) {
    let folder = source.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    self.path = folder.joined(separator: "/") + "/" + path
  }

  func json() throws -> JSON { try JSON(reading: try FolderTree.contents(path, limit: 1 << 20)) }

  /// What does not fit, in words; nil if all does.
  func fault(_ value: JSON) throws -> String? {
    let root = try json()
    return SchemaCheck.violation(of: value, Schema(root, root: root))
      .map { "\($0.path) \($0.reason)" }
  }
}
