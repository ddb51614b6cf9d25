public import LosslessJSON

/// A fault that a server found in a document.
public struct PublishedDiagnostic: Sendable, Equatable {
  /// How bad it is.
  public enum Severity: Int, Sendable {
    /// It does not work.
    case error = 1
    /// It may not work.
    case warning = 2
    /// Worth knowing.
    case information = 3
    /// A suggestion.
    case hint = 4

    /// The word for it.
    public var word: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .information: "note"
      case .hint: "hint"
      }
    }
  }

  /// A place elsewhere that has to do with it.
  public struct Related: Sendable, Equatable {
    /// The document.
    public var uri: String
    /// Where.
    public var range: LSPRange
    /// What is there.
    public var message: String
  }

  /// Where.
  public var range: LSPRange
  /// How bad it is; servers may leave it to us.
  public var severity: Severity
  /// What is wrong.
  public var message: String
  /// Who found it, or empty.
  public var source: String
  /// Its code, or empty.
  public var code: String
  /// Places that have to do with it.
  public var related: [Related]
  /// As it came.
  public var json: JSON

  /// Reads a `Diagnostic`; one without a range stands at the beginning. Nil if it is no object.
  public init?(_ json: JSON) {
    guard json.kind == .object else { return nil }
    let nowhere = LSPPosition(line: 0, character: 0)
    range = LSPRange(json["range"]) ?? LSPRange(start: nowhere, end: nowhere)
    severity = (json["severity"]?.int).flatMap { Severity(rawValue: $0) } ?? .error
    // 3.18 allows markup.
    message = json["message"]?.string ?? json["message"]?["value"]?.string ?? ""
    source = json["source"]?.string ?? ""
    let code = json["code"]
    self.code = code?.string ?? code?.number ?? ""
    related =
      json["relatedInformation"]?.elements.compactMap { item in
        guard let uri = item["location"]?["uri"]?.string,
          let range = LSPRange(item["location"]?["range"])
        else { return nil }
        return Related(uri: uri, range: range, message: item["message"]?.string ?? "")
      } ?? []
    self.json = json
  }
}
