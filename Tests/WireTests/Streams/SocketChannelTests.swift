import LosslessJSON
import Testing
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct SocketChannelTests {
  private let log = EventLog()

  private func connect(
    _ server: RudeServer, _ options: StreamOptions = StreamOptions()
  ) -> SocketChannel {
    let channel = SocketChannel(host: "127.0.0.1", port: server.port, options)
    channel.open(log.sink)
    return channel
  }

  @Test func talksOverTCP() async throws {
    let server = try RudeServer { connection in
      let request = connection.read(1)
      connection.write(request)
    }
    let channel = connect(server)
    channel.send(1, "{\"a\":1}")
    #expect(try await log.closing() == .byPeer(unread: 0))
    #expect(log.frames == ["{\"a\":1}"])
    #expect(log.outcomes(1).map(\.error) == [nil])
    #expect(try await log.opening().peer == "127.0.0.1:\(server.port)")
    #expect(channel.traits.kind == .tcp)
    #expect(channel.traits.framing == "values")
    #expect(channel.traits.peer == "tcp:127.0.0.1:\(server.port)")
  }

  @Test func findsANameAmongItsAddresses() async throws {
    let server = try RudeServer { connection in connection.write("{}") }
    let channel = SocketChannel(host: "localhost", port: server.port)
    channel.open(log.sink)
    #expect(try await log.closing() == .byPeer(unread: 0))
    #expect(log.frames == ["{}"])
  }

  @Test func bytesThatComeOneByOneAreOneMessage() async throws {
    let text = "{\"a\":[1,\"}\"]}"
    let server = try RudeServer { connection in
      for character in text { connection.write(String(character)) }
    }
    _ = connect(server)
    #expect(try await log.closing() == .byPeer(unread: 0))
    #expect(log.frames == [text])
  }

  @Test func gluedMessagesComeApart() async throws {
    let server = try RudeServer { connection in
      connection.write("{\"a\":1}{\"b\":2}[3] hello\n{\"c\":")
    }
    _ = connect(server)
    #expect(try await log.closing() == .byPeer(unread: 5))
    #expect(log.frames == ["{\"a\":1}", "{\"b\":2}", "[3]", "{\"c\":"])
    #expect(log.rawFrames.last?.findings.map(\.rule) == [WireRule.cutShort.rawValue])
    #expect(log.diagnostics(.stray) == ["hello"])
  }

  @Test func aServerThatClosesAtOnce() async throws {
    let server = try RudeServer { _ in }
    _ = connect(server)
    #expect(try await log.closing() == .byPeer(unread: 0))
    guard case .opened = log.events.first else {
      Issue.record("\(log.summary)")
      return
    }
  }

  @Test func aServerThatResets() async throws {
    let server = try RudeServer { connection in
      connection.resetOnClose()
      connection.write("{}")
      _ = connection.read(1)
    }
    let channel = connect(server)
    _ = try await log.frames(1)
    channel.send(1, "{}")
    let reason = try await log.closing()
    #expect(reason == .failed(.ioFailed(operation: "read", errno: ECONNRESET)))
  }

  @Test func nobodyListens() async throws {
    // A port that was free a moment ago.
    let port = try RudeServer(nil).port
    let channel = SocketChannel(host: "127.0.0.1", port: port)
    channel.send(1, "{}")
    channel.open(log.sink)
    let error = WireError.connectFailed(peer: "127.0.0.1:\(port)", errno: ECONNREFUSED)
    #expect(try await log.closing() == .failed(error))
    #expect(log.outcomes(1).map(\.error) == [error])
    #expect(log.events.count == 2)
  }

  @Test func anUnknownHost() async throws {
    let host = "no-such-host.invalid"
    SocketChannel(host: host, port: 1).open(log.sink)
    // Where no name server answers, that takes longer than connecting may.
    let late = WireError.connectTimedOut(peer: "tcp:\(host):1", after: .seconds(10))
    let reason = try await log.closing()
    #expect(reason == .failed(.unknownHost(host)) || reason == .failed(late))
  }

  @Test func aServerThatNeverReads() async throws {
    let server = try RudeServer { connection in
      // Reads nothing, and goes when the client is gone.
      var state = pollfd(fd: connection.descriptor, events: 0, revents: 0)
      poll(&state, 1, 20_000)
    }
    let channel = connect(server)
    channel.send(1, "[\"" + String(repeating: "x", count: 30_000_000) + "\"]")
    channel.send(2, "{}")
    channel.cancel(SendID(2))
    #expect(try await log.outcome(2).error == .cancelled)
    channel.close(grace: .milliseconds(100))
    #expect(try await log.closing() == .asked)
    #expect(log.outcomes(1).count == 1)
  }

  @Test func closingWritesWhatWaits() async throws {
    let text = "[\"" + String(repeating: "x", count: 5_000_000) + "\"]"
    let received = EventCount()
    let server = try RudeServer { connection in received.add(connection.read().utf8.count) }
    let channel = connect(server)
    _ = try await log.opening()
    channel.send(1, text)
    channel.close(grace: .seconds(20))
    #expect(try await log.closing() == .asked)
    #expect(log.outcomes(1).map(\.error) == [nil])
    #expect(try await eventually { server.isDone })
    #expect(received.value == text.utf8.count + 1)
  }

  @Test func talksOverUnixSockets() async throws {
    let path = "/tmp/rpcscope-\(getpid())-talk.sock"
    defer { unlink(path) }
    let server = try RudeServer(path: path) { connection in
      connection.write(connection.read(1))
      _ = connection.read()
    }
    let channel = SocketChannel(path: path, StreamOptions(framing: .netstring))
    channel.open(log.sink)
    channel.send(1, "{\"a\":1}")
    #expect(try await log.frames(1) == ["{\"a\":1}"])
    #expect(try await log.opening().peer == path)
    #expect(channel.traits.kind == .unix)
    channel.close(grace: .seconds(10))
    #expect(try await log.closing() == .asked)
    #expect(try await eventually { server.isDone })
  }

  @Test func aUnixServerThatNeverAccepts() async throws {
    let path = "/tmp/rpcscope-\(getpid())-busy.sock"
    defer { unlink(path) }
    let server = try RudeServer(path: path, backlog: 0, nil)
    let options = StreamOptions(connectTimeout: .milliseconds(200))
    let logs = (0..<3).map { _ in EventLog() }
    let channels = logs.map { log in
      let channel = SocketChannel(path: path, options)
      channel.open(log.sink)
      return channel
    }
    // The system takes one or two connections that nobody accepted, and no more.
    _ = try await logs[0].wait("a time-out") { _ in
      logs.contains {
        $0.closeReason == .failed(.connectTimedOut(peer: path, after: .milliseconds(200)))
      } ? true : nil
    }
    for channel in channels { channel.close(grace: .zero) }
    for log in logs { _ = try await log.closing() }
    withExtendedLifetime(server) {}
  }

  @Test func closingEndsConnecting() async throws {
    let path = "/tmp/rpcscope-\(getpid())-full.sock"
    defer { unlink(path) }
    let server = try RudeServer(path: path, backlog: 0, nil)
    let logs = (0..<4).map { _ in EventLog() }
    let channels = logs.map { log in
      let channel = SocketChannel(path: path, StreamOptions(connectTimeout: .seconds(600)))
      channel.open(log.sink)
      return channel
    }
    for channel in channels { channel.close(grace: .milliseconds(100)) }
    for log in logs { #expect(try await log.closing() == .asked) }
    withExtendedLifetime(server) {}
  }

  @Test func aMissingUnixSocket() async throws {
    SocketChannel(path: "/tmp/no-such-rpcscope.sock").open(log.sink)
    let error = WireError.connectFailed(peer: "/tmp/no-such-rpcscope.sock", errno: ENOENT)
    #expect(try await log.closing() == .failed(error))
  }

  @Test func aUnixPathThatIsTooLong() async throws {
    SocketChannel(path: "/tmp/" + String(repeating: "x", count: 200)).open(log.sink)
    guard case .failed(.badTarget(let text)) = try await log.closing() else {
      Issue.record("\(log.summary)")
      return
    }
    #expect(text.contains("205"))
  }
}
