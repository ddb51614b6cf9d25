import Synchronization
import Testing

@testable import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("HTTP channel's life")
struct HTTPLifeTests {
  private static func answering() -> ScriptedServer {
    ScriptedServer { connection in
      while let request = connection.request() {
        connection.reply("200 OK", [], String(decoding: request.body, as: UTF8.self))
      }
    }
  }

  private static func silent() -> ScriptedServer {
    ScriptedServer { connection in
      connection.request()
      connection.awaitClose()
    }
  }

  @Test func sendsBeforeOpeningWaitForIt() async throws {
    let server = Self.answering()
    let probe = try Probe(server.url, opens: false, server: server)
    let id = probe.start("[1]")
    #expect(probe.events.isEmpty)
    probe.open()
    #expect(try await probe.end(of: id).body == "[1]")
    guard case .opened? = probe.events.first else { throw Unexpected() }
  }

  @Test func manySendsAtOnceFromManyThreadsEachGetTheirOwnReply() async throws {
    let server = Self.answering()
    let probe = try Probe(server)
    await withTaskGroup { group in
      for lane in 0..<8 {
        group.addTask {
          for turn in 0..<50 {
            let number = UInt64(lane * 50 + turn + 1)
            probe.channel.send(SendID(number), Array("[\(number)]".utf8), SendOptions())
          }
        }
      }
    }
    for number in 1...UInt64(400) {
      let told = try await probe.end(of: SendID(number))
      #expect(told.order == "hfe")
      #expect(told.body == "[\(number)]")
    }
    #expect(server.accepted <= 128)
  }

  @Test func aSinkMaySend() async throws {
    let server = Self.answering()
    let channel = try HTTPChannel(url: server.url)
    let ended = Mutex<[UInt64]>([])
    channel.open { [weak channel] event in
      guard case .finished(let id, _) = event else { return }
      ended.withLock { $0.append(id.number) }
      if id.number < 50 { channel?.send(SendID(id.number + 1), [0x31], SendOptions()) }
    }
    channel.send(SendID(1), [0x31], SendOptions())
    let deadline = ContinuousClock.now + .seconds(30)
    while ended.withLock({ $0.count }) < 50, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(ended.withLock { $0 } == Array(1...50))
    #expect(server.accepted == 1)
    channel.close(grace: .zero)
  }

  @Test func cancellingClosesTheConnectionAndLeavesOthersAlone() async throws {
    let gate = Gate()
    let closed = Mutex(false)
    let server = ScriptedServer { connection in
      while let request = connection.request() {
        if request.body == Array("stuck".utf8) {
          connection.awaitClose()
          closed.withLock { $0 = true }
          return
        }
        gate.await()
        connection.reply("200 OK", [], "fine")
      }
    }
    let probe = try Probe(server)
    let stuck = probe.start("stuck")
    let other = probe.start("other")
    try await probe.wait { _ in server.requests.count == 2 ? true : nil }
    probe.channel.cancel(stuck)
    let told = try await probe.end(of: stuck)
    #expect(told.order == "e")
    #expect(told.error == .cancelled)
    #expect(told.wire(.headerOut).starts(with: Array("POST".utf8)))
    try await probe.wait { _ in closed.withLock { $0 } ? true : nil }
    gate.open()
    #expect(try await probe.end(of: other).body == "fine")
    probe.channel.cancel(stuck)
    probe.channel.cancel(other)
    probe.channel.cancel(SendID(999))
    #expect(try await probe.call().body == "fine")
    #expect(probe.events.filter { if case .finished = $0 { true } else { false } }.count == 3)
  }

  @Test func closingEndsEverySendThenTheChannel() async throws {
    let server = Self.silent()
    let probe = try Probe(server)
    let ids = [probe.start(), probe.start(), probe.start()]
    try await probe.wait { _ in server.requests.count == 3 ? true : nil }
    #expect(try await probe.close() == .asked)
    for id in ids { #expect(try await probe.end(of: id).error == .closed(.asked)) }
    let count = probe.events.count
    #expect(count == 5)
    probe.channel.send(SendID(77), [], SendOptions())
    probe.channel.cancel(ids[0])
    probe.channel.close(grace: .zero)
    #expect(probe.events.count == count)
  }

  @Test func closingBeforeOpeningStillTellsOfWaitingSends() async throws {
    let probe = try Probe("http://127.0.0.1:1/", opens: false)
    let early = probe.start()
    probe.channel.close(grace: .zero)
    let late = probe.start()
    probe.open()
    #expect(try await probe.close() == .asked)
    for id in [early, late] { #expect(try await probe.end(of: id).error == .closed(.asked)) }
  }

  @Test func droppingTheChannelEndsItsThread() async throws {
    let server = Self.answering()
    let closed = Mutex(false)
    var channel: HTTPChannel? = try HTTPChannel(url: server.url)
    channel?.open { event in
      if case .closed(.asked) = event { closed.withLock { $0 = true } }
    }
    channel = nil
    let deadline = ContinuousClock.now + .seconds(30)
    while !closed.withLock({ $0 }), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(closed.withLock { $0 })
    #expect(channel == nil)
  }

  #if os(Linux)
    /// Other tests open and close descriptors meanwhile, so the bound is far below a leak of one
    /// for each channel and far above what they hold at once.
    @Test func aHundredChannelsLeaveNoDescriptorsBehind() async throws {
      let server = Self.answering()
      let before = try Self.openDescriptors()
      for _ in 0..<300 {
        let probe = try Probe(server.url)
        _ = try await probe.call()
        _ = try await probe.close()
      }
      let deadline = ContinuousClock.now + .seconds(30)
      while try Self.openDescriptors() > before + 150, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(try Self.openDescriptors() <= before + 150)
      server.stop()
    }

    private static func openDescriptors() throws -> Int {
      guard let folder = opendir("/proc/self/fd") else { throw Unexpected() }
      defer { closedir(folder) }
      var count = 0
      while readdir(folder) != nil { count += 1 }
      return count
    }
  #endif
}
