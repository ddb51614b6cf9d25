import LosslessJSON
import Testing

/// JSONTestSuite (others' data) is read from beside the repository when it is there.
@Suite(
  "JSONTestSuite", .enabled(if: !TestFiles.suite.names().isEmpty, "no ../shared/JSONTestSuite"))
struct SuiteFilesTests {
  @Test("every y_ file is read, without an error among its findings")
  func accepted() throws {
    let names = TestFiles.suite.names("y_")
    #expect(names.count == 95)
    for name in names {
      let bytes = try #require(TestFiles.suite.contents(name))
      let value = try JSON(reading: bytes)
      let compact = JSONFormatter.compact.bytes(value)
      #expect(try JSON(reading: compact) == value, "\(name) survives a round trip")
      let diagnosis = JSONDiagnosis(of: bytes)
      #expect(diagnosis.isValid, "\(name)")
      #expect(diagnosis.findings.allSatisfy { $0.severity != .error }, "\(name)")
    }
  }

  @Test("every n_ file is refused, and its first error is of the rule and at the byte of the table")
  func refused() throws {
    let names = TestFiles.suite.names("n_")
    #expect(names.count == 188)
    let table = try TestFiles.tables.json("refused.json")
    #expect(table.elements.map { $0[0]?.string } == names)
    for row in table.elements {
      let name = try #require(row[0]?.string)
      let bytes = try #require(TestFiles.suite.contents(name))
      #expect(throws: JSONReadError.self, "\(name)") { try JSON(reading: bytes) }
      let diagnosis = JSONDiagnosis(of: bytes)
      #expect(!diagnosis.isValid, "\(name)")
      let first = diagnosis.findings.first { $0.severity == .error }
      #expect(first?.rule == row[1]?.string, "\(name)")
      #expect(first?.range?.lowerBound == row[2]?.int, "\(name)")
    }
  }

  @Test("what the i_ files bring is what the table says, with its reason")
  func undefined() throws {
    let names = TestFiles.suite.names("i_")
    #expect(names.count == 35)
    let table = try TestFiles.tables.json("undefined.json")
    #expect(table.elements.map { $0[0]?.string } == names)
    for row in table.elements {
      let name = try #require(row[0]?.string)
      let diagnosis = JSONDiagnosis(of: try #require(TestFiles.suite.contents(name)))
      #expect(diagnosis.isValid == row[1]?.bool, "\(name)")
      #expect(diagnosis.findings.map(\.rule) == row[2]?.elements.map { $0.string }, "\(name)")
      #expect(diagnosis.value != nil, "\(name) can be read")
      #expect(row[3]?.string?.isEmpty == false)
    }
  }
}
