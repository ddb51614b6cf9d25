import Catalog
import JSONRPC
import LosslessJSON
import Testing

@testable import Shell

@Suite("First attempts", .timeLimit(.minutes(2)))
struct MisreadingTests {
  @Test(
    "are told what is meant, and send nothing",
    arguments: [
      ("x=add 1 2", "`x = add 1 2` keeps the result as $x"),
      ("x=", "`x = METHOD …` keeps"),
      ("add(1,2)", "`add 1 2`"), ("add(1, 2)", "`add 1 2`"), ("add()", "`add`"),
      ("add(a, b)", "`add …`"), ("ns.add(\"a b\")", "`ns.add …`"),
      ("42 23", "`.call 42`"), ("-1", "`.call -1`"),
      ("y", "did you mean `$y`?"), ("y | .users", "did you mean `$y | .users`?"),
      ("echo 1 ; echo 2", "`.batch a 1 ; b 2`"), ("echo a ;", "';' in quotes is text"),
      ("exit", "`.quit` (or Ctrl-D) leaves"), (":q", "`.quit`"), ("help", "`.help` helps"),
      ("'echo' 1 ; 2", "`.batch"),
      ("echo 1 >out.txt", "`> out.txt` writes"), ("echo >>out.txt", "`>> out.txt` writes"),
      ("echo 1 |jq .", "`| jq` filters"), ("'echo' |.a", "`| .a` filters"),
    ])
  func hints(_ line: String, _ hint: String) async throws {
    let shell = try ShellHarness()
    shell.interpreter.knowledge.update { $0.variables.set("y", ["users": []]) }
    let outcome = try await shell.run(line)
    #expect(outcome.status == .usage)
    #expect(outcome.error.contains(hint), "\(outcome.error)")
    #expect(shell.server.messages == [])
  }

  @Test(
    "are calls where quotes, `.call` or the catalog say so",
    arguments: [
      ("'x=add' 1", "x=add"), (".call 42 23", "42"), (".call y", "y"), ("! add(1)", "add(1)"),
      ("a=b", "a=b"), ("echo ';'", "echo"), ("echo a;", "echo"), ("1x 2", "1x"), ("(x) 1", "(x)"),
      (".batch echo 1 ; echo 2", "echo"), ("used", "used"),
      ("echo '>x'", "echo"), ("echo a|b", "echo"), ("echo a=>b", "echo"), ("! echo >x", "echo"),
    ])
  func calls(_ line: String, _ method: String) async throws {
    let shell = try ShellHarness(methods: [Method("a=b")])
    shell.interpreter.knowledge.update {
      $0.variables.set("y", ["users": []])
      $0.variables.set("used", 1)
      $0.learned.take("used")
    }
    _ = try await shell.run(line)
    #expect(shell.sent.contains("\"method\": \"\(method)\""), "\(shell.sent)")
  }
}
