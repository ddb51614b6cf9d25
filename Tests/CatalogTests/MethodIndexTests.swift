import Catalog
import Testing

@Suite("Finding methods by what is typed")
struct MethodIndexTests {
  private static let names = [
    "aria2.addUri", "aria2.tellStatus", "aria2.tellStopped", "aria2.getVersion",
    "system.listMethods", "get_chat_list", "getChatMembers", "textDocument/hover", "Subtract",
    "ünder.score",
  ]
  private static let catalog = MethodCatalog(methods: names.map { Method($0) })

  private static func found(_ typed: String) -> String {
    let matches = catalog.index.matches(typed)
    let names = matches.places.map { catalog.methods[Int($0)].name }
    return "\(matches.fit): " + names.joined(separator: " ")
  }

  @Test(
    "beginnings come first, then parts, then letters in order",
    arguments: [
      ("aria2.tell", "beginning: aria2.tellStatus aria2.tellStopped"),
      ("ARIA2.TELLST", "beginning: aria2.tellStatus aria2.tellStopped"),
      ("aria2.tellsta", "beginning: aria2.tellStatus"),
      ("getV", "segments: aria2.getVersion"),
      ("a.add", "segments: aria2.addUri"),
      ("hover", "segments: textDocument/hover"),
      ("t/h", "segments: textDocument/hover"),
      ("Methods", "segments: system.listMethods"),
      ("chat", "segments: getChatMembers get_chat_list"),
      ("etChat", "part: getChatMembers"),
      ("atus", "part: aria2.tellStatus"),
      ("gchlst", "letters: get_chat_list"),
      ("sub", "beginning: Subtract"),
      ("ünder", "beginning: ünder.score"),
      ("zzz", "none: "),
      ("aria2.addUrix", "none: "),
    ])
  func table(typed: String, expected: String) { #expect(Self.found(typed) == expected) }

  @Test("everything begins with nothing")
  func nothing() {
    #expect(Self.catalog.index.matches("").places.count == Self.names.count)
    #expect(MethodCatalog().index.matches("a").fit == .none)
    #expect(MethodCatalog().index.matches("").places.isEmpty)
  }

  @Test("tells the only one, and whether there is any")
  func only() {
    let index = Self.catalog.index
    #expect(index.only("aria2.a") == 0)
    #expect(index.only("aria2.tell") == nil)
    #expect(index.only("subt") == nil)
    #expect(index.hasBeginning("aria2.tell"))
    #expect(!index.hasBeginning("Aria2"))
    #expect(!index.hasBeginning("aria2.tellStatusx"))
  }

  @Test("is as right as looking at each name, however many")
  func many() {
    let names = (0..<3000).map { number in
      ["chain", "net", "State", "x_y"][number % 4] + [".", "/", "_"][number % 3] + "call\(number)"
    }
    let catalog = MethodCatalog(methods: names.map { Method($0) })
    for typed in [
      "", "c", "chain", "chain.call1", "STATE", "state/call2", "x_y_call", "net.call2999",
    ] {
      let expected = names.filter { $0.hasPrefix(typed) }
      let folded = names.filter { $0.lowercased().hasPrefix(typed.lowercased()) }
      let found = catalog.index.matches(typed)
      #expect(
        Set(found.places.map { catalog.methods[Int($0)].name })
          == Set(expected.isEmpty ? folded : expected))
    }
    #expect(catalog.index.matches("call29").places.count == 111)
    #expect(catalog.index.matches("al").places.count == 200)
  }

  @Test("groups by the next dot or slash, where that makes fewer")
  func groups() throws {
    let names = ["a", "b"].flatMap { space in (0..<50).map { "\(space).m\($0)" } } + ["lone"]
    let index = MethodCatalog(methods: names.map { Method($0) }).index
    let groups = try #require(index.groups(index.matches(""), typed: ""))
    #expect(groups.map(\.beginning) == ["a.", "b.", "lone"])
    #expect(groups.map(\.count) == [50, 50, 1])
    #expect(index.groups(index.matches("a."), typed: "a.") == nil)
    #expect(index.groups(index.matches("mx"), typed: "mx") == nil)
    let flat = MethodCatalog(methods: (0..<100).map { Method("get_\($0 % 2)_\($0)") }).index
    #expect(
      flat.groups(flat.matches("get_"), typed: "get_")?.map(\.beginning) == ["get_0_", "get_1_"])
  }
}

@Suite("Finding methods by words")
struct MethodSearchTests {
  private static let methods: [Method] = {
    var volume = Method("core.mixer.set_volume")
    volume.summary = "Set the volume."
    volume.doc = "Set the volume.\n\nIt is an integer in range [0..100]."
    volume.params = [MethodParam(name: "level")]
    var mute = Method("core.mixer.set_mute")
    mute.summary = "Silence, whatever the volume."
    var play = Method("core.playback.play")
    play.summary = "Play the current track."
    return [mute, play, volume, Method("volume")]
  }()

  @Test(
    "ranks names over summaries over docs",
    arguments: [
      ("volume", "volume core.mixer.set_volume core.mixer.set_mute"),
      ("set volume", "core.mixer.set_volume core.mixer.set_mute"),
      ("SET VOL", "core.mixer.set_volume core.mixer.set_mute"),
      ("silence", "core.mixer.set_mute"),
      ("integer range", "core.mixer.set_volume"),
      ("level", "core.mixer.set_volume"),
      ("plybck", "core.playback.play"),
      ("play nonsense", "core.playback.play"),
      ("nonsense", ""),
      ("", ""),
    ])
  func table(words: String, expected: String) {
    let hits = MethodSearch(words).run(Self.methods)
    #expect(hits.map(\.method.name).joined(separator: " ") == expected)
  }

  @Test("shows the line of the doc that has the word")
  func line() {
    let hits = MethodSearch("integer").run(Self.methods)
    #expect(hits.map(\.line) == ["It is an integer in range [0..100]."])
    #expect(MethodSearch("volume").run(Self.methods, atMost: 1).count == 1)
  }
}
