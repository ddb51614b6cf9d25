/// What stands for the target in an archive, which has only URLs: of what is none, the letters that no
/// URL can have are spelt as `%20`.
enum HARAddress {
  /// The URL.
  static func url(_ target: String) -> String {
    if target.isEmpty { return "about:blank" }
    return String(decoding: target.utf8.flatMap(spelling), as: UTF8.self)
  }

  private static func spelling(_ byte: UInt8) -> [UInt8] {
    let isFine = (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
    return isFine ? [byte] : Array("%\(Hex.text(UInt64(byte), digits: 2))".utf8)
  }

  /// The target of a URL, which is no URL itself if its scheme is one of ours.
  static func target(_ url: String) -> String {
    if url == "about:blank" { return "" }
    guard ["stdio:", "unix:", "tcp:"].contains(where: url.hasPrefix) else { return url }
    return PercentCoding.decoded(url)
  }
}
