import LosslessJSON
import View

/// The findings of an inspection as NDJSON: one object a line.
enum InspectionRecord {
  /// All lines, each with its newline.
  static func lines(_ inspection: Inspection) -> [UInt8] {
    var places = TextPlaces(in: inspection.bytes)
    var bytes: [UInt8] = []
    for located in inspection.findings {
      bytes += line(located, inspection, &places) + [0x0A]
    }
    return bytes
  }

  private static func line(
    _ located: LocatedFinding, _ inspection: Inspection, _ places: inout TextPlaces
  ) -> [UInt8] {
    let finding = located.finding
    var writer = JSONWriter()
    func member(_ name: String, _ text: String) {
      writer.key(name)
      writer.string(text)
    }
    func member(_ name: String, _ number: Int) {
      writer.key(name)
      writer.value(JSON(number))
    }
    writer.beginObject()
    member("file", inspection.source)
    if let number = located.number { member("number", number) }
    member("rule", finding.rule)
    member("severity", finding.severity.rawValue)
    if let range = finding.range, finding.evidence == nil {
      let place = places.position(of: range.lowerBound)
      member("byte", range.lowerBound)
      member("length", range.count)
      member("line", place.line)
      member("column", place.column)
    }
    member("message", finding.message)
    if !finding.hint.isEmpty { member("hint", finding.hint) }
    if !finding.section.isEmpty { member("section", finding.section) }
    writer.endObject()
    return writer.bytes
  }
}
