import Catalog
import LosslessJSON
import Terminal
import TestFolders
import Testing
import Wire

@testable import Shell

@Suite("Values that were seen")
struct SeenValuesTests {
  private static func seen(_ calls: [(String, String)]) throws -> SeenValues {
    var seen = SeenValues()
    for (method, result) in calls { seen.take(try JSON(reading: result), of: method) }
    return seen
  }

  private static func texts(_ seen: SeenValues, _ name: String, _ method: String = "m") -> String {
    seen.values(for: name, of: method).map(\.value.text).joined(separator: " ")
  }

  @Test("are found by their names, however those are written, the newest first")
  func names() throws {
    let seen = try Self.seen([
      ("list", #"{"items": [{"chatId": 1}, {"chatId": 2}], "flag": true, "empty": ""}"#),
      ("next", #"{"chat_id": 3, "deep": {"deeper": {"gid": "abc"}}}"#),
    ])
    #expect(Self.texts(seen, "chatId") == "3 1 2")
    #expect(Self.texts(seen, "chat-id") == "3 1 2")
    #expect(Self.texts(seen, "gid") == #""abc""#)
    #expect(Self.texts(seen, "flag") == "" && Self.texts(seen, "empty") == "")
  }

  @Test("count for what a method is about, where they stand alone or are just ids")
  func subjects() throws {
    let seen = try Self.seen([
      ("add_account", "7"), ("get_all_account_ids", "[7, 8]"),
      ("users.list", #"{"users": [{"id": "u1", "name": "Ann"}]}"#),
    ])
    #expect(Self.texts(seen, "accountId") == "7 8")
    #expect(Self.texts(seen, "userId") == #""u1""#)
    #expect(Self.texts(seen, "id", "users.get") == #""u1""#)
    #expect(Self.texts(seen, "user_name") == #""Ann""#)
    var named = SeenValues()
    named.take("63b9", of: "aria2.addUri", named: "gid")
    #expect(Self.texts(named, "gid") == #""63b9""#)
  }

  @Test("are few, short, and no secrets")
  func bounds() throws {
    var seen = SeenValues()
    for round in 0..<30 {
      seen.take(
        .array((0..<10).map { ["id\(round)x\($0)": JSON($0), "n": JSON(round * 10 + $0)] }), of: "m"
      )
    }
    #expect(seen.values(for: "n", of: "m").count == SeenValues.mostValues)
    #expect(seen.values(for: "n", of: "m").first?.value.int == 290)
    seen.take(["password": "hunter22", "long": JSON(String(repeating: "x", count: 500))], of: "m")
    #expect(Self.texts(seen, "password") == "" && Self.texts(seen, "long") == "")
    for round in 0..<1200 { seen.take(["name\(round)": 1], of: "m") }
    #expect(Self.texts(seen, "name0") == "" && Self.texts(seen, "name1199") == "1")
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    seen.take(try JSON(reading: deep), of: "m")
  }
}

@Suite("Methods that were learned")
struct LearnedMethodsTests {
  @Test("have the params and results of their calls")
  func params() throws {
    var learned = LearnedMethods()
    learned.take("m", params: ["a": 1, "b": "x"], result: ["id": 1])
    learned.take("m", params: ["a": 2])
    learned.take("p", params: [1, "x"])
    learned.take("p", params: [1.5])
    learned.take("none")
    let named = try #require(learned["m"])
    #expect(named.params?.map(\.name) == ["a", "b"])
    #expect(named.params?.map(\.isRequired) == [true, false])
    #expect(named.params?.map { $0.schema.typeText } == ["integer", "string"])
    #expect(named.result?.schema.typeText == "{id}" && named.structure == .byName)
    #expect(named.basis == .learned && named.isGuess)
    let positional = try #require(learned["p"])
    #expect(positional.params?.map { $0.schema.typeText } == ["number", "string"])
    #expect(positional.params?.map(\.isRequired) == [true, false])
    #expect(learned["none"]?.params?.isEmpty == true && learned["x"] == nil)
    #expect(learned.names == ["m", "p", "none"])
  }

  @Test("are shown as learned, and no reason to refuse a call")
  func shown() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run("echo a=1 b=two").status == .ok)
    #expect(try await shell.run(".methods").output.contains("learned"))
    let card = try await shell.run(".describe echo").output
    #expect(card.contains("learned from calls that went well") && card.contains("integer"))
    #expect(try await shell.run("echo c=3").status == .ok)
    #expect(shell.sent.contains(#"{"c": 3}"#))
    let known = shell.interpreter.knowledge.value
    let names = Completer(knowledge: known).complete("echo ", cursor: 5).candidates.map(\.text)
    #expect(names == ["a=", "b=", "c="])
  }

  @Test("come from what was typed, but for names that no server knew")
  func past() throws {
    let past = PastCalls(
      target: "tcp:h:1", folder: nil,
      lines: [
        "get_user id=5", ".methods", "{}", "$x", "exit", "get_user id=6 full=true", "get [1]",
      ])
    let learned = past.learned()
    #expect(learned.names == ["get_user", "get"])
    #expect(learned["get_user"]?.params?.map(\.name) == ["id", "full"])
  }
}

@Suite("What is kept of a target")
struct KeptFactsTests {
  @Test(
    "stands in files whose names tell no secret",
    arguments: [
      ("http://user:pw1234@h.example:81/v3/K3Y?t=tok", "h.example_81-"),
      ("unix:/run/app/x.sock", "x.sock-"), ("stdio:/opt/bin/srv --token s3cret", "srv-"),
      ("tcp:127.0.0.1:664", "tcp_127.0.0.1_664-"),
    ])
  func names(target: String, start: String) throws {
    let name = TargetFile.name(try Target(parsing: target))
    #expect(name.hasPrefix(start), "\(name)")
    for secret in ["pw1234", "K3Y", "tok", "s3cret", "user"] { #expect(!name.contains(secret)) }
    let other = TargetFile.name(try Target(parsing: target + "1"))
    #expect(other != name)
  }

  @Test("is the catalog, of one dialect, in a file of the user's own")
  func cache() throws {
    let folder = try TemporaryFolder()
    let file = TargetFile(path: "\(folder.path)/a/b/x.json")
    let cache = CatalogCache(file, dialect: "plain")
    #expect(cache.load() == nil)
    cache.save(MethodCatalog(source: "s", title: "t", methods: [Method("m")]), dialect: "plain")
    #expect(cache.load()?.methods.map(\.name) == ["m"])
    #expect(cache.load()?.title == "t")
    #expect(CatalogCache(file, dialect: "mcp").load() == nil)
    #expect(try folder.mode("a/b/x.json") == 0o600)
    // A server that turned out to speak another dialect is not remembered under this one.
    cache.save(MethodCatalog(source: "s", methods: [Method("n")]), dialect: "mcp")
    #expect(cache.load() == nil)
    try folder.write("a/b/x.json", "{broken")
    #expect(cache.load() == nil)
  }

  @Test("is no more than so many files")
  func prune() throws {
    let folder = try TemporaryFolder()
    for number in 0..<5 { try folder.write("\(number).json", "{}") }
    TargetFile(path: "\(folder.path)/0.json").prune(keeping: 2)
    #expect((0..<5).count { (try? folder.read("\($0).json")) != nil } == 2)
  }
}
