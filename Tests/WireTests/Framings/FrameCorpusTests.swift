import Foundation
import LosslessJSON
import Testing

@testable import Wire

/// Streams with something wrong or odd in each, and what is made and said of it.
@Suite("Framing corpus") struct FrameCorpusTests {
  static let tables = [CorpusTable("frame"), CorpusTable("streams")]
  static let rules = WireRule.allCases.filter { !$0.isHTTP }

  @Test func everyRuleHasAFileAndEveryFileARule() {
    let rules = Set(Self.rules.map { String($0.rawValue.dropFirst("frame.".count)) })
    #expect(CorpusTable.files("frame") == rules)
    for table in Self.tables {
      #expect(Set(table.sections.map(\.name)) == CorpusTable.files(table.name))
      #expect(Set(table.sections.map(\.name)).count == table.sections.count)
    }
  }

  @Test(arguments: tables[0].sections)
  func theFileOfARuleHasItsFinding(section: CorpusTable.Section) throws {
    let found = try Self.read("frame", section).flatMap(\.findings).map(\.rule)
    #expect(found.contains("frame." + section.name))
  }

  @Test(arguments: tables.flatMap { table in table.sections.map { (table.name, $0) } })
  func isReadAsTheTableSays(folder: String, section: CorpusTable.Section) throws {
    let outputs = try Self.read(folder, section)
    if !CorpusTable.isRecording { #expect(outputs.flatMap(Self.lines) == section.expected) }
    for finding in outputs.flatMap(\.findings) {
      let rule = try #require(WireRule(rawValue: finding.rule))
      #expect(finding.severity == rule.severity)
      if let range = finding.range, let evidence = finding.evidence {
        #expect(range.upperBound <= evidence.count)
      }
    }
  }

  @Test(arguments: tables.flatMap { table in table.sections.map { (table.name, $0) } })
  func isReadTheSameHoweverItIsCut(folder: String, section: CorpusTable.Section) throws {
    let whole = try Self.read(folder, section)
    for size in 1...20 { #expect(try Self.read(folder, section) { size } == whole) }
    var random = SeededGenerator(state: UInt64(section.name.utf8.count))
    for _ in 0..<40 {
      let pieces = try Self.read(folder, section) { Int.random(in: 1...30, using: &random) }
      #expect(pieces == whole)
    }
  }

  @Test(.enabled(if: CorpusTable.isRecording)) func record() throws {
    for table in Self.tables {
      try table.record { try Self.read(table.name, $0).flatMap(Self.lines) }
    }
  }

  private static func read(
    _ folder: String, _ section: CorpusTable.Section, pieces: () -> Int = { Int.max / 2 }
  ) throws -> [FramingOutput] {
    let bytes = try CorpusTable.bytes("\(folder)/\(section.name).bin")
    let name = try #require(FramingName(rawValue: section.options[0]))
    var framing = name.make()
    guard section.options[1] == "stall" else { return outputs(framing, bytes, pieces: pieces) }
    var found: [FramingOutput] = []
    var at = 0
    while at < bytes.count {
      let end = min(bytes.count, at + max(1, pieces()))
      found += framing.feed(bytes[at..<end])
      at = end
    }
    #expect(framing.patience != nil)
    return found + framing.stall()
  }

  /// An output and its findings as the table shows them: the rule, where, and the words there.
  private static func lines(_ output: FramingOutput) -> [String] {
    let (kind, bytes, findings): (String, [UInt8], [Finding]) =
      switch output {
      case .message(let bytes, let findings): ("message", bytes, findings)
      case .stray(let bytes, let findings): ("stray", bytes, findings)
      case .oversize: ("oversize", [], [])
      }
    return [kind + " " + shown(bytes)] + findings.map { line($0, bytes) }
  }

  static func line(_ finding: Finding, _ bytes: [UInt8]) -> String {
    var place = "nowhere"
    if let range = finding.range {
      let text = finding.evidence ?? bytes
      place = "\(range) of \(finding.evidence == nil ? "it" : "evidence") "
      place += shown(Array(text[range.clamped(to: 0..<text.count)]))
    }
    return "  \(finding.rule) at \(place): \(finding.message)"
  }

  static func shown(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).debugDescription
  }
}
