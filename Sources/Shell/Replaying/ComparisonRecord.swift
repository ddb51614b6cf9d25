import LosslessJSON
import Recording
import Session
import View

/// A comparison as one line of NDJSON, as `--json` writes it.
enum ComparisonRecord {
  /// The line of one, without a newline.
  static func line(_ compared: ComparedExchange) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    member("exchange", JSON(compared.number), &writer)
    if let new = compared.new { member("new", JSON(new.number), &writer) }
    member("name", JSON(compared.name), &writer)
    member("verdict", JSON(compared.verdict.rawValue), &writer)
    if let diff = compared.diff {
      if let (old, new) = diff.status { pair("status", old.rawValue, new.rawValue, &writer) }
      if let (old, new) = diff.http {
        pair("http", old.map(JSON.init) ?? .null, new.map(JSON.init) ?? .null, &writer)
      }
      changes(diff, &writer)
      if let (old, new) = diff.bodies {
        pair(
          "body", String(decoding: old, as: UTF8.self), String(decoding: new, as: UTF8.self),
          &writer)
      }
      findings(diff, &writer)
      let (old, new) = diff.latency
      pair("seconds", seconds(old), seconds(new), &writer)
    }
    writer.endObject()
    return writer.bytes
  }

  /// The last line.
  static func summary(_ tally: ComparisonTally) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("summary")
    writer.beginObject()
    for verdict in ExchangeVerdict.allCases {
      if let count = tally.counts[verdict] { member(verdict.rawValue, JSON(count), &writer) }
    }
    for (name, part) in [("p50", 0.5), ("p95", 0.95)] {
      guard let (old, new) = tally.latency(percentile: part) else { continue }
      pair(name, seconds(old), seconds(new), &writer)
    }
    writer.endObject()
    writer.key("vary")
    writer.beginArray()
    for proposal in tally.proposals {
      writer.string("\(proposal.rule.kind.rawValue):\(proposal.rule.pattern.text)")
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  private static func changes(_ diff: ExchangeDiff, _ writer: inout JSONWriter) {
    writer.key("changes")
    writer.beginArray()
    for part in diff.parts {
      let root = part.part.rawValue + (part.place.map { "[\($0)]" } ?? "")
      guard let inner = part.diff else {
        change(part.old == nil ? "added" : "removed", root, part.old, part.new, &writer)
        continue
      }
      for one in inner.changes {
        let path = one.path.steps.isEmpty ? root : root + one.path.description
        change(one.kind.rawValue, path, one.old, one.new, from: one.oldPath, &writer)
      }
    }
    writer.endArray()
  }

  private static func change(
    _ kind: String, _ path: String, _ old: JSON?, _ new: JSON?, from: JSONPath? = nil,
    _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    member("path", JSON("$.\(path)"), &writer)
    member("kind", JSON(kind), &writer)
    if kind == JSONChange.Kind.moved.rawValue {
      if let from { member("from", JSON(from.description), &writer) }
    } else {
      if let old { member("old", old, &writer) }
      if let new { member("new", new, &writer) }
    }
    writer.endObject()
  }

  private static func findings(_ diff: ExchangeDiff, _ writer: inout JSONWriter) {
    for (name, rules) in [
      ("newFindings", diff.addedFindings), ("goneFindings", diff.removedFindings),
    ] where !rules.isEmpty { member(name, JSON.array(rules.map { JSON($0) }), &writer) }
  }

  private static func seconds(_ duration: Duration?) -> JSON {
    duration.flatMap { JSON($0.seconds) } ?? .null
  }

  private static func pair(
    _ name: String, _ old: String, _ new: String, _ writer: inout JSONWriter
  ) {
    pair(name, JSON(old), JSON(new), &writer)
  }

  private static func pair(_ name: String, _ old: JSON, _ new: JSON, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.beginArray()
    for value in [old, new] { writer.value(value) }
    writer.endArray()
  }

  private static func member(_ name: String, _ value: JSON, _ writer: inout JSONWriter) {
    writer.key(name)
    // A value spelt over several lines would break the line.
    writer.value(value.bytes.contains(0x0A) || value.bytes.contains(0x0D) ? value.onOneLine : value)
  }
}
