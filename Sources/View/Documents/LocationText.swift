public import LosslessJSON
import Session
public import Terminal

/// Places in documents, each with the line that stands there.
public struct LocationText: Sendable {
  private struct Place {
    var uri: String
    var range: LSPRange
    var name = ""
    var depth = 0
  }

  private let sources: DocumentSources
  private let limit: Int

  /// At most so many lines.
  public init(_ sources: DocumentSources, limit: Int = 40) {
    self.sources = sources
    self.limit = limit
  }

  /// The places in a result: locations, links, symbols, items of a hierarchy. Empty if it has none.
  ///
  /// `uri` is the document that was asked about, whose symbols do not name it.
  public func lines(_ result: JSON, document uri: String?) -> [StyledText] {
    let items = result.kind == .array ? Array(result.elements.prefix(10_000)) : [result]
    var places: [Place] = []
    for item in items { collect(item, uri, 0, &places) }
    guard !places.isEmpty else { return [] }
    var texts: [String: DocumentText?] = [:]
    let lines = places.prefix(limit + 1).map { place -> StyledText in
      let text = texts[place.uri] ?? sources.text(place.uri)
      texts[place.uri] = .some(text)
      var line = StyledText(String(repeating: "  ", count: place.depth))
      line.append(sources.placed(place.uri, place.range.start, in: text))
      line.append("  ")
      if !place.name.isEmpty { line.append(SafeText.escape(place.name) + "  ", .strong) }
      line.append(sources.line(place.range, in: text))
      return line
    }
    if places.count <= limit { return lines }
    return lines.prefix(limit) + [StyledText("… \(places.count - limit) more", .dim)]
  }

  private func collect(_ item: JSON, _ uri: String?, _ depth: Int, _ places: inout [Place]) {
    guard item.kind == .object, places.count < 10_000, depth < 20 else { return }
    if let uri = item["targetUri"]?.string,
      let range = LSPRange(item["targetSelectionRange"]) ?? LSPRange(item["targetRange"])
    {
      places.append(Place(uri: uri, range: range))
    } else if let location = item["location"], let uri = location["uri"]?.string {
      // A workspace symbol may leave its range for later.
      let start = LSPPosition(line: 0, character: 0)
      let range = LSPRange(location["range"]) ?? LSPRange(start: start, end: start)
      places.append(Place(uri: uri, range: range, name: item["name"]?.string ?? ""))
    } else if let caller = item["from"] ?? item["to"], caller["uri"] != nil {
      collect(caller, uri, depth, &places)
    } else if let range = LSPRange(item["selectionRange"]), let name = item["name"]?.string {
      guard let uri = item["uri"]?.string ?? uri else { return }
      places.append(Place(uri: uri, range: range, name: name, depth: depth))
      for child in item["children"]?.elements.map({ $0 }) ?? [] {
        collect(child, uri, depth + 1, &places)
      }
    } else if let uri = item["uri"]?.string, let range = LSPRange(item["range"]) {
      places.append(Place(uri: uri, range: range))
    }
  }
}
