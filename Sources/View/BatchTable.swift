import JSONRPC
import LosslessJSON
public import Session
public import Terminal

/// A batch as a table: each request against its reply.
public enum BatchTable {
  /// The table's lines.
  public static func lines(_ exchange: Exchange, width: Int) -> [StyledText] {
    var table = Table([
      .init("#", isRight: true, isOptional: true), .init("id", isFlexible: true),
      .init("request", isFlexible: true),
      .init("reply", isFlexible: true), .init(""),
    ])
    for row in BatchPairing(exchange).rows {
      table.add([
        StyledText(row.requestPlace.map { "\($0 + 1)" } ?? "", .dim),
        id(row), request(row.request), reply(row), marks(row.marks),
      ])
    }
    return table.lines(width: width)
  }

  private static func id(_ row: BatchPairing.Row) -> StyledText {
    let id = row.request?["id"] ?? row.response?.id?.json
    return id.map { JSONText.line($0.bytes, limit: 20) } ?? StyledText("-", .dim)
  }

  private static func request(_ request: JSON?) -> StyledText {
    guard let request else { return StyledText("-", .dim) }
    guard let method = request["method"]?.string else {
      return JSONText.line(request.bytes, limit: 200)
    }
    var text = StyledText(SafeText.escape(method), .method)
    if let params = request["params"] {
      text.append(" ")
      text.append(JSONText.line(params.bytes, limit: 200))
    }
    return text
  }

  private static func reply(_ row: BatchPairing.Row) -> StyledText {
    guard let response = row.response else { return StyledText("-", .dim) }
    switch response.outcome {
    case .result(let value): return JSONText.line(value.bytes, limit: 200)
    case .error(let error):
      let words = [error.codeText, error.message].compactMap { $0 }.joined(separator: " ")
      return StyledText("error \(SafeText.escape(words))", .error)
    }
  }

  private static func marks(_ marks: [BatchPairing.Mark]) -> StyledText {
    var text = StyledText()
    for mark in marks {
      if !text.isEmpty { text.append(", ") }
      switch mark {
      case .missing, .surplus, .duplicate: text.append(mark.rawValue, .error)
      case .outOfOrder: text.append(mark.rawValue, .note)
      case .notification: text.append(mark.rawValue, .dim)
      }
    }
    return text
  }
}
