public import LosslessJSON

/// The id of a request, compared as JSON: `1`, `"1"`, `1.0` and `null` are four different ids.
///
/// Any JSON value can be one, since JSON-RPC 1.0 allows it and servers send what they like; the
/// text of a large integer is kept as it is.
public struct RequestID: Sendable, Hashable {
  /// The id as it was spelt.
  public let json: JSON

  /// An id of that value, cut loose from the document it came from.
  public init(_ json: JSON) {
    self.json = json.document.count == json.range.count ? json : json.detached()
  }

  /// A string id.
  public init(_ text: String) { json = JSON(text) }

  /// An integer id.
  public init(_ number: Int) { json = JSON(number) }

  /// The null id.
  public static let null = RequestID(JSON.null)

  /// Whether version 2.0 of the specification allows this id (section 4: a string, a number or null).
  public var isAllowedIn2: Bool { [.string, .number, .null].contains(json.kind) }
}

extension RequestID: CustomStringConvertible {
  /// The exact spelling.
  public var description: String { json.text }
}
