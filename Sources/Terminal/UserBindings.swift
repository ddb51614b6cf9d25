#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The key sequences that the user's file binds, which must reach libedit as they are.
enum UserBindings {
  /// The sequences of that file, or of the one libedit reads by itself.
  static func sequences(file: String?) -> Set<[UInt8]> {
    guard let path = file ?? standardPath(), let text = read(path) else { return [] }
    return sequences(text)
  }

  /// The sequences of more than one byte among the keys that `bind` lines name.
  static func sequences(_ text: String) -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    for line in text.split(separator: "\n") {
      var words = line.split(whereSeparator: \.isWhitespace)[...]
      guard let first = words.popFirst(), first.split(separator: ":").last == "bind" else {
        continue
      }
      guard let key = words.first(where: { !$0.hasPrefix("-") }) else { continue }
      let bytes = decode(key.filter { $0 != "\"" && $0 != "'" })
      if bytes.count > 2, bytes.first == 0x1b { found.insert(bytes) }
    }
    return found
  }

  /// Reads libedit's notation: `^[`, `\e`, `\033` and the letters as they are.
  private static func decode(_ key: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(key.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "^"):
        guard let letter = rest.popFirst() else { return bytes + [byte] }
        bytes.append(letter == UInt8(ascii: "?") ? 0x7f : letter & 0x1f)
      case UInt8(ascii: "\\"):
        let digits = rest.prefix(3).prefix { (0x30..<0x38).contains($0) }
        if let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
          bytes.append(value)
          rest = rest.dropFirst(digits.count)
        } else if let letter = rest.popFirst() {
          bytes.append(letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") ? 0x1b : letter)
        }
      default: bytes.append(byte)
      }
    }
    return bytes
  }

  private static func standardPath() -> String? {
    if let path = TerminalKind.environment("EDITRC") { return path }
    return TerminalKind.environment("HOME").map { $0 + "/.editrc" }
  }

  private static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = Platform.read(descriptor, &chunk)
    return count > 0 ? String(decoding: chunk[..<count], as: UTF8.self) : nil
  }
}
