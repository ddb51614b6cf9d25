import Catalog
import LosslessJSON
import Recording
import Terminal
import Testing

@testable import Shell

@Suite("Calls by a template", .timeLimit(.minutes(1)))
struct TemplateTests {
  private static let echo: Method = {
    var method = Method("echo")
    method.structure = .byPosition
    method.params = [MethodParam(name: "gid", schema: .type("string"), isRequired: true)]
    return method
  }()

  private static func shell() throws -> ShellHarness {
    try ShellHarness(methods: [echo, Method("get")])
  }

  @Test("go out with its part, and without behind `! `")
  func wraps() async throws {
    let shell = try Self.shell()
    let set = try await shell.run(#".template {"params": ["token:s3cret", "$each"]}"#)
    #expect(set.status == .ok && set.output.contains("token:…") && !set.output.contains("s3cret"))
    #expect(try await shell.run("echo abc").status == .ok)
    #expect(shell.sent.contains(#""params": ["token:s3cret", "abc"]"#))
    // Names are turned into places, as the template takes them.
    #expect(try await shell.run("echo gid=abc").status == .ok)
    #expect(shell.sent.contains(#""params": ["token:s3cret", "abc"]"#))
    #expect(try await shell.run("get").status == .ok)
    #expect(shell.sent.contains(#""params": ["token:s3cret"]"#))
    #expect(try await shell.run("! echo abc").status == .ok)
    #expect(shell.sent.contains(#""params": ["abc"]"#))
    #expect(try await shell.run(".batch echo x ; get").status == .ok)
    #expect(shell.sent.contains(#"["token:s3cret", "x"]"#))
    // The check counts params without the token.
    #expect(try await shell.run("echo").error.contains("missing param: gid"))
    #expect(try await shell.run("echo a b").error.contains("takes 1 param"))
    // What the server did not tell of goes as it is.
    #expect(try await shell.run("fail 1").status == .errorReply)
    #expect(shell.sent.contains(#""params": [1]"#))
    #expect(try await shell.run(".template off").status == .ok)
    #expect(try await shell.run("echo abc").status == .ok)
    #expect(shell.sent.contains(#""params": ["abc"]"#))
  }

  @Test("may have other members")
  func members() async throws {
    let shell = try Self.shell()
    #expect(try await shell.run(".template jsonrpc1.1").status == .ok)
    #expect(try await shell.run("echo abc").status == .ok)
    #expect(
      shell.sent == #"{"version": "1.1", "method": "echo", "params": ["abc"], "id": 1}"#)
    #expect(try await shell.run(".batch echo a ; echo b").error.contains("no batch can have"))
    #expect(try await shell.run(".template --only 'g*' {\"auth\": \"abcdef\"}").status == .ok)
    #expect(try await shell.run("echo abc").status == .ok)
    #expect(!shell.sent.contains("auth"))
    #expect(try await shell.run("get").status == .ok)
    #expect(shell.sent.contains(#""auth": "abcdef""#))
  }

  @Test(
    "are refused in words",
    arguments: [
      (".template nosuch x", "there is no preset nosuch"), (".template {", "this is no JSON"),
      (".template {}", "a template is an object"),
      (".template aria2 <masked>", "its secret is masked"),
    ])
  func refused(line: String, words: String) async throws {
    let shell = try Self.shell()
    let outcome = try await shell.run(line)
    #expect(outcome.status == .usage && outcome.error.contains(words))
  }

  @Test("leave no secret in the history or in recordings")
  func masked() async throws {
    #expect(HistoryText.kept(".template aria2 s3cret") == ".template aria2 <masked>")
    #expect(
      HistoryText.kept(#".template {"params": ["k3yk3y", "$each"]}"#)
        == #".template {"params": ["<masked>", "$each"]}"#)
    #expect(HistoryText.kept("subtract 1 2") == "subtract 1 2")
    #expect(HistoryText.kept(".template off") == ".template off")
    #expect(HistoryText.kept(".template {\"a") == ".template <masked>")
    let shell = try Self.shell()
    #expect(try await shell.run(".template zabbix abcdef01").status == .ok)
    let rules = shell.interpreter.maskRules(shell.interpreter.connection)
    #expect(rules.values.contains("abcdef01"))
  }

  @Test("find shows where methods come from, with what was found marked")
  func find() async throws {
    let shell = try Self.shell()
    #expect(try await shell.run(".find ech").output.hasPrefix("echo"))
    #expect(try await shell.run(".find ech").output.contains("test"))
    #expect(try await shell.run(".find gid").output.contains("echo"))
    #expect(try await shell.run(".find nothing").error.contains("nothing is found"))
    #expect(try await shell.run(".find e | .[0]").output == "\"echo\"\n")
    #expect(
      MarkedText.marked("Set the Volume", ["vol"], .dim).plain == "Set the Volume")
  }
}
