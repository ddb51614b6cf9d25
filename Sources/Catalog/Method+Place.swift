/// The place in a document that a call is about, as language servers want it told.
public enum DocumentPlaceShape: Sendable, Hashable {
  /// A document.
  case document
  /// A document and a position in it.
  case position
  /// A document and some positions in it.
  case positions
  /// A document and a range of it.
  case range

  /// How it is typed.
  public var usage: String {
    switch self {
    case .document: "FILE"
    case .position, .positions: "FILE:LINE:COLUMN"
    case .range: "FILE[:LINE:COLUMN-LINE:COLUMN]"
    }
  }
}

extension Method {
  /// The place in a document that its params name, where it is known by heart; nil for none.
  public var placeShape: DocumentPlaceShape? {
    guard isGuess, let params, params.contains(where: { $0.name == "textDocument" }) else {
      return nil
    }
    let names = Set(params.map(\.name))
    if names.contains("position") { return .position }
    if names.contains("positions") { return .positions }
    return names.contains("range") ? .range : .document
  }

  /// The params that a place stands for.
  public static let placeParams: Set<String> = ["textDocument", "position", "positions", "range"]
}
