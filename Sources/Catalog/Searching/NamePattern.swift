/// A shell's pattern for names: `*` stands for any letters, `?` for one; upper and lower case are one.
public struct NamePattern: Sendable {
  private let glob: [UnicodeScalar]

  /// The pattern; one with neither star nor question mark fits names that contain it.
  public init(_ text: String, isPart: Bool = false) {
    let isGlob = text.contains { $0 == "*" || $0 == "?" }
    glob = Array((isGlob || !isPart ? text : "*\(text)*").lowercased().unicodeScalars)
  }

  /// Whether a name fits.
  ///
  /// Without recursion: on a mismatch the last star takes one more character.
  public func matches(_ text: String) -> Bool {
    let name = Array(text.lowercased().unicodeScalars)
    var at = 0
    var pattern = 0
    var star: (pattern: Int, at: Int)?
    while at < name.count {
      if pattern < glob.count, glob[pattern] == "*" {
        star = (pattern, at)
        pattern += 1
      } else if pattern < glob.count, glob[pattern] == "?" || glob[pattern] == name[at] {
        at += 1
        pattern += 1
      } else if let last = star {
        star = (last.pattern, last.at + 1)
        pattern = last.pattern + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    return glob[pattern...].allSatisfy { $0 == "*" }
  }
}
