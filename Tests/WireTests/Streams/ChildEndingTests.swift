import Testing
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How children end, by themselves and by force.
@Suite struct ChildEndingTests {
  private let log = EventLog()

  private func start(_ script: String, _ options: StreamOptions = StreamOptions()) -> ChildChannel {
    let channel = ChildChannel(shell(script), options)
    channel.open(log.sink)
    return channel
  }

  @Test func tellsTheExitStatus() async throws {
    _ = start("exit 3")
    #expect(try await log.closing() == .exited(3, unread: 0))
  }

  @Test func tellsTheSignal() async throws {
    _ = start("kill -9 $$")
    #expect(try await log.closing() == .signalled(9, unread: 0))
  }

  @Test func aChildMeetsSignalsAsUsual() async throws {
    _ = start("kill -PIPE $$; exit 1")
    #expect(try await log.closing() == .signalled(SIGPIPE, unread: 0))
  }

  @Test func whatWasWrittenBeforeTheEndIsToldBeforeIt() async throws {
    let script = """
      i=0; while [ $i -lt 500 ]; do echo "{\\"n\\":$i}"; i=$((i+1)); done
      echo last words >&2; printf '{"half' ; exit 5
      """
    _ = start(script, StreamOptions(framing: .values))
    #expect(try await log.closing() == .exited(5, unread: 6))
    #expect(log.frames == (0..<500).map { "{\"n\":\($0)}" } + ["{\"half"])
    #expect(log.diagnostics(.stderr) == ["last words"])
  }

  @Test func sendsToADeadChildFailWithItsEnd() async throws {
    let channel = ChildChannel(shell("exec <&-; echo '[]'; sleep 0.05; exit 4"))
    let log = log
    channel.open { [unowned channel] event in
      log.sink(event)
      if case .frame = event { channel.send(1, "{}") }
    }
    #expect(try await log.closing() == .exited(4, unread: 0))
    #expect(log.outcomes(1).map(\.error) == [.closed(.exited(4))])
  }

  @Test func sendsToAChildThatClosedItsInputFail() async throws {
    let channel = start("exec <&-; echo '[]'; exec sleep 60")
    _ = try await log.frames(1)
    channel.send(1, "{}")
    let broken = WireError.ioFailed(operation: "write", errno: EPIPE)
    #expect(try await log.outcome(1).error == broken)
    channel.send(2, "{}")
    #expect(try await log.outcome(2).error == broken)
    #expect(log.closeReason == nil)
    channel.close(grace: .milliseconds(100))
    #expect(try await log.closing() == .asked)
  }

