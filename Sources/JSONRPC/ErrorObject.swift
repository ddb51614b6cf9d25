public import LosslessJSON

/// What a server says went wrong (2.0 section 5.1), or whatever it put in that place.
public struct ErrorObject: Sendable, Hashable {
  /// The exact value.
  public let json: JSON

  /// An error of those parts; null data is left out.
  public init(code: Int, message: String, data: JSON? = nil) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("code")
    writer.value(JSON(code))
    writer.key("message")
    writer.string(message)
    if let data, !data.isNull {
      writer.key("data")
      writer.value(data)
    }
    writer.endObject()
    json = writer.finished()
  }

  /// An error from an object that a person wrote: it must have an integer code and a string
  /// message; other members are kept, null data is left out.
  public init(checking object: JSON) throws(MessageError) {
    guard object.kind == .object, let code = object["code"], code.isInteger,
      object["message"]?.kind == .string
    else { throw .badErrorObject }
    let kept = object.members.filter { !($0.name == "data" && $0.value.isNull) }
    json = JSON.object(kept.map { ($0.name, $0.value) })
  }

  /// What a server sent in the place of an error, of whatever kind.
  public init(received json: JSON) { self.json = json }

  /// The code as spelt, if there is one; a number in a proper error.
  public var codeText: String? { json["code"].map { $0.string ?? $0.text } }

  /// The code, if it is an integer.
  public var code: Int? { json["code"]?.int }

  /// The message; of an error that is a mere string, that string; else nil.
  public var message: String? { json["message"]?.string ?? json.string }

  /// What more the server says.
  public var data: JSON? { json["data"] }
}

extension JSON {
  /// Whether this is a number spelt without fraction and exponent, of any size.
  var isInteger: Bool {
    kind == .number && bytes.allSatisfy { $0 == 0x2D || ($0 >= 0x30 && $0 <= 0x39) }
  }
}
