import LosslessJSON
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One file or more for every rule, with what is expected of each in `Corpus/tables/corpus.json`.
///
/// A file is named after the rule it is about, and after a `+` what sets it apart.
@Suite("Corpus of faults")
struct CorpusTests {
  /// The limits that show the faults of two files without files of gigabytes.
  static func limits(_ name: String) -> JSONLimits {
    switch name {
    case "json.too-deep.json": JSONLimits(maxDepth: 3)
    case "json.too-large.json": JSONLimits(maxBytes: 64)
    default: .standard
    }
  }

  static func diagnosis(_ name: String) throws -> JSONDiagnosis {
    JSONDiagnosis(of: try #require(TestFiles.corpus.contents(name)), limits: limits(name))
  }

  /// One line of the table: the file, whether it is valid, its findings, the mended text.
  static func row(_ name: String, _ diagnosis: JSONDiagnosis) -> JSON {
    var writer = JSONWriter()
    writer.beginArray()
    writer.string(name)
    writer.literal(diagnosis.isValid ? "true" : "false")
    writer.beginArray()
    for finding in diagnosis.findings {
      writer.beginArray()
      writer.string(finding.severity.rawValue)
      writer.string(finding.rule)
      writer.literal(String(finding.range?.lowerBound ?? -1))
      writer.literal(String(finding.range?.upperBound ?? -1))
      writer.endArray()
    }
    writer.endArray()
    let mended = diagnosis.value.map { String(decoding: $0.document.bytes, as: UTF8.self) }
    if let mended, !diagnosis.isValid { writer.string(mended) } else { writer.literal("null") }
    writer.endArray()
    return writer.finished()
  }

  @Test("every file has the findings, in their places, and the mended text of the table")
  func table() throws {
    let rows = try TestFiles.corpus.names().map { Self.row($0, try Self.diagnosis($0)) }
    if getenv("RECORD_CORPUS") != nil {
      let text = "[\n" + rows.map { "  " + $0.text }.joined(separator: ",\n") + "\n]\n"
      #expect(TestFiles.tables.write(Array(text.utf8), "corpus.json"))
      Issue.record("recorded: read the difference, then run without RECORD_CORPUS")
      return
    }
    let table = Array(try TestFiles.tables.json("corpus.json").elements)
    #expect(table.map { $0[0]?.string } == TestFiles.corpus.names())
    for (row, expected) in zip(rows, table) { #expect(row.text == expected.text) }
  }

  @Test("no rule is without a file that shows it, and no file without a rule")
  func complete() throws {
    var shown = Set<String>()
    for name in TestFiles.corpus.names() {
      let stem = name.prefix { $0 != "+" }
      let rule =
        stem.hasSuffix(".json") || stem.hasSuffix(".bin")
        ? stem.split(separator: ".").dropLast().joined(separator: ".") : String(stem)
      #expect(JSONRule(rawValue: rule) != nil, "\(name) is named after a rule")
      let findings = try Self.diagnosis(name).findings
      #expect(findings.contains { $0.rule == rule }, "\(name) shows its rule")
      shown.insert(rule)
    }
    #expect(JSONRule.allCases.map(\.rawValue).filter { !shown.contains($0) } == [])
  }

  @Test("every finding is a rule's, with its severity, a sentence, and a place inside the text")
  func findings() throws {
    for name in TestFiles.corpus.names() {
      let count = try #require(TestFiles.corpus.contents(name)).count
      let diagnosis = try Self.diagnosis(name)
      for finding in diagnosis.findings {
        let rule = try #require(JSONRule(rawValue: finding.rule))
        #expect(finding.severity == rule.severity)
        let range = try #require(finding.range)
        #expect(range.lowerBound >= 0 && range.upperBound <= count, "\(name)")
        #expect(!finding.message.isEmpty && finding.message != rule.rawValue, "\(name)")
        #expect(!finding.hint.isEmpty || rule == .more, "\(name) \(finding.rule)")
        #expect(!finding.section.isEmpty || rule == .more)
        #expect(finding.evidence == nil)
      }
      let starts = diagnosis.findings.compactMap { $0.range?.lowerBound }
      #expect(starts == starts.sorted() || name.hasPrefix("json.more"), "\(name)")
      #expect(diagnosis.isValid == !diagnosis.findings.contains { $0.severity == .error })
    }
  }

  @Test("strict reading's error is a finding of the diagnosis's rules, but for what one byte hides")
  func strictErrors() throws {
    var others: [String] = []
    for name in TestFiles.corpus.names() {
      let bytes = try #require(TestFiles.corpus.contents(name))
      do throws(JSONReadError) {
        _ = try JSON(reading: bytes, limits: Self.limits(name))
      } catch {
        let finding = Finding(error)
        #expect(JSONRule(rawValue: finding.rule)?.severity == .error)
        #expect(finding.message == error.message)
        let rules = try Self.diagnosis(name).findings.filter { $0.severity == .error }.map(\.rule)
        if !rules.contains(finding.rule) { others.append("\(name): \(finding.rule)") }
      }
    }
    if getenv("RECORD_CORPUS") != nil {
      let text = "[\n" + others.map { "  \"\($0)\"" }.joined(separator: ",\n") + "\n]\n"
      #expect(TestFiles.tables.write(Array(text.utf8), "strict.json"))
      Issue.record("recorded: read the difference, then run without RECORD_CORPUS")
      return
    }
    let table = try TestFiles.tables.json("strict.json").elements.map { $0.string ?? "" }
    #expect(others == table)
  }
}
