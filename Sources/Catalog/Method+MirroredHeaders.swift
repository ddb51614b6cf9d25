public import LosslessJSON
import Session
public import Wire

extension Method {
  /// The headers that repeat params whose schema wants it (`x-mcp-header`, MCP 2026-07-28 over HTTP).
  public func mirroredHeaders(_ params: JSON?) -> [HeaderField] {
    guard let params, nature == "tool" else { return [] }
    return (self.params ?? []).flatMap { param in
      Self.headers(param.schema, params[param.name], depth: 0)
    }
  }

  /// Only what lies on a chain of properties counts; depth is bounded, for schemas come from outside.
  private static func headers(_ schema: Schema, _ value: JSON?, depth: Int) -> [HeaderField] {
    guard let value, !value.isNull, depth < 8 else { return [] }
    var fields: [HeaderField] = []
    if let name = schema.json["x-mcp-header"]?.string, isToken(name), !value.isStructured {
      let text = value.string ?? value.text
      fields.append(HeaderField("Mcp-Param-\(name)", MCPDialect.fieldValue(text)))
    }
    guard schema.json["properties"] != nil else { return fields }
    return fields
      + schema.properties.flatMap { headers($0.schema, value[$0.name], depth: depth + 1) }
  }

  /// Whether a text can be part of a header's name (RFC 9110 section 5.6.2).
  private static func isToken(_ text: String) -> Bool {
    let marks = Set("!#$%&'*+-.^_`|~".utf8)
    return !text.isEmpty
      && text.utf8.allSatisfy { byte in
        marks.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
  }
}

extension JSON {
  fileprivate var isStructured: Bool { kind == .object || kind == .array }
}
