import Testing
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct ChildChannelTests {
  private let log = EventLog()

  private func start(_ argv: [String], _ options: StreamOptions = StreamOptions()) -> ChildChannel {
    let channel = ChildChannel(argv, options)
    channel.open(log.sink)
    return channel
  }

  @Test func talksToItsChild() async throws {
    let channel = start(["cat"])
    channel.send(1, "{\"a\":1}")
    #expect(try await log.frames(1) == ["{\"a\":1}"])
    let outcome = try await log.outcome(1)
    #expect(outcome.error == nil)
    #expect(outcome.timings.written != nil)
    channel.close(grace: .seconds(10))
    #expect(try await log.closing() == .asked)
    guard case .opened(let opening) = log.events.first else {
      Issue.record("the first event is not opened: \(log.summary)")
      return
    }
    #expect(opening.peer.hasPrefix("pid "))
    #expect(channel.traits.kind == .child)
    #expect(channel.traits.framing == "lines")
    #expect(!channel.traits.correlates && !channel.traits.takesHeaders)
  }

  @Test func aSendIsFinishedBeforeItsReplyIsTold() async throws {
    let channel = start(["cat"])
    for id in 1...500 {
      channel.send(UInt64(id), "{\"id\":\(id)}")
      _ = try await log.frames(id)
    }
    var finished: Set<UInt64> = []
    var next: UInt64 = 1
    for event in log.events {
      switch event {
      case .finished(let id, _): finished.insert(id.number)
      case .frame:
        #expect(finished.contains(next))
        next += 1
      default: break
      }
    }
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test func sendsBeforeOpeningWait() async throws {
    let channel = ChildChannel(["cat"])
    channel.send(1, "{}")
    channel.open(log.sink)
    channel.open(log.sink)
    #expect(try await log.frames(1) == ["{}"])
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
    #expect(log.outcomes(1).count == 1)
  }

  @Test func manyThreadsDoNotMixTheirMessages() async throws {
    let channel = start(["cat"])
    let wanted = (0..<8).flatMap { thread in
      (0..<100).map {
        "{\"t\":\(thread),\"n\":\($0),\"pad\":\"\(String(repeating: "x", count: 700))\"}"
      }
    }
    await withTaskGroup(of: Void.self) { group in
      for (index, text) in wanted.enumerated() {
        group.addTask { channel.send(UInt64(index), text) }
      }
    }
    let found = try await log.frames(wanted.count)
    #expect(found.sorted() == wanted.sorted())
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
    #expect(wanted.indices.allSatisfy { log.outcomes(UInt64($0)).count == 1 })
  }

  @Test func aSinkMaySendItself() async throws {
    let channel = ChildChannel(["cat"])
    let log = log
    channel.open { [unowned channel] event in
      log.sink(event)
      if case .frame(_, let frame) = event, frame.bytes.count < 30 {
        channel.send(UInt64(frame.bytes.count), "[\(String(decoding: frame.bytes, as: UTF8.self))]")
      }
    }
    channel.send(1, "[]")
    #expect(
      try await log.frames(15).last == String(repeating: "[", count: 15)
        + String(repeating: "]", count: 15))
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test func aLargeMessageGoesThereAndBack() async throws {
    let channel = start(["cat"])
    let large = "{\"a\":\"" + String(repeating: "0123456789", count: 1_000_000) + "\"}"
    channel.send(1, large)
    #expect(try await log.frames(1) == [large])
    let frame = try #require(log.rawFrames.first)
    #expect(frame.firstByte < frame.lastByte)
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test func logLinesBeforeJSONAreStrayText() async throws {
    let channel = start(shell("echo starting up; echo '[INFO] ready'; exec cat"))
    channel.send(1, "{}")
    #expect(try await log.frames(1) == ["{}"])
    #expect(log.diagnostics(.stray) == ["starting up", "[INFO] ready"])
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test func speaksTheFramingItIsTold() async throws {
    let channel = start(["cat"], StreamOptions(framing: .headers))
    channel.send(1, "{\"a\":\n1}")
    #expect(try await log.frames(1) == ["{\"a\":\n1}"])
    channel.send(SendID(2), Array("oops\n".utf8), SendOptions(framed: false))
    let stray = try await log.wait("stray text") { $0.diagnostics(.stray).first }
    #expect(stray == "oops")
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
  }

  @Test func refusesHeadersInWords() async throws {
    let channel = start(["cat"])
    channel.send(SendID(1), [0x7B], SendOptions(headers: [HeaderField("A", "b")]))
    channel.send(SendID(2), [0x7B], SendOptions(verb: "GET"))
    for id in [UInt64(1), 2] {
      guard case .unsupported = try await log.outcome(id).error else {
        Issue.record("not refused: \(log.summary)")
        return
      }
    }
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
    #expect(log.frames.isEmpty)
  }

  @Test func startsInADirectoryWithVariables() async throws {
    let options = StreamOptions(workingDirectory: "/usr", environment: ["RS_TEST": "x y"])
    _ = start(shell("printf '[\"%s\",\"%s\"]\\n' \"$(pwd)\" \"$RS_TEST\""), options)
    #expect(try await log.closing() == .exited(0, unread: 0))
    #expect(log.frames == ["[\"/usr\",\"x y\"]"])
  }

  @Test func runsInAProcessGroupOfItsOwn() async throws {
    let channel = start(["cat"])
    let pid = try #require(pid(try await log.opening()))
    #expect(getpgid(pid) == pid)
    channel.close(grace: .seconds(10))
    _ = try await log.closing()
    #expect(kill(pid, 0) == -1 && errno == ESRCH)
  }

  @Test(arguments: [
    (["/no/such/program"], ENOENT), (["no-such-program-anywhere"], ENOENT),
    (["/etc/passwd"], EACCES),
  ])
  func whatCannotBeStartedSaysSo(argv: [String], code: Int32) async throws {
    let channel = ChildChannel(argv)
    channel.send(1, "{}")
    channel.open(log.sink)
    let error = WireError.spawnFailed(program: argv[0], errno: code)
    #expect(try await log.closing() == .failed(error))
    #expect(log.outcomes(1).map(\.error) == [error])
  }

  @Test func aMissingDirectorySaysSo() async throws {
    _ = start(["cat"], StreamOptions(workingDirectory: "/no/such/directory"))
    guard case .failed(.badFile(path: "/no/such/directory", _)) = try await log.closing() else {
      Issue.record("\(log.summary)")
      return
    }
  }

  @Test func aChannelClosedBeforeItOpensNeverStarts() async throws {
    let channel = ChildChannel(["cat"])
    channel.send(1, "{}")
    channel.close(grace: .seconds(1))
    channel.open(log.sink)
    #expect(try await log.closing() == .asked)
    #expect(log.outcomes(1).map(\.error) == [.closed(.asked)])
    #expect(log.events.count == 2)
  }

  @Test func twoHundredChildrenLeaveNothingBehind() async throws {
    let before = descriptors()
    var pids: [pid_t] = []
    for round in 0..<200 {
      let log = EventLog()
      let channel = ChildChannel(round % 2 == 0 ? ["cat"] : ["/bin/sh", "-c", "exit 1"])
      channel.open(log.sink)
      pids.append(try #require(pid(try await log.opening())))
      channel.close(grace: .seconds(10))
      _ = try await log.closing()
    }
    for pid in pids { #expect(waitpid(pid, nil, WNOHANG) == -1) }
    // Other tests run at the same time; a leak would be hundreds.
    let isSteady = try await eventually { descriptors() < before + 60 }
    #expect(isSteady, "\(before) descriptors before, \(descriptors()) after")
  }

  private func pid(_ opening: Opening) -> pid_t? { pid_t(opening.peer.dropFirst(4)) }

  private func descriptors() -> Int {
    (0..<2000).count { fcntl(Int32($0), F_GETFD) != -1 }
  }
}
