import Terminal
import Wire

/// The name of a target in the prompt, which every line pays for.
enum PromptName {
  /// What is shown at most.
  static let longest = 32

  /// The name, short enough: of a program the path goes first, of a socket its folders, of a URL
  /// the scheme and then the middle.
  static func of(_ connection: Connection) -> String {
    if !connection.name.isEmpty { return cut(SafeText.escape(connection.name)) }
    let whole = connection.displayName
    switch connection.target {
    case .child(let argv):
      let bare = Target.child([base(argv.first ?? "")] + argv.dropFirst())
      return cut(SafeText.escape(whole.count > longest ? bare.displayName : whole))
    case .unix(let path):
      return cut(SafeText.escape(whole.count > longest ? "unix:…/\(base(path))" : whole))
    case .http:
      let bare = whole.hasPrefix("http://") ? String(whole.dropFirst(7)) : whole
      return middleCut(SafeText.escape(bare))
    default: return cut(SafeText.escape(whole))
    }
  }

  /// The last part of a path.
  private static func base(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func cut(_ name: String) -> String {
    name.count > longest ? name.prefix(longest - 1) + "…" : name
  }

  /// The host at the beginning and the end of the path tell most.
  private static func middleCut(_ name: String) -> String {
    if name.count <= longest { return name }
    let tail = longest / 3
    return name.prefix(longest - 1 - tail) + "…" + name.suffix(tail)
  }
}
