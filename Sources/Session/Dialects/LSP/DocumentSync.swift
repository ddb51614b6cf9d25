public import LosslessJSON

/// How a server wants to be told of documents: its `textDocumentSync`.
public struct DocumentSync: Sendable, Equatable {
  /// What it is told when a text changes.
  public enum Change: Int, Sendable {
    /// Nothing.
    case none = 0
    /// The whole text.
    case full = 1
    /// The part that changed.
    case incremental = 2
  }

  /// Whether it is told that a document is opened and closed.
  public var opensAndCloses = false
  /// What it is told when a text changes.
  public var change = Change.none
  /// Whether it is told that a document was saved.
  public var saves = false
  /// Whether the text goes with that.
  public var savesText = false

  /// Nothing is told.
  public init() {}

  /// As the capabilities of a server have it.
  public init(_ json: JSON?) {
    if let kind = json?.int {
      // The older form: a number alone. It always meant that documents are opened.
      opensAndCloses = kind != 0
      change = Change(rawValue: kind) ?? .none
      saves = kind != 0
      return
    }
    opensAndCloses = json?["openClose"]?.bool ?? false
    change = (json?["change"]?.int).flatMap { Change(rawValue: $0) } ?? .none
    if let save = json?["save"] {
      saves = save.bool ?? !save.isNull
      savesText = save["includeText"]?.bool ?? false
    }
  }
}