  @Test func standardErrorComesInLines() async throws {
    let channel = start("echo one >&2; printf 'two\\r\\n\\n' >&2; printf 'prompt: ' >&2; exec cat")
    let lines = try await log.wait("a partial line") { log in
      log.diagnostics(.stderr).count == 4 ? log.diagnostics(.stderr) : nil
    }
    #expect(lines == ["one", "two", "", "prompt: "])
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test func aLongLineOfStandardErrorComesInPieces() async throws {
    _ = start("head -c 100000 /dev/zero | tr '\\0' x >&2")
    _ = try await log.closing()
    #expect(log.diagnostics(.stderr).joined() == String(repeating: "x", count: 100_000))
    #expect(log.diagnostics(.stderr).allSatisfy { $0.utf8.count <= 16 << 10 })
  }

  @Test func aChildThatIgnoresEverythingIsKilled() async throws {
    let channel = start("trap '' TERM INT HUP; echo \"[$$]\"; while :; do sleep 1; done")
    let pid = try #require(pid_t(try await log.frames(1)[0].dropFirst().dropLast()))
    channel.close(grace: .milliseconds(100))
    #expect(try await log.closing() == .asked)
    #expect(kill(pid, 0) == -1)
    // The loop's sleep was in the same group.
    #expect(try await eventually { kill(-pid, 0) == -1 && errno == ESRCH })
  }

  @Test func closingWithoutGraceKillsAtOnce() async throws {
    let channel = start("trap '' TERM; echo '[]'; while :; do sleep 1; done")
    _ = try await log.frames(1)
    channel.close(grace: .zero)
    #expect(try await log.closing() == .asked)
  }

  @Test func repliesAreStillToldWhileClosing() async throws {
    let channel = start("cat >/dev/null; echo '{\"bye\":1}'")
    _ = try await log.opening()
    channel.close(grace: .seconds(10))
    #expect(try await log.closing() == .asked)
    #expect(log.frames == ["{\"bye\":1}"])
    channel.send(9, "{}")
    #expect(log.outcomes(9).isEmpty)
  }

  @Test func whatWaitsIsWrittenBeforeClosing() async throws {
    let channel = start("sleep 0.1; exec cat")
    _ = try await log.opening()
    let large = "[\"" + String(repeating: "x", count: 1_000_000) + "\"]"
    channel.send(1, large)
    channel.close(grace: .seconds(20))
    channel.send(2, "{}")
    #expect(try await log.closing() == .asked)
    #expect(log.frames.first == large)
    #expect(log.outcomes(1).map(\.error) == [nil])
  }

  @Test func aGrandchildWithOurPipesDoesNotHoldTheEnd() async throws {
    _ = start("sleep 60 & echo \"[$!]\"; exit 7")
    #expect(try await log.closing() == .exited(7, unread: 0))
    let grandchild = try #require(pid_t(log.frames[0].dropFirst().dropLast()))
    #expect(kill(grandchild, SIGKILL) == 0)
  }

  @Test func aChildThatClosesItsOutputIsEnded() async throws {
    _ = start("exec >&-; trap '' TERM; while :; do sleep 1; done")
    #expect(try await log.closing() == .byPeer(unread: 0))
  }

  @Test func aChildThatClosesItsOutputAndExitsIsHeard() async throws {
    _ = start("echo '{}'; exec >&-; exit 6")
    #expect(try await log.closing() == .exited(6, unread: 0))
    #expect(log.frames == ["{}"])
  }

  @Test func whatAChildDoesNotReadWaits() async throws {
    let channel = start("exec sleep 60")
    let large = "[\"" + String(repeating: "x", count: 10_000_000) + "\"]"
    channel.send(1, large)
    channel.send(2, "{}")
    channel.cancel(SendID(2))
    channel.cancel(SendID(2))
    #expect(try await log.outcome(2).error == .cancelled)
    channel.send(3, "{}")
    channel.close(grace: .milliseconds(100))
    #expect(try await log.closing() == .asked)
    #expect(log.outcomes(1).map(\.error) == [.closed(.asked)])
    #expect(log.outcomes(2).map(\.error) == [.cancelled])
    #expect(log.outcomes(3).map(\.error) == [.closed(.asked)])
  }

  @Test func aMessageThatHasBegunGoesOutWholeThoughCancelled() async throws {
    // The child waits for a file, so that the message can't be written out before it is cancelled.
    let gate = "/tmp/rpcscope-gate-\(getpid())"
    unlink(gate)
    defer { unlink(gate) }
    let channel = start("echo '[]'; until [ -e \(gate) ]; do sleep 0.01; done; exec cat")
    _ = try await log.frames(1)
    let large = "[\"" + String(repeating: "x", count: 3_000_000) + "\"]"
    channel.send(1, large)
    channel.send(2, "{}")
    channel.cancel(SendID(1))
    #expect(try await log.outcome(1).error == .cancelled)
    close(open(gate, O_CREAT | O_WRONLY, 0o600))
    #expect(try await log.frames(3) == ["[]", large, "{}"])
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
    #expect(log.outcomes(1).count == 1)
  }

  @Test func aFullQueueRefuses() async throws {
    let channel = start("exec sleep 60", StreamOptions(queueLimit: 1000))
    channel.send(1, "[\"" + String(repeating: "x", count: 1_000_000) + "\"]")
    channel.send(2, "[\"" + String(repeating: "x", count: 1000) + "\"]")
    #expect(try await log.outcome(2).error == .tooLarge(limit: 1000))
    channel.close(grace: .milliseconds(50))
    _ = try await log.closing()
  }

  @Test func aMessageOverTheLimitEndsTheChannel() async throws {
    let channel = start(
      "echo '{}'; head -c 5000 /dev/zero | tr '\\0' x; exec cat", StreamOptions(limit: 1000))
    #expect(try await log.closing() == .failed(.tooLarge(limit: 1000)))
    #expect(log.frames == ["{}"])
    _ = channel
  }
}
