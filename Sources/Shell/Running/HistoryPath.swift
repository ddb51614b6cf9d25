#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the history of a target is kept.
enum HistoryPath {
  /// A file under the user's state directory (XDG), one a target; nil without a home.
  static func path(target: String) -> String? {
    guard let base = stateDirectory else { return nil }
    return "\(base)/rpcscope/history/\(fileName(target))"
  }

  private static var stateDirectory: String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state }
    return environment("HOME").map { $0 + "/.local/state" }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The target's characters as far as they fit a file name, and a hash that tells targets apart.
  private static func fileName(_ target: String) -> String {
    let letters = target.unicodeScalars.prefix(60).map { scalar -> Character in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain || scalar == "." || scalar == "-" ? Character(scalar) : "_"
    }
    // FNV-1a: the same in every run, unlike Swift's own hashes.
    let hash = target.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(letters) + "-" + String(hash, radix: 16) + ".jsonl"
  }
}
