public import LosslessJSON

/// What the bytes are that findings are about, as the line `-->` names it.
public struct FindingSource: Sendable, Hashable {
  /// A reply's or a file's name; empty if it needs none.
  public var name: String
  /// Whether it is a file, whose places compilers write as `name:line:column`.
  public var isFile: Bool
  /// Whether offsets into it mean nothing to who reads of them.
  private var isEvidence = false

  /// Something of that name.
  public init(name: String, isFile: Bool = false) {
    self.name = name
    self.isFile = isFile
  }

  /// Text that needs no name.
  public static let unnamed = FindingSource(name: "", isFile: false)

  /// The reply of an exchange: `reply 7`.
  public static func reply(_ number: Int) -> FindingSource {
    FindingSource(name: "reply \(number)", isFile: false)
  }

  /// A file, or standard input.
  public static func file(_ name: String) -> FindingSource {
    FindingSource(name: name, isFile: true)
  }

  /// The text that a finding carries itself: what stood around the message.
  func evidence(of finding: Finding) -> FindingSource {
    let isHead = finding.rule.hasPrefix("http.")
    let whole = name.isEmpty ? "the message" : name
    var source = FindingSource(name: (isHead ? "head of " : "around ") + whole, isFile: false)
    source.isEvidence = true
    return source
  }

  /// A place: `reply 7, line 3, column 12 (byte 86)` or `reply.json:3:12 (byte 86)`.
  public func text(_ place: TextPosition) -> String {
    if isFile { return "\(name):\(place.line):\(place.column) (byte \(place.offset))" }
    let lead = name.isEmpty ? "" : "\(name), "
    let byte = isEvidence ? "" : " (byte \(place.offset))"
    return "\(lead)line \(place.line), column \(place.column)\(byte)"
  }
}
