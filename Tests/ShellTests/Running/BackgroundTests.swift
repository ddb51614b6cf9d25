import JSONRPC
import LosslessJSON
import Testing

@testable import Shell

@Suite("Calls in the background", .timeLimit(.minutes(2)))
struct BackgroundTests {
  /// Waits, with a deadline, until something is so.
  private static func eventually(_ condition: () throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
      if try condition() { return true }
      try await Task.sleep(for: .milliseconds(2))
    }
    return try condition()
  }

  @Test("give the prompt back, and show what comes when it comes")
  func shows() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run("x = subtract 42 23 &").status == .ok)
    #expect(try await Self.eventually { try shell.output == "19\n" })
    await shell.interpreter.finishBackground()
    #expect(try await shell.run("$x").output == "19\n")
  }

  @Test("are listed, outlive other calls and are cancelled when asked for")
  func pending() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run(".pending").error.contains("nothing runs"))
    #expect(try await shell.run(".call --timeout 60 silent &").status == .ok)
    #expect(try await shell.run("subtract 3 1").output == "2\n")
    #expect(try await shell.run(".pending").output.contains("silent &"))
    // Ctrl-C ends the call in front only.
    let interruption = shell.interpreter.interruption
    let server = shell.server
    let interrupting = Task {
      while server.messages.last?.contains("[7]") != true {
        try await Task.sleep(for: .milliseconds(2))
      }
      interruption.fire()
    }
    #expect(try await shell.run(".call --timeout 60 silent 7").status == .interrupted)
    try await interrupting.value
    #expect(shell.interpreter.background.running.count == 1)
    #expect(try await shell.run(".pending cancel").status == .ok)
    #expect(try await Self.eventually { shell.interpreter.background.running.isEmpty })
    #expect(try shell.error.contains("cancelled"))
    #expect(try await shell.run(".pending nope").status == .usage)
  }

  @Test("count for the end of a script")
  func status() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run("fail &").status == .ok)
    await shell.interpreter.finishBackground()
    #expect(shell.interpreter.status == .errorReply)
    #expect(try shell.error.contains("it failed"))
  }

  @Test("are given up when a person leaves")
  func leaving() async throws {
    let shell = try ShellHarness()
    #expect(try await shell.run(".call --timeout 60 silent &").status == .ok)
    await shell.interpreter.giveUpBackground()
    #expect(try shell.error == "a call in the background came to no end\n")
  }

  @Test("refuse what is no call")
  func refusals() async throws {
    let shell = try ShellHarness()
    _ = try await shell.run("x = get")
    #expect(try await shell.run("$x &").error.contains("only a call"))
    // The sign alone counts, and only at the end.
    #expect(try await shell.run("echo '&'").output == "[\"&\"]\n")
    #expect(try await shell.run("echo & 1").output == "[\"&\", 1]\n")
  }
}
