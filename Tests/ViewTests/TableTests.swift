import Terminal
import Testing
import View

@Suite("Tables")
struct TableTests {
  private static func lines(_ table: Table, _ width: Int) -> [String] {
    table.lines(width: width).map(\.plain)
  }

  @Test("columns are as wide as their cells, numbers stand at the right")
  func plain() {
    var table = Table([.init("n", isRight: true), .init("name"), .init("")])
    table.add(["1", "a", "x"])
    table.add(["100", "länger", ""])
    table.add(["20"])
    #expect(
      Self.lines(table, 80) == ["  n  name", "  1  a       x", "100  länger", " 20"])
  }

  @Test("without headings there is no line for them, without rows none at all")
  func empty() {
    var table = Table([.init(""), .init("")])
    #expect(table.isEmpty)
    #expect(Self.lines(table, 80) == [])
    table.add(["a", "b"])
    #expect(!table.isEmpty)
    #expect(Self.lines(table, 80) == ["a  b"])
    #expect(Table([]).lines(width: 80).isEmpty)
  }

  @Test("wide and combining characters take the columns that they take on the screen")
  func wide() {
    var table = Table([.init(""), .init("")])
    table.add(["日本", "1"])
    table.add(["👩‍👩‍👧‍👦", "2"])
    table.add(["e\u{301}", "3"])
    table.add(["abcd", "4"])
    let lines = Self.lines(table, 80)
    #expect(lines == ["日本  1", "👩‍👩‍👧‍👦    2", "e\u{301}     3", "abcd  4"])
    #expect(Set(lines.map { displayWidth($0) }) == [7])
  }

  @Test("flexible columns give way evenly, the widest first, and say that they were cut")
  func flexible() {
    var table = Table([.init(""), .init("", isFlexible: true), .init("", isFlexible: true)])
    table.add(["fixed", StyledText(String(repeating: "a", count: 50)), "short text"])
    #expect(
      Self.lines(table, 40) == ["fixed  aaaaaaaaaaaaaaaaaaaa…  short text"])
    #expect(Self.lines(table, 30) == ["fixed  aaaaaaaaaa…  short text"])
    #expect(Self.lines(table, 25) == ["fixed  aaaaaaa…  short t…"])
    #expect(Self.lines(table, 19) == ["fixed  aaaa…  shor…"])
  }

  @Test("optional columns go, the last first, before anything becomes unreadable")
  func optional() {
    var table = Table([
      .init("name", isFlexible: true), .init("one", isOptional: true), .init("two"),
      .init("three", isOptional: true),
    ])
    table.add(["a long name", "1111", "22222", "333333"])
    #expect(
      Self.lines(table, 34) == [
        "name         one   two    three", "a long name  1111  22222  333333",
      ])
    #expect(Self.lines(table, 29)[1] == "a long …  1111  22222  333333")
    #expect(Self.lines(table, 28) == ["name         one   two", "a long name  1111  22222"])
    #expect(Self.lines(table, 21)[1] == "a long …  1111  22222")
    #expect(Self.lines(table, 20)[1] == "a long name  22222")
  }

  @Test("no line is ever wider than the screen", arguments: 1...120)
  func bound(_ width: Int) {
    var table = Table([
      .init("#", isRight: true), .init("heading"), .init("日本語", isFlexible: true),
      .init("x", isOptional: true), .init("and another", isFlexible: true),
    ])
    table.add(["12345", "日本語日本語", "日本語日本語日本語日本語", "optional", "text of some length"])
    table.add(["1", "", "e\u{301}e\u{301}", "", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"])
    for line in table.lines(width: width) { #expect(line.columns <= width) }
  }
}
