import Testing

@testable import Shell

/// The list of rules.
@Suite("The list of rules")
struct RuleBookTests {
  @Test("every rule has a summary, and no summary is without a rule")
  func summaries() {
    #expect(Set(RuleBook.all.map(\.id)) == Set(RuleSummaries.all.keys))
    #expect(RuleSummaries.all.values.allSatisfy { !$0.isEmpty && $0.count < 90 })
  }
}
