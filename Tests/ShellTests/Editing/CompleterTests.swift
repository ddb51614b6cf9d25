import Catalog
import LosslessJSON
import Terminal
import TestFolders
import Testing

@testable import Shell

@Suite("Completion")
struct CompleterTests {
  private let knowledge: Knowledge

  init() throws { knowledge = try Shop.knowledge() }

  private func complete(_ line: String) -> Completion {
    Completer(knowledge: knowledge).complete(line, cursor: line.utf8.count)
  }

  private func texts(_ line: String) -> [String] { complete(line).candidates.map(\.text) }

  /// What the line becomes with its only candidate.
  private func finished(_ line: String) -> String {
    let completion = complete(line)
    guard completion.candidates.count == 1 else { return "\(completion.candidates.map(\.text))" }
    let bytes = Array(line.utf8)
    return String(decoding: bytes[..<completion.replaced.lowerBound], as: UTF8.self)
      + completion.candidates[0].text + completion.suffix
      + String(decoding: bytes[completion.replaced.upperBound...], as: UTF8.self)
  }

  @Test(
    "finishes methods, params, values, commands, settings and variables",
    arguments: [
      Line("sub", "subtract "),
      Line("  x = sub", "  x = subtract "),
      Line("! sub", "! subtract "),
      Line("SUB", "subtract "),
      Line("close", "shop.close "),
      Line("used", "used.before "),
      Line("odd", "'odd name' "),
      Line("'odd na", "'odd name' "),
      Line("hidden", "'.hidden' "),
      Line("$/", "$/cancelRequest "),
      Line("it", #"it's\ "#),
      Line("order si", "order size="),
      Line("order gift=t", "order gift=true "),
      Line("order size=sm", "order size=small "),
      Line("order gift:=f", "order gift:=false "),
      Line("order size=small gi", "order size=small gift="),
      Line("subtract 1 2 d", "subtract 1 2 down "),
      Line("subtract 1 2 \"h", "subtract 1 2 \"half up\" "),
      Line(".met", ".methods "),
      Line(".describe sub", ".describe subtract "),
      Line(".help ti", ".help timing "),
      Line(".set time", ".set timeout "),
      Line(".set log of", ".set log off "),
      Line(".set jsonrpc 1", ".set jsonrpc 1.0 "),
      Line(".last fi", ".last findings "),
      Line(".connect un", ".connect unix:"),
      Line(".call --id 5 sub", ".call --id 5 subtract "),
      Line(".batch ping ; sub", ".batch ping ; subtract "),
      Line(".notify shop.o", ".notify shop.open "),
      Line("$li", "$list"),
      Line("ping $li", "ping $list"),
      Line("order size=$li", "order size=$list"),
      Line("order size=$_.to", "order size=$_.total"),
      Line("ping $_.items[0].na", "ping $_.items[0].name"),
      Line("$x.a", #"$x["a b"]"#),
      Line(#"$x["a b"].c"#, #"$x["a b"].c"#),
      Line("ping | .to", "ping | .total"),
      Line("ping | .items[0].i", "ping | .items[0].id"),
      Line(".last | .to", ".last | .total"),
      Line(#"$x["a"#, #"$x["a b"]"#),
      Line(#"$x["a b"#, #"$x["a b"]"#),
      Line(#"ping $x["a b"#, #"ping $x["a b"]"#),
      Line(#"$x["a b"]["#, #"$x["a b"]["c"]"#),
      Line("$_.items[", "$_.items[0]"),
      Line("$_.items.", "$_.items[0]"),
      Line("nosuch value=$_.to", "nosuch value=$_.total"),
      Line("nosuch value:=$li", "nosuch value:=$list"),
      Line("ping [1, $_.to", "ping [1, $_.total"),
      Line(#"ping {"a": $x["a"#, #"ping {"a": $x["a b"]"#),
      Line("ping [$_.items[0].i", "ping [$_.items[0].id"),
      Line("nosuch a:=[[$_.to", "nosuch a:=[[$_.total"),
      Line("ping | .items[", "ping | .items[0]"),
      Line(".call --h", ".call --header "),
      Line(".call --id 5 --t", ".call --id 5 --timeout "),
      Line(".call -- sub", ".call -- subtract "),
      Line(".send --e", ".send --exact "),
    ])
  func finishes(_ line: Line) { #expect(finished(line.text) == line.expected) }

  @Test("lists what could stand there, with types")
  func lists() throws {
    let params = complete("order ").candidates
    #expect(params.map(\.text).prefix(2) == ["size=", "gift="])
    #expect(
      params.map(\.annotation).prefix(2) == [#""small" | "5" | 5 | null"#, "boolean, optional"])
    #expect(texts("shop.") == ["shop.open", "shop.close"])
    #expect(complete("subtr").candidates[0].annotation == "minuend subtrahend [rounding]")
    #expect(complete("used").candidates[0].annotation == "called before")
    #expect(texts("$") == ["$_", "$list", "$x", "$/cancelRequest"])
    #expect(texts("ping $") == ["$_", "$list", "$x"])
    #expect(complete("ping $l").candidates[0].annotation == "array")
    #expect(texts(".") == Command.all.map { "." + $0.name })
    #expect(texts(".set ") == Setting.all.map(\.name))
    #expect(texts(".set framing ").contains("netstring"))
    // A second column that says the same in each row says nothing.
    #expect(complete(".set framing ").candidates.allSatisfy { $0.annotation.isEmpty })
    #expect(complete("order size=").candidates.allSatisfy { $0.annotation.isEmpty })
    #expect(texts(".call --") == ["--id", "--timeout", "--header"])
    #expect(complete(".call --").candidates[1].annotation.hasPrefix("SECONDS  "))
    #expect(texts(".call --id ") == [])
    #expect(texts(".send --") == ["--exact", "--no-frame"])
    #expect(texts("$_.") == [".items", ".total"])
    #expect(texts("$_[") == [#"["items"]"#, #"["total"]"#])
    #expect(texts("$list[") == ["[0]", "[1]"])
    #expect(texts("ping {\"a\": $") == ["$_", "$list", "$x"])
    for none in [
      #"ping ["$_."#, "ping [$_.items, ", "ping [$_]", #"{"a": $"#, "ping [$_.items[0]]",
      #"ping {"$_": "#, "$list[5", "$list.x", "$nope.",
    ] {
      #expect(texts(none) == [], "\(none)")
    }
    #expect(texts("zzz") == [])
    #expect(texts("nosuch x") == [])
    // Every method once, although one of them was called before too.
    #expect(texts("").count == knowledge.catalog.methods.count + 1)
  }

  @Test("writes values of an enumeration so that they are read as what they are")
  func enumerations() {
    // 5 is a number where numbers may stand, and text where only text may.
    #expect(texts("order size=") == ["small", #""5""#, "5", "null"])
    #expect(texts("subtract 1 2 ").prefix(4) == ["up", "down", #""half up""#, "5"])
  }

  @Test("does not offer what was given already")
  func given() {
    #expect(texts("order size=small ").prefix(1) == ["gift="])
    #expect(!texts("order gift=true ").contains("gift="))
    // Nor what a value by position fills.
    #expect(texts("order @file ").prefix(1) == ["gift="])
    #expect(!texts("subtract 1 minuend=2 ").contains("subtrahend="))
  }

  @Test("gives methods that are read back as the same method")
  func roundTrip() {
    for method in knowledge.catalog.methods {
      let typed = Completer.quoted(method.name)
      guard case .statement(let statement) = StatementParser.parse(typed + " 1"),
        case .call(let call) = statement.action
      else {
        Issue.record("\(typed) is no call")
        continue
      }
      #expect(call.method == method.name)
      #expect(typed.unicodeScalars.allSatisfy(SafeText.isSafe))
    }
  }

  @Test("shows and inserts no character that does harm")
  func hostile() {
    for line in ["", "e", "order ", "order size=", "ping $_."] {
      for candidate in complete(line).candidates {
        #expect(candidate.display.unicodeScalars.allSatisfy(SafeText.isSafe))
        #expect(candidate.annotation.unicodeScalars.allSatisfy(SafeText.isSafe))
      }
    }
    #expect(texts("e").contains(#""e\u001b[31m\u202e\"""#))
  }

  @Test("finds files, folders with a slash, hidden ones only when asked")
  func files() throws {
    let folder = try TemporaryFolder()
    try folder.write("alpha.json", "1")
    try folder.write("alps.txt", "1")
    try folder.write("b c.txt", "1")
    try folder.write(".hidden", "1")
    try folder.makeFolder("deep")
    try folder.write("deep/inner.json", "1")
    let path = folder.path
    #expect(texts("ping @\(path)/al") == ["\(path)/alpha.json", "\(path)/alps.txt"])
    #expect(finished("ping @\(path)/alph") == "ping @\(path)/alpha.json ")
    #expect(finished("ping a=@\(path)/de") == "ping a=@\(path)/deep/")
    #expect(finished("order size=@\(path)/de") == "order size=@\(path)/deep/")
    #expect(finished("ping @\(path)/de") == "ping @\(path)/deep/")
    #expect(finished("ping @\(path)/deep/") == "ping @\(path)/deep/inner.json ")
    #expect(finished("ping > \(path)/deep/in") == "ping > \(path)/deep/inner.json ")
    #expect(finished(".send @\(path)/alph") == ".send @\(path)/alpha.json ")
    #expect(finished(".connect unix:\(path)/alph") == ".connect unix:\(path)/alpha.json ")
    #expect(finished("ping @\(path)/.h") == "ping @\(path)/.hidden ")
    #expect(!texts("ping @\(path)/").contains { $0.hasSuffix(".hidden") })
    // A name with a blank is inserted in quotes, or it would be two words.
    #expect(finished("ping @\(path)/b") == "ping @'\(path)/b c.txt' ")
    #expect(texts("ping @\(path)/nothing/") == [])
    try folder.makeFolder("long name")
    try folder.write("long name/x", "1")
    #expect(finished("ping @\(path)/lo") == "ping @'\(path)/long name/")
    #expect(finished("ping @'\(path)/long name/") == "ping @'\(path)/long name/x' ")
  }

  @Test(
    "offers the words of filters wherever a filter may stand",
    arguments: [
      (".log sta", ["status:"]), (".log status:ti", ["status:timeout"]),
      (".save x.jsonl dir:", ["dir:in", "dir:out"]), (".export curl met", ["method:"]),
      (".export har x.har kind:b", ["kind:batch"]), (".export htm", ["html"]),
    ])
  func filters(_ line: String, _ expected: [String]) { #expect(texts(line) == expected) }

  @Test("survives any line and any cursor")
  func anywhere() {
    let completer = Completer(knowledge: knowledge)
    let hinter = Hinter(knowledge: knowledge)
    for line in HighlighterTests.lines {
      for cursor in 0...line.utf8.count {
        let completion = completer.complete(line, cursor: cursor)
        #expect(completion.replaced.upperBound <= max(0, line.utf8.count))
        let hint = hinter.hint(line, cursor: cursor)
        #expect(hint.unicodeScalars.allSatisfy(SafeText.isSafe))
      }
    }
  }
}

@Suite("The hint behind a line")
struct HinterTests {
  @Test(
    "tells what could follow",
    arguments: [
      Line("", ""),
      Line("subt", "ract"),
      Line("shop.", ""),
      Line(
        "subtract",
        " minuend:integer subtrahend:integer [rounding:\"up\" | \"down\" | \"half up\" | \"5\"]"),
      Line("subtract 1 2 ", "[rounding:\"up\" | \"down\" | \"half up\" | \"5\"]"),
      Line("subtract minuend=1 2 ", "[rounding:\"up\" | \"down\" | \"half up\" | \"5\"]"),
      Line("subtract 1", ""),
      Line("join a b ", "[words:string]…"),
      Line("ping ", "no params"),
      Line("ping", " no params"),
      Line("nosuch ", ""),
      Line("nosuch {", "  (the whole params)"),
      Line("subtract [1", "  (the whole params)"),
      Line("subtract 1 [", ""),
      Line("odd", ""),
      Line(".show", " NUMBER [VIEW]"),
      Line(".quit", ""),
      Line(".set timeout ", "SECONDS"),
      Line(".set timeout 5 ", ""),
      Line(".set ", "[NAME [VALUE]]"),
      Line(".describe ", "METHOD"),
      Line(".describe x ", ""),
      Line(".call --timeout ", "SECONDS"),
      Line("x = subt", "ract"),
      Line(".call subt", "ract"),
    ])
  func table(_ line: Line) throws {
    let hinter = Hinter(knowledge: try Shop.knowledge())
    #expect(hinter.hint(line.text, cursor: line.text.utf8.count) == line.expected)
  }

  @Test("stands only at the end")
  func end() throws {
    let hinter = Hinter(knowledge: try Shop.knowledge())
    #expect(hinter.hint("subt", cursor: 2) == "")
  }
}
