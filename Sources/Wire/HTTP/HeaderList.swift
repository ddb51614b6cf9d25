import CCurl

/// The header lines of a request as a libcurl list, freed with it.
///
/// Belongs to the loop's thread.
final class HeaderList {
  /// The list as libcurl takes it.
  let list: UnsafeMutablePointer<curl_slist>?

  /// Makes the list of those lines.
  init(_ lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { list = ccurl_slist_append(list, line) ?? list }
    self.list = list
  }

  deinit {
    if let list { ccurl_slist_free(list) }
  }
}

/// Which headers a request has: defaults, the channel's, and the send's, the later over the earlier.
struct HeaderPlan: Equatable {
  /// The fields in order; an empty value removes what libcurl would send by itself.
  private(set) var fields: [HeaderField]

  /// The defaults for a request with or without a body.
  init(userAgent: String, hasBody: Bool) {
    fields = hasBody ? [HeaderField("Content-Type", "application/json")] : []
    fields += [
      HeaderField("Accept", "application/json, text/event-stream"),
      HeaderField("User-Agent", userAgent), HeaderField("Expect", ""),
    ]
  }

  /// Puts fields over those of the same names; several of one name stay together.
  mutating func override(_ others: [HeaderField]) throws(WireError) {
    for field in others { try Self.check(field) }
    let names = Set(others.map { $0.name.lowercased() })
    fields.removeAll { names.contains($0.name.lowercased()) }
    fields += others
  }

  /// The lines as libcurl takes them: `Name:` keeps a header from being sent.
  var lines: [String] {
    fields.map { $0.value.isEmpty ? "\($0.name):" : "\($0.name): \($0.value)" }
  }

  /// Refuses what would break out of its line.
  private static func check(_ field: HeaderField) throws(WireError) {
    let isToken = field.name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
      default: false
      }
    }
    guard isToken, !field.name.isEmpty else {
      throw .unsupported("a header can't be named \"\(field.name)\"")
    }
    guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw .unsupported("the value of \(field.name) holds a control character")
    }
  }
}
