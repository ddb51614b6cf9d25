/// The value of a `Content-Type` field taken apart.
struct MediaType {
  /// `application/json`, in small letters; empty if there is none.
  let essence: String
  /// The `charset` parameter without quotes.
  let charset: String?

  init(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    essence = Self.trimmed(parts.first ?? "").lowercased()
    charset = Self.charset(parts.dropFirst())
  }

  private static func charset(_ parameters: ArraySlice<Substring>) -> String? {
    for parameter in parameters {
      let halves = parameter.split(separator: "=", maxSplits: 1)
      guard halves.count == 2, trimmed(halves[0]).lowercased() == "charset" else { continue }
      return trimmed(halves[1]).filter { $0 != "\"" }
    }
    return nil
  }

  /// Whether it says that the text is JSON: `application/json`, `…+json` and JSON-RPC's own names.
  var isJSON: Bool {
    essence.hasSuffix("/json") || essence.hasSuffix("+json") || essence.hasSuffix("/json-rpc")
      || essence.hasSuffix("/jsonrequest") || essence.hasSuffix("/vscode-jsonrpc")
  }

  /// Whether a charset is UTF-8, or ASCII, which is UTF-8 too.
  static func isUTF8(_ charset: String) -> Bool {
    ["utf-8", "utf8", "us-ascii", "ascii"].contains(charset.lowercased())
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
