import LosslessJSON
import Wire

/// Descriptions that servers give for a plain GET: service mapping descriptions, Kodi's own, OpenRPC
/// documents, and the `/map` page of json-rpc's back ends.
enum FetchedDocument {
  /// A path to ask for, with the reason.
  struct Place: Equatable {
    /// The path, from the server's root on; nil for the target's own.
    var path: String?
    /// What is hoped for.
    var what: String
  }

  /// Where a description may be, by what is known of the server; empty where none is likely.
  ///
  /// `head` is that of a reply to a POST, `isUnderstood` whether any reply was JSON-RPC.
  static func places(_ traits: ChannelTraits, _ head: ReplyHead?, isUnderstood: Bool) -> [Place] {
    guard traits.kind == .http else { return [] }
    let address = traits.peer.lowercased()
    let software = [head?.header("server"), head?.header("x-powered-by")].compactMap { $0 }
      .joined(separator: " ").lowercased()
    func names(_ words: String...) -> Bool { words.contains { software.contains($0) } }
    var places: [Place] = []
    let own = Place(path: nil, what: "a description of its services")
    let isMarked = ["smd", ".php", "kodi", ":8080/jsonrpc"].contains { address.contains($0) }
    if isMarked || names("php") || !isUnderstood { places.append(own) }
    if names(
      "werkzeug", "wsgi", "gunicorn", "waitress", "cherrypy", "python", "uvicorn", "daphne",
      "hypercorn")
    {
      let prefix = path(of: traits.peer)
      places.append(Place(path: prefix + "/map", what: "json-rpc's page of its methods"))
      places.append(Place(path: prefix + "/openrpc.json", what: "an OpenRPC document"))
      if !prefix.isEmpty {
        places.append(Place(path: "/openrpc.json", what: "an OpenRPC document"))
      }
    }
    return places
  }

  /// The path of a URL without its last slash.
  private static func path(of url: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count > 3 else { return "" }
    let path = "/" + parts[3].prefix { $0 != "?" && $0 != "#" }
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The methods that a document describes; nil if it describes none.
  static func read(_ bytes: [UInt8], source: String) -> MethodCatalog? {
    if let json = try? JSON(reading: bytes) {
      guard json.kind == .object, json["error"] == nil else { return nil }
      let catalog = try? DescriptionReader.read(json, source: source)
      return catalog.flatMap { $0.isEmpty ? nil : $0 }
    }
    guard bytes.count <= 4 << 20 else { return nil }
    return MapPageReader.read(String(decoding: bytes, as: UTF8.self), source: source)
  }
}
