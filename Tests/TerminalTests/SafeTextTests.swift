import Testing

@testable import Terminal

@Suite("Safe text")
struct SafeTextTests {
  @Test(arguments: [
    ("plain text, {\"a\": 1}", "plain text, {\"a\": 1}"),
    ("a\u{1b}[2Jb", #"a\u001b[2Jb"#), ("\u{0}\u{7f}\u{85}", #"\u0000\u007f\u0085"#),
    ("a\r\nb\tc", #"a\u000d\u000ab\u0009c"#), ("abc\u{202e}def", #"abc\u202edef"#),
    ("\u{2066}\u{200e}\u{61c}\u{feff}\u{200b}", #"\u2066\u200e\u061c\ufeff\u200b"#),
    ("\u{2028}\u{2029}\u{ad}", #"\u2028\u2029\u00ad"#), ("\u{e0041}", #"\udb40\udc41"#),
    ("\u{fffe}\u{378}\u{e000}", #"\ufffe\u0378\ue000"#), ("\u{115f}\u{3164}", #"\u115f\u3164"#),
    ("Łódź żółć größer 日本語 שלום", "Łódź żółć größer 日本語 שלום"), ("e\u{301}", "e\u{301}"),
    ("👨‍👩‍👧 ❤️ 1️⃣ 🏳️‍🌈", "👨‍👩‍👧 ❤️ 1️⃣ 🏳️‍🌈"), ("a\u{200d}b", #"a\u200db"#),
    ("\u{200d}👩", #"\u200d👩"#), ("a\u{fe0f}", #"a\ufe0f"#), ("x\u{fe00}", #"x\ufe00"#),
    ("\\u001b", "\\u001b"), ("", ""), ("12345678\u{7}", #"12345678\u0007"#),
  ])
  func showsWhatCouldHarmAsEscapes(text: String, shown: String) {
    #expect(SafeText.escape(text) == shown)
    #expect(SafeText.escape(bytes: Array(text.utf8)) == shown)
    #expect(SafeText.escape(bytes: AnySequence(text.utf8)) == shown)
    #expect(SafeText.escaped(Array(text.utf8)) == Array(shown.utf8))
  }

  @Test(arguments: [
    ([0x61, 0xff, 0x62], #"a\xffb"#), ([0xc3], #"\xc3"#), ([0xe2, 0x82], #"\xe2\x82"#),
    ([0xc0, 0x80], #"\xc0\x80"#), ([0xed, 0xa0, 0x80], #"\xed\xa0\x80"#),
    ([0xf4, 0x90, 0x80, 0x80], #"\xf4\x90\x80\x80"#), ([0xc3, 0xa9, 0x80], #"é\x80"#),
    ([0xf0, 0x9f, 0x98, 0x80, 0x1b], #"😀\u001b"#),
  ])
  func showsBytesThatAreNoText(bytes: [UInt8], shown: String) {
    #expect(SafeText.escape(bytes: bytes) == shown)
  }

  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("\u{1B}[2m12:00\u{1B}[0m \u{1B}[32mINFO\u{1B}[m", "12:00 INFO"),
    ("a\u{1B}[38;5;1;48:2mb", "ab"), ("\u{1B}[", "\u{1B}["), ("\u{1B}[1", "\u{1B}[1"),
    ("\u{1B}[2J", "\u{1B}[2J"), ("\u{1B}\u{1B}[0mx", "\u{1B}x"), ("\u{1B}[?1mx", "\u{1B}[?1mx"),
    ("\u{1B}[1\u{1B}[0mx", "\u{1B}[1x"),
  ])
  func coloursOfLogsAreLeftOut(text: String, plain: String) {
    #expect(SafeText.withoutStyles(Array(text.utf8)) == Array(plain.utf8))
  }

  @Test func commonLettersAreSafeByThePropertiesOfUnicode() {
    for value in CommonLetters.ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else {
        Issue.record("U+\(String(value, radix: 16)) is no character")
        continue
      }
      #expect(CommonLetters.contains(value))
      let isShown =
        scalar.properties.generalCategory != .unassigned
        && scalar.properties.generalCategory != .control
        && scalar.properties.generalCategory != .format
        && !scalar.properties.isDefaultIgnorableCodePoint
      #expect(isShown, "U+\(String(value, radix: 16))")
    }
    let plane = (0..<0x40000 as Range<UInt32>).count { CommonLetters.contains($0) }
    #expect(plane == CommonLetters.ranges.map(\.count).reduce(0, +))
  }

  @Test func commonPicturesAreEmoji() {
    for value in CommonLetters.pictures.joined() {
      #expect(Unicode.Scalar(value)?.properties.isEmoji == true, "U+\(String(value, radix: 16))")
    }
  }

  /// Whatever stands beside it, text is shown as if each of its characters were looked up.
  @Test func runsOfCommonLettersAreJudgedAsSingleCharactersAre() {
    let pieces = [
      "é", "語", "👩", "🚀", "🌢", "\u{200d}", "\u{fe0f}", " ", "ab", "\u{1b}", "\\", "\u{202e}", "❤",
    ]
    for one in pieces {
      for two in pieces {
        for three in pieces {
          let text = one + two + three
          // What stands before the text keeps a run from being one.
          let alone = SafeText.escape("\u{7}" + text)
          #expect(#"\u0007"# + SafeText.escape(text) == alone)
        }
      }
    }
    #expect(SafeText.escape("👩\u{200d}🚀 👩\u{200d}x") == "👩\u{200d}🚀 👩" + #"\u200dx"#)
    #expect(SafeText.escape("👩\u{200d}") == "👩" + #"\u200d"#)
    #expect(SafeText.escape("語\u{fe0f}") == "語" + #"\ufe0f"#)
    #expect(SafeText.escape("🚀\u{fe0f}\u{200d}🚀") == "🚀\u{fe0f}\u{200d}🚀")
    #expect(SafeText.escape(bytes: [0xE0, 0x9F, 0xBF, 0x20, 0xC3, 0xA9]) == #"\xe0\x9f\xbf é"#)
    #expect(
      SafeText.escape(bytes: [0xC3, 0xA9, 0xF0, 0x8F, 0xBF, 0xBF]) == #"é\xf0\x8f\xbf\xbf"#)
  }

  @Test func keepsNewlinesAndTabsWhenAsked() {
    #expect(SafeText.escape("a\tb\nc", .text) == "a\tb\nc")
    #expect(SafeText.escape("a\tb\nc", .keepNewlines) == #"a\u0009b"# + "\nc")
    #expect(SafeText.escape("a\r\nb", .text) == #"a\u000d"# + "\nb")
    #expect(SafeText.escape("é\nü\u{1b}\n", .text) == #"é"# + "\n" + #"ü\u001b"# + "\n")
  }

  @Test func doublesBackslashesWhenAsked() {
    #expect(
      SafeText.escape(#"12345678a\u001b"# + "\u{1b}", .escapeBackslash)
        == #"12345678a\\u001b\u001b"#)
    #expect(SafeText.escape(#"\"#, .escapeBackslash) == #"\\"#)
  }

  @Test func judgesEveryCharacterByItsProperties() {
    var wrong: [UInt32] = []
    for value in UInt32(0)...0x10ffff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected: Bool
      switch scalar.properties.generalCategory {
      case .control, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: expected = false
      case .format: expected = CharacterWidth.isVisibleFormat(value)
      default: expected = !scalar.properties.isDefaultIgnorableCodePoint
      }
      if SafeText.isSafe(scalar) != expected { wrong.append(value) }
    }
    #expect(wrong == [])
  }

  @Test func agreesWithItselfAtEveryOffsetInAWord() {
    for length in 0..<40 {
      let text = String(repeating: "x", count: length)
      #expect(SafeText.escape(text + "\u{1}" + text) == text + #"\u0001"# + text)
      #expect(SafeText.escape(text + "\u{7f}" + text) == text + #"\u007f"# + text)
      #expect(SafeText.escape(text + "é" + text) == text + "é" + text)
    }
  }
}
