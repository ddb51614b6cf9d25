import Foundation
import JSONRPC
import LosslessJSON

/// One of the files of protocol cases in `vectors/`.
struct VectorFile {
  let cases: [JSON]
  private let document: JSON

  init(_ name: String) throws {
    guard
      let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "vectors")
    else { throw Missing(name: name) }
    document = try JSON(reading: Array(Data(contentsOf: url)))
    cases = document["vectors"].map { Array($0.elements) } ?? []
  }

  /// The cases of a file that has several lists of them.
  func all(_ list: String) -> [JSON] { document[list].map { Array($0.elements) } ?? [] }

  struct Missing: Error { let name: String }

  func cases(ofKind kind: String) -> [JSON] {
    cases.filter { $0["kind"]?.string == kind }
  }
}

extension JSON {
  var name: String { self["name"]?.string ?? "?" }
  var give: JSON { self["give"] ?? [:] }
  var expect: JSON { self["expect"] ?? [:] }
  var expectsRejection: Bool { expect["reject"]?.bool == true }
}
