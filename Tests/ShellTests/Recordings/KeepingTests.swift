import JSONRPC
import LosslessJSON
import Recording
import Session
import TestFolders
import Testing
import Wire

@testable import Shell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Sessions are kept", .timeLimit(.minutes(2)))
struct KeepingTests {
  @Test("an exchange is in the file, byte by byte, when its call returns")
  func keeps() async throws {
    let kept = try await KeptShell()
    #expect(try kept.sessions.list().isEmpty)
    for count in 1...3 {
      try await kept.run("echo [1.0, \"ü\"]")
      #expect(try kept.kept.count == count)
    }
    let exchange = try #require(try kept.kept.first)
    #expect(
      String(decoding: exchange.request, as: UTF8.self)
        == #"{"jsonrpc": "2.0", "method": "echo", "params": [1.0, "ü"], "id": 1}"#)
    #expect(
      exchange.reply?.frame.bytes == kept.shell.interpreter.client?.log[1]?.reply?.frame.bytes)
    let path = try #require(try kept.sessions.list().first)
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    let header = try SessionFile(opening: path).header
    #expect(header.program == "rpcscope test")
    #expect(header.target == "tcp:127.0.0.1:1")
    #expect(try await kept.run(".target").output.contains(path))
  }

  @Test("who only connects leaves no file")
  func leavesNothing() async throws {
    let kept = try await KeptShell()
    await kept.shell.interpreter.disconnect()
    #expect(try kept.sessions.list().isEmpty)
  }

  @Test("a file that can't be written is told of once, and the session goes on")
  func tellsOnce() async throws {
    let kept = try await KeptShell { .file($0.path) }
    mkdir(kept.sessions.path, 0o700)
    let first = try await kept.run("subtract 2 1")
    #expect(first.status == .ok)
    #expect(first.output == "1\n")
    #expect(first.error.contains("this session is not kept: \(kept.sessions.path)"))
    #expect(try await kept.run("subtract 2 1", "subtract 2 1").error == "")
  }

  @Test("another connection to the same file goes on in it")
  func goesOn() async throws {
    let kept = try await KeptShell { .file($0.path + ".jsonl") }
    try await kept.run("subtract 2 1", ".set limit 1M", "subtract 3 1")
    let file = try SessionFile(opening: kept.sessions.path + ".jsonl")
    #expect(try file.exchanges().map(\.exchange.response?.result?.text) == ["1", "2"])
  }

  @Test("the oldest beyond those that are kept go when a session ends")
  func prunes() async throws {
    let kept = try await KeptShell { .folder($0, keeping: 2) }
    try await kept.run("subtract 2 1")
    let mine = try #require(try kept.sessions.list().first)
    for day in 1...3 { try kept.shell.folder.write("sessions/2001010\(day)-000000-old.jsonl", "") }
    await kept.shell.interpreter.disconnect()
    #expect(try kept.sessions.list() == [mine, kept.sessions.path + "/20010103-000000-old.jsonl"])
  }

  @Test("credentials and secrets are never in the file")
  func masks() async throws {
    let kept = try await KeptShell(change: { connection in
      connection.http.authentication = .bearer("kF93hq-token-7Zx2")
      connection.http.password = "s3cr3t-of-options"
    })
    try await kept.run(
      #"echo {"note": "kF93hq-token-7Zx2", "password": "hunter2hunter2"}"#,
      "echo s3cr3t-of-options")
    let path = try #require(try kept.sessions.list().first)
    let name = try #require(path.split(separator: "/").last)
    let text = try kept.shell.folder.read("sessions/\(name)")
    for secret in ["kF93hq-token-7Zx2", "hunter2hunter2", "s3cr3t-of-options"] {
      #expect(!text.contains(secret))
    }
    #expect(try kept.kept.count == 2)
  }

  @Test("nothing is kept unless there is a place for it")
  func keepsNothing() async throws {
    let shell = try ShellHarness()
    #expect(shell.interpreter.recording.place == nil)
    _ = try await shell.run("subtract 2 1")
    #expect(shell.interpreter.recorder == nil)
  }
}
