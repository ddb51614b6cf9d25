import LosslessJSON

/// A reply on its way out. It is the text of a `Response`, written without being read again, which
/// is what large results take the longest for.
struct Reply: Sendable {
  var outcome: Response.Outcome
  var id: RequestID
  var version: ProtocolVersion

  /// A reply to something whose id could not be told.
  init(refusal error: ErrorObject) {
    self.init(outcome: .error(error), id: .null, version: .v2)
  }

  init(outcome: Response.Outcome, id: RequestID, version: ProtocolVersion) {
    self.outcome = outcome
    self.id = id
    self.version = version
  }

  var bytes: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    if version == .v2 {
      writer.key("jsonrpc")
      writer.string("2.0")
    }
    switch outcome {
    case .result(let value):
      writer.key("result")
      writer.value(value)
      if version == .v1 { writeNull("error", to: &writer) }
    case .error(let error):
      if version == .v1 { writeNull("result", to: &writer) }
      writer.key("error")
      writer.value(error.json)
    }
    writer.key("id")
    writer.value(id.json)
    writer.endObject()
  }

  /// 1.0 wants both members, the one that does not apply as null.
  private func writeNull(_ name: String, to writer: inout JSONWriter) {
    writer.key(name)
    writer.literal("null")
  }
}
