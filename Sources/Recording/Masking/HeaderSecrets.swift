import Wire

/// Secrets in the values of header fields.
enum HeaderSecrets {
  /// The secrets of a header field that is one by its name.
  static func hits(_ field: HeaderField, _ names: SecretName) -> [SecretScanner.Hit] {
    let value = Array(field.value.utf8)
    let name = field.name
    switch name.lowercased() {
    case "cookie": return cookies(value, name)
    case "set-cookie": return cookies(value, name, onlyFirst: true)
    case "authorization", "proxy-authorization": return credentials(value, name)
    case "mcp-session-id": return whole(value, name)
    case "www-authenticate", "proxy-authenticate": return []
    default:
      if case .plain = names.verdict(Array(name.utf8)) { return [] }
      return credentials(value, name)
    }
  }

  /// All of it.
  static func whole(_ value: [UInt8], _ name: String) -> [SecretScanner.Hit] {
    value.isEmpty || isMasked(value[...]) ? [] : [.init(range: 0..<value.count, name: name)]
  }

  /// All but the scheme.
  static func credentials(_ value: [UInt8], _ name: String) -> [SecretScanner.Hit] {
    guard let blank = value.firstIndex(of: 0x20), blank + 1 < value.count else {
      return whole(value, name)
    }
    let scheme = String(decoding: value[..<blank], as: UTF8.self).lowercased()
    guard SecretScanner.schemes.contains(scheme) || scheme.hasPrefix("aws4-") else {
      return whole(value, name)
    }
    if isMasked(value[(blank + 1)...]) { return [] }
    return [.init(range: (blank + 1)..<value.count, name: name)]
  }

  /// What is behind the `=` of each cookie; of a cookie that is set, only the first.
  static func cookies(
    _ value: [UInt8], _ name: String, onlyFirst: Bool = false
  ) -> [SecretScanner.Hit] {
    var hits: [SecretScanner.Hit] = []
    for part in value.split(separator: 0x3B) {
      let start = part.firstIndex(of: 0x3D).map { $0 + 1 } ?? part.startIndex
      let range = start..<part.endIndex
      if !range.isEmpty, !isMasked(value[range]) { hits.append(.init(range: range, name: name)) }
      if onlyFirst { break }
    }
    return hits
  }

  private static func isMasked(_ value: ArraySlice<UInt8>) -> Bool {
    value.starts(with: Array("<masked ".utf8))
  }
}
