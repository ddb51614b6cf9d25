public import LosslessJSON

/// One difference between two documents.
public struct JSONChange: Sendable, Equatable {
  /// What differs.
  public enum Kind: String, Sendable, CaseIterable {
    /// It is only in the new document.
    case added
    /// It is only in the old document.
    case removed
    /// It is in both with different values.
    case changed
    /// The same number is spelt differently.
    case respelled
    /// An element stands at another place of its array.
    case moved
    /// Members of one name that a later one hides are different.
    case hidden
  }

  /// What differs.
  public var kind: Kind
  /// Where it is in the old document; nil if it was added.
  public var oldPath: JSONPath?
  /// Where it is in the new document; nil if it was removed.
  public var newPath: JSONPath?
  /// The value in the old document.
  public var old: JSON?
  /// The value in the new document.
  public var new: JSON?
  /// The path in the old document of what holds it.
  let container: [JSONPath.Step]

  init(
    _ kind: Kind, oldPath: [JSONPath.Step]? = nil, newPath: [JSONPath.Step]? = nil,
    old: JSON? = nil, new: JSON? = nil, container: [JSONPath.Step]
  ) {
    self.kind = kind
    self.oldPath = oldPath.map(JSONPath.init)
    self.newPath = newPath.map(JSONPath.init)
    self.old = old
    self.new = new
    self.container = container
  }

  /// Where it is, in the new document if it is there.
  public var path: JSONPath { newPath ?? oldPath ?? JSONPath([]) }

  /// Whether it is a difference in the data, rather than in how they are written.
  public var isInData: Bool { kind != .respelled && kind != .hidden }
}
