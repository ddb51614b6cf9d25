import Catalog
import LosslessJSON
import Testing

@testable import Shell

@Suite("Params that a server refuses", .timeLimit(.minutes(1)))
struct ParamDoubtTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let line: String
    var code = 1
    let message: String
    /// What the hint says; nil if there is none.
    var hint: String?

    var testDescription: String { "\(line): \(code) \(message)" }
  }

  private static let asOnlyParam = "one object or array alone is the whole params; "

  /// As aria2's are, which tells no more than names.
  private static let known = ["add", "aria2.addUri"].map { name in
    var method = Method(name)
    method.structure = .byPosition
    method.basis = .knownByHeart
    method.params = [
      MethodParam(name: "uris", schema: .type("array"), isRequired: true),
      MethodParam(name: "options", schema: .type("object")),
    ]
    return method
  }

  private static func reply(_ row: Row) -> String {
    #"{"jsonrpc": "2.0", "error": {"code": \#(row.code), "message": "\#(row.message)"}, "id": 1}"#
  }

  @Test(
    "may have been meant as one: the error is followed by how that is written",
    arguments: [
      Row(
        line: #"nosuch ["x"]"#, message: "The parameter at 0 has wrong type.",
        hint: asOnlyParam + #"`nosuch [["x"]]` sends it as the only param"#),
      Row(
        line: #"nosuch ["x"]"#, code: -32602, message: "no",
        hint: asOnlyParam + #"`nosuch [["x"]]` sends it as the only param"#),
      Row(
        line: "nosuch []", message: "expected 1 argument, got 0",
        hint: asOnlyParam + "`nosuch [[]]` sends it as the only param"),
      Row(line: #"nosuch ["x"]"#, message: "the disk is full"),
      Row(line: #"nosuch [["x"]]"#, message: "The parameter at 0 has wrong type."),
      Row(line: "nosuch x y", code: -32602, message: "no"),
      Row(line: #"nosuch a:=["x"]"#, code: -32602, message: "no"),
      // Members have names: that they were meant as one value is less likely.
      Row(line: #"nosuch {"a": 1}"#, code: -32602, message: "no"),
      Row(
        line: #"add ["x"]"#, message: "The parameter at 0 has wrong type.",
        hint: #"param 'uris' wants [any], not "x"; "# + asOnlyParam
          + #"`add [["x"]]` sends it as the only param"#),
      Row(
        line: "add x", message: "The parameter at 0 has wrong type.",
        hint: #"param 'uris' wants [any], not "x"; `.describe add` tells more"#),
      Row(
        line: "add", message: "The parameter at 0 is required but missing.",
        hint: "missing param: uris ([any]); `.describe add` tells more"),
      // The secret that goes before aria2's params is none of them.
      Row(
        line: "aria2.addUri token:s3cret x", message: "The parameter at 0 has wrong type.",
        hint: #"param 'uris' wants [any], not "x"; `.describe aria2.addUri` tells more"#),
      Row(
        line: #"aria2.addUri ["token:s3cret", "x"]"#, message: "The parameter at 0 has wrong type.",
        hint: #"param 'uris' wants [any], not "x"; `.describe aria2.addUri` tells more"#),
      Row(line: #"add [["x"]]"#, message: "The parameter at 0 has wrong type."),
      Row(line: "add x", code: -32601, message: "no such method with these parameters"),
    ])
  func hints(row: Row) async throws {
    let shell = try ShellHarness()
    shell.interpreter.knowledge.update {
      $0.catalog = MethodCatalog(source: "test", methods: Self.known)
    }
    _ = try await shell.run(row.line)
    shell.server.answer(
      shell.sent.replacingID(1, with: 2), with: Self.reply(row).replacingID(1, with: 2))
    let outcome = try await shell.run("! " + row.line)
    #expect(outcome.status == .errorReply)
    #expect(outcome.error.contains(row.message))
    let hints = outcome.error.split(separator: "\n").filter { $0.hasPrefix("  hint: ") }.map(
      String.init)
    #expect(hints == (row.hint.map { ["  hint: " + $0] } ?? []), "\(outcome.error)")
  }

  @Test("are told in the words of the command line there")
  func ofTheProgram() async throws {
    let shell = try ShellHarness()
    shell.server.answer(
      #"{"jsonrpc": "2.0", "method": "nosuch", "params": ["x"], "id": 1}"#,
      with: Self.reply(Row(line: "", code: -32602, message: "no")))
    let status = await shell.interpreter.call(
      "nosuch", words: [#"["x"]"#], id: nil, asNotification: false)
    #expect(status == .errorReply)
    let error = try shell.error
    #expect(error.hasSuffix("params; '[[\"x\"]]' sends it as the only param\n"), "\(error)")
  }

  @Test("by name are refused by a template for places, with how one object is sent")
  func template() async throws {
    let shell = try ShellHarness(methods: Self.known)
    #expect(
      try await shell.run(#".template {"params": ["token:s3cret", "$each"]}"#).status == .ok)
    let outcome = try await shell.run(#"add {"a": 1}"#)
    #expect(outcome.error.contains("by position, not by name"))
    #expect(outcome.error.contains(#"`add [{"a": 1}]` sends it as the only param"#))
    #expect(shell.sent.isEmpty)
  }
}

extension String {
  /// The message with another id at its end.
  fileprivate func replacingID(_ id: Int, with other: Int) -> String {
    let end = #""id": \#(id)}"#
    return hasSuffix(end) ? dropLast(end.count) + #""id": \#(other)}"# : self
  }
}
