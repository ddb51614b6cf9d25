import Catalog
import JSONRPC
import LosslessJSON
import TestChannels
import TestFolders
import Testing
import Wire

@testable import Shell

@Suite("Calls from the shell", .timeLimit(.minutes(2)))
struct CallTests {
  @Test(
    "send what was typed and give the exact result",
    arguments: [
      ("subtract 42 23", #""method": "subtract", "params": [42, 23], "id": 1"#, "19"),
      ("echo 1.0 1e300", #""params": [1.0, 1e300]"#, "[1.0, 1e300]"),
      ("echo a=1.50 b='x'", #""params": {"a": 1.50, "b": "x"}"#, #"{"a": 1.50, "b": "x"}"#),
      ("echo {\"k\":  [ ]}", #""params": {"k":  [ ]}"#, #"{"k":  [ ]}"#),
      ("echo", #"{"jsonrpc": "2.0", "method": "echo", "id": 1}"#, "null"),
    ])
  func calls(_ line: String, _ request: String, _ result: String) async throws {
    let shell = try ShellHarness()
    let outcome = try await shell.run(line)
    #expect(shell.sent.contains(request))
    #expect(outcome.output == result + "\n")
    #expect(outcome.status == .ok)
    // What no double can hold is worth a warning.
    let warning = line.contains("1e400") ? "warning[json.number-overflow]" : ""
    #expect(outcome.error.hasPrefix(warning) && outcome.error.isEmpty == warning.isEmpty)
  }

  @Test("keep results, which later lines use")
  func capture() async throws {
    let shell = try ShellHarness()
    _ = try await shell.run("x = get")
    #expect(try await shell.run("$x.a[1].b").output == "\"ü\"\n")
    #expect(try await shell.run("$x.big | .").output == "12345678901234567890\n")
    #expect(try await shell.run("echo $x.a[0] $_.big").output == "[1.0, 12345678901234567890]\n")
    #expect(try await shell.run("$_[0]").output == "1.0\n")
    #expect(try await shell.run("echo {\"v\": $x.a}").output == "{\"v\": [1.0, {\"b\": \"ü\"}]}\n")
    #expect(try await shell.run("y = get | .a[1]").output == "{\"b\": \"ü\"}\n")
    #expect(try await shell.run("$y.b").output == "\"ü\"\n")
    #expect(try await shell.run(".vars").output.contains("$y  {\"b\": \"ü\"}"))
    // An error keeps nothing, and the old value stays.
    _ = try await shell.run("x = fail")
    #expect(try await shell.run("$x.a[0]").output == "1.0\n")
    #expect(try await shell.run(#"z = {"jsonrpc": "2.0", "method": "get", "id": 9}"#).status == .ok)
    #expect(try await shell.run("$z.a[0]").output == "1.0\n")
  }

  @Test("with an unknown variable or a missing file send nothing")
  func missing() async throws {
    let shell = try ShellHarness()
    for (line, words) in [
      ("echo $nope", "there is no variable $nope"), ("$nope", "there is no variable $nope"),
      ("echo @/no/such/file", "there is no file /no/such/file"), ("echo {a}", "this is no JSON"),
      ("echo 1 a=2", "can't be mixed"), ("echo 'open", "' is still open"),
      ("f | .a[", "expected a number"), ("$nope &", "background"),
    ] {
      let outcome = try await shell.run(line)
      #expect(outcome.status == .usage)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("error: "))
      #expect(outcome.error.contains(words), "\(outcome.error)")
    }
    #expect(shell.server.messages == [])
    let outcome = try await shell.run("echo $nope")
    #expect(outcome.error.contains("'$nope' in single quotes"))
    for (name, other, isNear) in [
      ("c", "x", false), ("c", "C", true), ("list", "lsit", true), ("list", "total", false),
      ("ab", "abc", true),
    ] {
      shell.interpreter.knowledge.update {
        $0.variables = Variables()
        $0.variables.set(other, 1)
      }
      let words = try await shell.run("echo $\(name)").error
      #expect(words.contains("did you mean $\(other)?") == isNear, "\(words)")
    }
    #expect(outcome.error.contains("\n  echo $nope\n       ^^^^^\n"))
  }

  @Test("bring their result where it is wanted")
  func outputs() async throws {
    let shell = try ShellHarness()
    let path = shell.folder.path
    #expect(try await shell.run("get | .a[1].b").output == "\"ü\"\n")
    #expect(try await shell.run("get | .a | [0]").output == "1.0\n")
    #expect(try await shell.run("get | .nope").status == .errorReply)
    #expect(try await shell.run("get | .nope").error.contains("no member nope; it has a, big"))
    #expect(try await shell.run("get | .a | cat > '\(path)/piped'").status == .ok)
    #expect(try shell.folder.read("piped") == "[1.0, {\"b\": \"ü\"}]\n")
    let failed = try await shell.run("get | exit 3")
    #expect(failed.status == .errorReply)
    #expect(failed.error.contains("status 3"))
    #expect(try await shell.run("get | .a[0] > \(path)/out").output == "")
    #expect(try shell.folder.read("out") == "1.0\n")
    _ = try await shell.run("get | .big >> \(path)/out")
    #expect(try shell.folder.read("out") == "1.0\n12345678901234567890\n")
    _ = try await shell.run("echo > \(path)/out")
    #expect(try shell.folder.read("out") == "null\n")
    #expect(try await shell.run("echo > /no/such/folder/x").error.contains("can't be written"))
  }

  @Test("that fail show the error and keep the session")
  func errors() async throws {
    let shell = try ShellHarness()
    let outcome = try await shell.run("fail")
    #expect(outcome.status == .errorReply)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("error -32000"))
    #expect(outcome.error.contains("it failed"))
    #expect(try await shell.run("subtract 2 1").output == "1\n")
    #expect(shell.interpreter.status == .errorReply)
  }

  @Test("take an id, a deadline, and names that look like something else")
  func options() async throws {
    let shell = try ShellHarness()
    for (option, id) in [
      ("--id 7", "7"), ("--id '\"a b\"'", "\"a b\""), ("--id=abc", "\"abc\""), ("--id 1.0", "1.0"),
      (#"--id "x y""#, #""x y""#), (#"--id "7""#, #""7""#), (#"--timeout "9" --id="a""#, #""a""#),
    ] {
      _ = try await shell.run(".call \(option) echo")
      #expect(shell.sent.hasSuffix("\"id\": \(id)}"))
    }
    let late = try await shell.run(".call --timeout 20ms silent")
    #expect(late.status == .unreachable)
    #expect(late.error.contains("no reply within 0.02 s"))
    #expect(try await shell.run(".call exit 1").output == "[1]\n")
    #expect(try await shell.run(".call .hidden").status == .errorReply)
    #expect(shell.sent.contains("\"method\": \".hidden\""))
    #expect(try await shell.run(".call -- exit").output == "null\n")
    #expect(try await shell.run("v = .call --id 5 get | .a[0]").output == "1.0\n")
    #expect(try await shell.run("$v").output == "1.0\n")
    let count = shell.server.messages.count
    for line in [
      ".call", ".call --id", ".call --nope 1 echo", ".call --timeout x echo", ".call --id [1] echo",
      ".call --header 'X: 1' echo", ".call --header nope echo", ".call 'open", ".call {}",
      ".call --header \"X-A: 1\" echo", ".call --id \"open echo", ".call --id \"a\"b echo",
    ] {
      #expect(try await shell.run(line).status == .usage, "\(line)")
    }
    #expect(shell.server.messages.count == count)
  }

  @Test("of a notification wait for nothing")
  func notifications() async throws {
    let shell = try ShellHarness(methods: [TestMethods.subtract, TestMethods.log])
    #expect(try await shell.run(".notify log level=info").status == .ok)
    #expect(shell.sent == #"{"jsonrpc": "2.0", "method": "log", "params": {"level": "info"}}"#)
    let known = try await shell.run("log hello")
    #expect(known.status == .ok)
    #expect(known.error.contains("log is a notification: no reply is due"))
    #expect(shell.sent == #"{"jsonrpc": "2.0", "method": "log", "params": ["hello"]}"#)
  }

  @Test("are compared with what the server told, unless '! ' stands before them")
  func checks() async throws {
    let shell = try ShellHarness(methods: [TestMethods.subtract])
    let missing = try await shell.run("subtract 1")
    #expect(missing.status == .usage)
    #expect(missing.error.contains("missing param: subtrahend (integer)"))
    #expect(missing.error.contains("`! subtract 1` sends it all the same"))
    #expect(try await shell.run("subtract 1 x").error.contains("param 'subtrahend' wants integer"))
    let slip = try await shell.run("subtarct 1 2")
    #expect(slip.status == .usage)
    #expect(slip.error.contains("did you mean subtract?"))
    #expect(shell.server.messages == [])
    #expect(try await shell.run("! subtract 1").status == .errorReply)
    #expect(try await shell.run("! subtarct 1 2").status == .errorReply)
    #expect(try await shell.run(".call ! subtract 1").status == .errorReply)
    #expect(try await shell.run("echo 5").output == "[5]\n")
    _ = try await shell.run(".set check off")
    #expect(try await shell.run("subtract 1").status == .errorReply)
    #expect(shell.server.messages.count == 5)
  }

  @Test("of reserved words get a hint, unless the server has such a method")
  func reserved() async throws {
    let shell = try ShellHarness()
    for word in ["exit", "quit", "\\q", ":q"] {
      let outcome = try await shell.run(word)
      #expect(outcome.status == .usage)
      #expect(outcome.error.contains("`.quit`"))
    }
    #expect(try await shell.run("help").error.contains("`.help`"))
    #expect(shell.server.messages == [])
    #expect(try await shell.run("'exit'").output == "null\n")
    #expect(try await shell.run("exit 1").output == "[1]\n")
    #expect(!shell.interpreter.isFinished)
    let other = try ShellHarness(methods: [Method("exit")])
    #expect(try await other.run("exit").output == "null\n")
    #expect(try await other.run(".quit").status == .ok)
    #expect(other.interpreter.isFinished)
  }

  @Test("after 'method not found' show what may have been meant")
  func suggestion() async throws {
    let shell = try ShellHarness()
    _ = try await shell.run("subtract 2 1")
    let outcome = try await shell.run("subtarct 2 1")
    #expect(outcome.status == .errorReply)
    #expect(outcome.error.contains("did you mean subtract?"))
  }

  @Test("end with the reason when the connection is lost, and the next one connects again")
  func lost() async throws {
    let shell = try ShellHarness()
    let outcome = try await shell.run("die")
    #expect(outcome.status == .unreachable)
    #expect(outcome.error.contains("closed the connection"))
    let again = try await shell.run("subtract 2 1")
    #expect(again.output == "1\n")
    #expect(again.error.contains("connecting again"))
  }

  @Test("without a target say how to connect")
  func unconnected() async throws {
    let shell = try ShellHarness()
    await shell.interpreter.disconnect()
    for line in ["echo", "{}", ".batch a", ".last", ".log", ".notify x", ".target"] {
      let outcome = try await shell.run(line)
      #expect(outcome.status == .usage)
      #expect(outcome.error.contains("`.connect TARGET`"), "\(line): \(outcome.error)")
    }
  }

  @Test("in JSON-RPC 1.0 go by position")
  func version1() async throws {
    let shell = try ShellHarness(version: .v1)
    #expect(try await shell.run("subtract 2 1").output == "1\n")
    #expect(!shell.sent.contains("jsonrpc"))
    #expect(try await shell.run("subtract a=1").error.contains("by position only"))
    #expect(try await shell.run("echo {}").status == .usage)
  }
}
