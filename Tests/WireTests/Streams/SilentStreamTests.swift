import LosslessJSON
import Testing
import Wire

/// Children that never mark the end of a message, and then wait.
@Suite("Silent streams") struct SilentStreamTests {
  private let log = EventLog()

  @Test(arguments: [
    ("printf '{\"a\":1}'; exec cat", FramingName.lines, WireRule.noLineEnd),
    ("printf '{\"a\":1}\\r'; exec cat", .lines, .carriageReturn),
    ("printf 'Content-Length: 9\\r\\n\\r\\n{\"a\":1}'; exec cat", .headers, .lengthTooLong),
    ("printf '9:{\"a\":1}'; exec cat", .netstring, .netstringLength),
  ])
  func aWholeMessageIsHandedOutAllTheSame(
    script: String, framing: FramingName, rule: WireRule
  ) async throws {
    let channel = ChildChannel(shell(script), StreamOptions(framing: framing))
    channel.open(log.sink)
    #expect(try await log.frames(1).map { $0.filter { $0 != "\r" } } == ["{\"a\":1}"])
    #expect(log.rawFrames[0].findings.map(\.rule) == [rule.rawValue])
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
    #expect(log.frames.count == 1)
  }

  @Test func aBrokenLineIsHandedOutAsItIs() async throws {
    let channel = ChildChannel(shell("printf '{\"a\":\\n'; exec cat"))
    channel.open(log.sink)
    #expect(try await log.frames(1) == ["{\"a\":"])
    channel.send(1, "[1]")
    #expect(try await log.frames(2) == ["{\"a\":", "[1]"])
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test func aMessageThatIsNotWaitedForIsNoFaultOfTheServers() async throws {
    let channel = ChildChannel(
      shell("printf '{\"a\"'; exec cat"), StreamOptions(framing: .values))
    channel.open(log.sink)
    let unfinished = channel
    _ = try await log.wait("what came") { _ in
      unfinished.unfinished.isEmpty ? nil : true
    }
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
    let findings = log.rawFrames.flatMap(\.findings)
    #expect(findings.map(\.rule) == [WireRule.cutShort.rawValue])
    #expect(findings.map(\.severity) == [.note])
    #expect(findings[0].message.contains("closed on this side"))
  }

  @Test func aMessageThatTheServerBreaksOffIs() async throws {
    let channel = ChildChannel(shell("printf '{\"a\"'"), StreamOptions(framing: .values))
    channel.open(log.sink)
    _ = try await log.closing()
    #expect(log.rawFrames.flatMap(\.findings).map(\.severity) == [.error])
  }

  @Test func aMessageThatStopsIsRemarkedOnce() async throws {
    let channel = ChildChannel(
      shell("printf 'Content-Length: 9\\r\\n\\r\\n{\"a\"'; exec cat"),
      StreamOptions(framing: .headers))
    channel.open(log.sink)
    let remark = try await log.wait("a remark") { log -> Diagnostic? in
      for case .diagnostic(let found) in log.events { return found }
      return nil
    }
    #expect(remark.source == .stray)
    #expect(remark.bytes.isEmpty)
    #expect(remark.findings.map(\.rule) == [WireRule.stalled.rawValue])
    channel.send(SendID(1), Array(":[12]}".utf8.dropLast()), SendOptions(framed: false))
    #expect(try await log.frames(1) == ["{\"a\":[12]"])
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test(arguments: [
    ("{\"a\":", FramingName.values), ("{\"a\":", .lines), ("{\"a\":\\n [1,", .lines),
    ("Content-Length: 9\\r\\n\\r\\n{\"a\":", .headers), ("9:{\"a\":", .netstring),
  ])
  func whatTheStreamStoppedInIsKept(text: String, framing: FramingName) async throws {
    let script = "printf '\(text)'; exec cat"
    let channel = ChildChannel(shell(script), StreamOptions(framing: framing))
    #expect(channel.unfinished == [])
    channel.open(log.sink)
    let deadline = ContinuousClock.now + .seconds(10)
    var kept: [UInt8] = []
    while kept.isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(5))
      kept = channel.unfinished
    }
    let expected = text.contains("[1,") ? "{\"a\":\n [1," : "{\"a\":"
    #expect(String(decoding: kept, as: UTF8.self) == expected)
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test(arguments: [FramingName.lines, .values, .headers])
  func blanksAloneAreTold(framing: FramingName) async throws {
    let channel = ChildChannel(
      shell("read line; printf '\\r\\n'; exec cat"), StreamOptions(framing: framing))
    channel.open(log.sink)
    channel.send(SendID(1), Array("x\n".utf8), SendOptions(framed: false))
    let blank = try await log.wait("the blank line") { log -> Diagnostic? in
      for case .diagnostic(let found) in log.events { return found }
      return nil
    }
    #expect(blank == Diagnostic(source: .stray, bytes: [0x0D, 0x0A]))
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }
}
