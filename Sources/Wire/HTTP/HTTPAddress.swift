/// The parts of a URL that a channel has to know before libcurl is loaded.
struct HTTPAddress: Sendable, Equatable {
  /// The URL without user and password, as it is shown and as it is fetched.
  var url: String
  /// The user inside the URL.
  var user: String?
  /// The password inside the URL.
  var password: String?
  /// The host, without the brackets of an IPv6 address.
  var host: String
  /// The port, also where the URL leaves it to the scheme.
  var port: Int
  /// Whether the scheme is `https`.
  var isSecure: Bool

  /// The peer as error messages name it.
  var peer: String { host.utf8.contains(0x3A) ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// Whether the host is an address, so that no name is looked up.
  var isNumeric: Bool {
    host.utf8.contains(0x3A)
      || (!host.isEmpty && host.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2E })
  }

  /// Takes a URL apart.
  init(_ text: String) throws(WireError) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw .badTarget("a URL can't hold blanks or control characters: write them as %20")
    }
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: 0x3A), bytes[colon...].starts(with: Array("://".utf8))
    else { throw .badTarget("\(text) has no scheme: write http:// or https:// before it") }
    let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw .badTarget("\(scheme) is not a scheme of HTTP")
    }
    isSecure = scheme == "https"
    let rest = bytes[(colon + 3)...]
    let end = rest.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
    var place = rest[..<end]
    if let at = place.lastIndex(of: 0x40) {
      (user, password) = Self.credentials(place[..<at])
      place = place[(at + 1)...]
    }
    (host, port) = try Self.hostAndPort(place, isSecure ? 443 : 80)
    url =
      scheme + "://" + String(decoding: place, as: UTF8.self)
      + String(decoding: rest[end...], as: UTF8.self)
  }

  private static func credentials(_ text: ArraySlice<UInt8>) -> (String?, String?) {
    guard let colon = text.firstIndex(of: 0x3A) else { return (unescape(text), nil) }
    return (unescape(text[..<colon]), unescape(text[(colon + 1)...]))
  }

  private static func hostAndPort(
    _ place: ArraySlice<UInt8>, _ usual: Int
  ) throws(WireError) -> (String, Int) {
    var host = place
    var digits = place[place.endIndex...]
    if place.first == 0x5B {
      guard let close = place.firstIndex(of: 0x5D) else {
        throw .badTarget("the [ of an IPv6 address is not closed")
      }
      host = place[(place.startIndex + 1)..<close]
      digits = place[(close + 1)...]
    } else if let colon = place.firstIndex(of: 0x3A) {
      host = place[..<colon]
      digits = place[colon...]
    }
    guard !host.isEmpty else { throw .badTarget("the URL has no host") }
    let name = String(decoding: host, as: UTF8.self)
    guard !digits.dropFirst().isEmpty else { return (name, usual) }
    guard digits.first == 0x3A,
      let port = UInt16(String(decoding: digits.dropFirst(), as: UTF8.self)), port > 0
    else { throw .badTarget("the port must be a number up to 65535") }
    return (name, Int(port))
  }

  private static func unescape(_ text: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
