/// Reads the `/map` page of json-rpc's Flask and Django back ends: names with docstrings.
public enum MapPageReader {
  /// The methods of a page; nil if it is none.
  ///
  /// The page is `<h1>JSON-RPC map</h1><pre>` and for each method `name: docstring`, further lines of
  /// the docstring as they are; a line that begins at the margin with a name and a colon is a method.
  public static func read(_ page: String, source: String) -> MethodCatalog? {
    guard page.contains("JSON-RPC map"), let start = page.firstRange(of: "<pre>") else {
      return nil
    }
    let rest = page[start.upperBound...]
    let body = rest.firstRange(of: "</pre>").map { rest[..<$0.lowerBound] } ?? rest
    var methods: [Method] = []
    var doc: [Substring] = []
    func end() {
      guard !methods.isEmpty else { return }
      methods[methods.count - 1].setDoc(doc.joined(separator: "\n"))
    }
    for line in unescape(String(body)).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if let colon = line.firstIndex(of: ":"), isName(line[..<colon]) {
        end()
        methods.append(Method(String(line[..<colon])))
        doc = [line[line.index(after: colon)...]]
      } else {
        doc.append(line)
      }
    }
    end()
    return methods.isEmpty ? nil : MethodCatalog(source: source, methods: methods)
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.first, !first.isWhitespace, first != ":" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || "._-/".contains($0) }
  }

  private static func unescape(_ text: String) -> String {
    var result = text
    for (entity, character) in [
      ("<br>", "\n"), ("<br/>", "\n"), ("<br />", "\n"), ("&lt;", "<"), ("&gt;", ">"),
      ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&nbsp;", " "), ("&amp;", "&"),
    ] {
      result = result.split(separator: entity, omittingEmptySubsequences: false)
        .joined(separator: character)
    }
    return result
  }
}
