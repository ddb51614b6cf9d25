import JSONRPC
import LosslessJSON

extension Demo {
  static func addText(to demo: Dispatcher) {
    demo.register(
      "echo", summary: "Give the value back exactly as it was sent.",
      doc: "Numbers keep their spelling, objects their order and their duplicate keys.",
      result: .init(name: "value", doc: "The same value."),
      examples: [
        .init("a string", params: ["hello"], result: "hello"),
        .init(
          "an object", params: ["value": ["b": 1, "a": [1.0, .null]]],
          result: ["b": 1, "a": [1.0, .null]]),
      ], tags: ["text"], isQuick: true, Param<JSON>("value", doc: "Anything.")
    ) { _, value in value }
    demo.register(
      "text.reverse", summary: "Turn a text round.",
      doc: "By what a reader takes for one character, so that emoji and accents stay whole.",
      result: .init(name: "text", schema: textSchema),
      examples: [.init("a flag and an accent", params: ["añ🇩🇪"], result: "🇩🇪ña")], tags: ["text"],
      isQuick: true,
      Param<String>("text", doc: "The text.")
    ) { _, text in String(text.reversed()) }
    demo.register(
      "text.upper", summary: "Put a text into capitals.",
      result: .init(name: "text", schema: textSchema),
      examples: [.init("a word", params: ["straße"], result: "STRASSE")], tags: ["text"],
      isQuick: true,
      Param<String>("text", doc: "The text.")
    ) { _, text in text.uppercased() }
    let sampler = unicodeSampler
    demo.register(
      "text.unicode", summary: "Give a sampler of scripts, signs and invisible characters.",
      doc: "Among them what a terminal must not be given as it is: controls, an escape sequence, "
        + "direction marks, and characters of no width.",
      result: .init(
        name: "samples", doc: "Texts by what they show.",
        schema: ["type": "object", "additionalProperties": ["type": "string"]]),
      examples: [.init("all", params: [], result: sampler)], tags: ["text"], isQuick: true
    ) { _ in sampler }
  }

  static let textSchema: JSON = ["type": "string"]

  static let unicodeSampler: JSON = [
    "latin": "Příliš žluťoučký kůň",
    "greek": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
    "cyrillic": "Съешь ещё этих мягких французских булок",
    "hebrew": "עטלף אבק נס דרך מזגן",
    "arabic": "نص حكيم له سر قاطع",
    "mixed directions": "abc אבג 123 دهو xyz",
    "devanagari": "ऋषियों को सताने वाले",
    "thai": "เป็นมนุษย์สุดประเสริฐ",
    "chinese": "視野無限廣,窗外有藍天",
    "japanese": "いろはにほへと ちりぬるを カタカナ ガギグ",
    "korean": "다람쥐 헌 쳇바퀴에 타고파",
    "wide and half": "\u{FF37}\u{FF49}\u{FF44}\u{FF45} \u{FF71}\u{FF72}\u{FF73}",
    "composed": "\u{E9}",
    "decomposed": "e\u{301}",
    "stacked marks": "Z\u{351}\u{36B}\u{343}\u{36A}\u{302}a\u{332}\u{305}l\u{334}\u{35B}",
    "emoji": "😀🚀🎉",
    "emoji family": "👩‍👩‍👧‍👦",
    "emoji skin tones": "👍🏻👍🏽👍🏿",
    "emoji flags": "🇩🇪🇯🇵🏴󠁧󠁢󠁳󠁣󠁴󠁿🏳️‍🌈",
    "text and emoji style": "☂\u{FE0E} ☂\u{FE0F}",
    "beyond the first plane": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈 𠜎",
    "zero width": "a\u{200B}b\u{200C}c\u{200D}d\u{2060}e\u{FEFF}f",
    "soft hyphen and no-break": "soft\u{AD}hyphen no\u{A0}break",
    "direction controls": "user\u{202E}gpj.exe\u{202C} \u{2066}isolated\u{2069}",
    "line separators": "one\u{2028}two\u{2029}three\u{85}four",
    "escape sequence": "\u{1B}[31mred\u{1B}[0m \u{1B}]0;title\u{7}",
    "c1 control": "\u{9B}31m",
    "controls": "\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{7F}",
    "noncharacters": "\u{FFFE}\u{FFFF}\u{10FFFF}",
    "replacement": "\u{FFFD}",
    "private use": "\u{E000}",
    "tags": "x\u{E0041}\u{E007F}",
  ]
}
