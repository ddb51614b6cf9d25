/// Paths of files and their `file:` URIs (RFC 8089).
public enum FileURI {
  private static let plain = Set("/-._~".utf8)

  /// The URI of an absolute path.
  public static func of(path: String) -> String {
    "file://"
      + path.utf8.map { byte in
        let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        if isLetter || (0x30...0x39).contains(byte) || plain.contains(byte) {
          return String(UnicodeScalar(byte))
        }
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }.joined()
  }

  /// The path that a URI names; nil if it is no file of this machine, or the path no text.
  public static func path(of uri: String) -> String? {
    guard uri.lowercased().hasPrefix("file://") else { return nil }
    var rest = uri.dropFirst("file://".count)
    if rest.lowercased().hasPrefix("localhost/") { rest = rest.dropFirst("localhost".count) }
    guard rest.hasPrefix("/") else { return nil }
    var bytes: [UInt8] = []
    var units = Array(rest.utf8)[...]
    while let byte = units.popFirst() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: units.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, digits.utf8.first != 0x2B, let value = UInt8(digits, radix: 16),
        value != 0
      else { return nil }
      bytes.append(value)
      units = units.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// What two URIs of one file have in common, however they are escaped.
  public static func key(_ uri: String) -> String { path(of: uri) ?? uri }

  /// A path without `.`, `..` and doubled slashes; a relative one begins at the folder.
  public static func absolute(_ path: String, in folder: String) -> String {
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }
}
