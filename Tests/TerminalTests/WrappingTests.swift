import Testing

@testable import Terminal

@Suite("Text in rows")
struct WrappingTests {
  @Test(arguments: [
    ("one two three", 7, 0, ["one two", "three"]),
    ("one two three", 8, 2, ["one two", "  three"]),
    ("one two", 100, 0, ["one two"]),
    ("a  b", 3, 0, ["a", "b"]),
    ("abcdefgh ij", 4, 0, ["abcd", "efgh", "ij"]),
    ("abcdefgh", 4, 2, ["abcd", "  ef", "  gh"]),
    ("日本語 x", 4, 0, ["日本", "語 x"]),
    ("one\ntwo three", 6, 1, ["one", "two", " three"]),
    ("  in", 10, 0, ["  in"]),
    ("", 5, 0, [""]),
    ("x", 0, 5, ["x"]),
  ])
  func breaks(text: String, columns: Int, indent: Int, rows: [String]) {
    #expect(StyledText(text).wrapped(to: columns, indent: indent).map(\.plain) == rows)
  }

  @Test func keepsRoles() {
    let rows = (StyledText("one ", .key) + StyledText("two three", .dim)).wrapped(to: 7)
    #expect(
      rows == [StyledText("one ", .key) + StyledText("two", .dim), StyledText("three", .dim)])
  }
}
