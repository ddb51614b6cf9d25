extension JSON {
  /// The JSON of a Swift value. Numbers get their shortest spelling, and whole doubles that every
  /// reader holds exactly are spelt as integers (`19`, not `19.0`). A `JSON` inside stays as spelt.
  ///
  /// Infinities and NaN are refused, because JSON does not have them.
  public init(
    encoding value: some Encodable, userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws(JSONEncodingError) {
    if let json = value as? JSON {
      self = json
      return
    }
    do {
      let encoder = ValueEncoder(slot: EncodingSlot(), codingPath: [], userInfo: userInfo)
      try encoder.write(value)
      var writer = JSONWriter()
      encoder.slot.write(to: &writer)
      self = writer.finished()
    } catch let error as JSONEncodingError {
      throw error
    } catch let error as EncodingError {
      throw JSONEncodingError(error)
    } catch {
      throw JSONEncodingError(path: JSONPath([]), message: "was refused: \(error)")
    }
  }
}

extension JSONEncodingError {
  init(_ error: EncodingError) {
    switch error {
    case .invalidValue(_, let context):
      self.init(path: JSONPath(codingPath: context.codingPath), message: context.debugDescription)
    @unknown default:
      self.init(path: JSONPath([]), message: "was refused: \(error)")
    }
  }
}

/// A place that an encoder fills: nothing yet, a finished text, or a container that still grows.
final class EncodingSlot {
  enum Contents {
    case nothing
    case literal(String)
    case string(String)
    case json(JSON)
    case array([EncodingSlot])
    case object([(String, EncodingSlot)])
  }

  var contents = Contents.nothing

  func append() -> EncodingSlot {
    let slot = EncodingSlot()
    guard case .array(var slots) = contents else { return slot }
    contents = .nothing
    slots.append(slot)
    contents = .array(slots)
    return slot
  }

  /// A place for another member.
  func member(_ name: String) -> EncodingSlot {
    let slot = EncodingSlot()
    guard case .object(var members) = contents else { return slot }
    contents = .nothing
    members.append((name, slot))
    contents = .object(members)
    return slot
  }

  func write(to writer: inout JSONWriter) {
    switch contents {
    case .nothing: writer.literal("null")
    case .literal(let text): writer.literal(text)
    case .string(let text): writer.string(text)
    case .json(let value): writer.value(value)
    case .array(let slots):
      writer.beginArray()
      for slot in slots { slot.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for (name, slot) in members {
        writer.key(name)
        slot.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
