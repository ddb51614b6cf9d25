import Host
import JSONRPC
import LosslessJSON
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Stdio host", .timeLimit(.minutes(2)))
struct StdioHostTests {
  @Test("calls are answered, one line each")
  func answers() async throws {
    let host = StdioHarness(Demo.dispatcher())
    #expect(try await host.call("subtract", "[42, 23]")["result"]?.text == "19")
    #expect(try await host.call("text.reverse", "[\"abc\"]")["result"]?.string == "cba")
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("calls that take no time are answered in the order in which they came")
  func order() async throws {
    let host = StdioHarness(Demo.dispatcher())
    for id in 1...200 {
      host.send("{\"jsonrpc\": \"2.0\", \"method\": \"echo\", \"params\": [\(id)], \"id\": \(id)}")
    }
    for id in 1...200 { #expect(try await host.message()["id"]?.int == id) }
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a slow call does not hold up others, and tells of its progress")
  func concurrency() async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send(
      "{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [1, 2], \"id\": \"slow\"}")
    #expect(try await host.call("nothing", id: 2)["id"]?.int == 2)
    let first = try await host.message()
    #expect(
      first.text == """
        {"jsonrpc": "2.0", "method": "progress", "params": {"id": "slow", "step": 1, "of": 2}}
        """)
    #expect(try await host.message()["params"]?["step"]?.int == 2)
    #expect(try await host.message()["result"]?["steps"]?.int == 2)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a call can be taken back")
  func cancellation() async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [3600, 1], \"id\": 5}")
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"$/cancelRequest\", \"params\": {\"id\": 5}}")
    let reply = try await host.message()
    #expect(reply["error"]?["code"]?.int == -32800)
    #expect(reply["id"]?.int == 5)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("what was asked before the end of input is answered before the host ends")
  func endOfInput() async throws {
    let host = StdioHarness(Demo.dispatcher())
    // The last line lacks its newline.
    host.send(
      Array("{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [0.2, 1], \"id\": 1}".utf8))
    #expect(try await host.finish() == .endOfInput)
    #expect(try await host.message()["method"]?.string == "progress")
    #expect(try await host.message()["id"]?.int == 1)
  }

  @Test("pieces, carriage returns and blank lines are taken as they should be")
  func lines() async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send(Array("\n \r\n{\"jsonrpc\": \"2.0\", \"meth".utf8))
    host.send(Array("od\": \"nothing\", \"id\": 1}\r\n".utf8))
    #expect(try await host.message()["id"]?.int == 1)
    host.send("{\"jsonrpc\"")
    #expect(try await host.message()["error"]?["code"]?.int == -32700)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a line over the limit is refused and passed over")
  func oversize() async throws {
    let host = StdioHarness(Demo.dispatcher()) { $0.maxMessage = 100 }
    host.send(String(repeating: "x", count: 5_000))
    #expect(try await host.message()["error"]?["code"]?.int == -32600)
    #expect(try await host.call("nothing")["id"]?.int == 1)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a large answer comes whole through a small pipe, with few calls allowed at once")
  func large() async throws {
    let host = StdioHarness(Demo.dispatcher()) {
      $0.maxInFlight = 2
      $0.maxQueued = 1_000
    }
    for id in 1...8 {
      host.send("{\"jsonrpc\": \"2.0\", \"method\": \"large\", \"params\": [5000], \"id\": \(id)}")
    }
    for id in 1...8 {
      let reply = try await host.message()
      #expect(reply["id"]?.int == id)
      #expect(reply["result"]?.count == 5_000)
    }
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a client that is gone ends the host")
  func brokenPipe() async throws {
    let host = StdioHarness(Demo.dispatcher())
    #expect(try await host.call("nothing")["id"]?.int == 1)
    host.closeOutput()
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"nothing\", \"id\": 2}")
    #expect(try await host.ending() == .outputFailed(EPIPE))
  }

  @Test("ticks come until the clock is stopped")
  func clock() async throws {
    let host = StdioHarness(Demo.dispatcher())
    let started = try await host.call("clock.start", "{\"interval\": 0.01, \"count\": 100000}")
    #expect(started["result"]?["count"]?.int == 100_000)
    for tick in 1...3 {
      let message = try await host.message()
      #expect(message["method"]?.string == "clock.tick")
      #expect(message["params"]?["tick"]?.int == tick)
    }
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"clock.stop\", \"id\": 9}")
    var last = try await host.message()
    while last["id"] == nil { last = try await host.message() }
    #expect(last["result"]?.bool == true)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("the server asks the client and tells what it answered")
  func asking() async throws {
    let host = StdioHarness(Demo.dispatcher())
    host.send(
      "{\"jsonrpc\": \"2.0\", \"method\": \"ask\", \"params\": [\"name\", [], 60], \"id\": 1}")
    let question = try await host.message()
    #expect(
      question.text == "{\"jsonrpc\": \"2.0\", \"method\": \"name\", \"params\": [], \"id\": 1}")
    host.send("{\"jsonrpc\": \"2.0\", \"result\": {\"n\": 1.0}, \"id\": 1}")
    #expect(try await host.message()["result"]?["result"]?["n"]?.text == "1.0")
    // The next question has the next id; an error is told as such.
    host.send(
      "{\"jsonrpc\": \"2.0\", \"method\": \"ask\", \"params\": {\"seconds\": 60}, \"id\": 2}")
    let next = try await host.message()
    #expect(next["id"]?.int == 2)
    host.send(
      "{\"jsonrpc\": \"2.0\", \"error\": {\"code\": -32601, \"message\": \"no\"}, \"id\": 2}")
    #expect(try await host.message()["result"]?["error"]?["code"]?.int == -32601)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a client that does not answer in time is given up, and its late answer is dropped")
  func askingInVain() async throws {
    let host = StdioHarness(Demo.dispatcher())
    let question = try await host.call("ask", "{\"seconds\": 0.05}", id: 3)
    #expect(question["method"]?.string == "client.question")
    #expect(try await host.message()["error"]?["code"]?.int == 200)
    host.send("{\"jsonrpc\": \"2.0\", \"result\": \"late\", \"id\": \(question["id"]?.text ?? "")}")
    #expect(try await host.call("nothing", id: 4)["id"]?.int == 4)
    #expect(try await host.finish() == .endOfInput)
  }

  @Test("a question that waits when the client goes fails, and the host ends")
  func askingNobody() async throws {
    let host = StdioHarness(Demo.dispatcher())
    let question = try await host.call("ask", "{\"seconds\": 3600}", id: 3)
    #expect(question["method"]?.string == "client.question")
    #expect(try await host.finish() == .endOfInput)
    #expect(try await host.message()["error"]?["code"]?.int == 201)
  }
}

/// Signals belong to the whole process, so these run one after another.
@Suite("Stdio host and signals", .serialized, .timeLimit(.minutes(2)))
struct StdioSignalTests {
  @Test("a signal ends the host after the calls that run", arguments: [SIGTERM, SIGINT])
  func signalEnds(number: Int32) async throws {
    let host = StdioHarness(Demo.dispatcher()) { $0.catchesSignals = true }
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [0.4, 2], \"id\": 1}")
    #expect(try await host.message()["params"]?["step"]?.int == 1)
    kill(getpid(), number)
    #expect(try await host.message()["params"]?["step"]?.int == 2)
    #expect(try await host.message()["result"]?["steps"]?.int == 2)
    #expect(try await host.ending() == .signal(number))
  }

  @Test("calls that take too long after a signal are taken back and told so")
  func graceIsOver() async throws {
    let host = StdioHarness(Demo.dispatcher()) {
      $0.catchesSignals = true
      $0.grace = .milliseconds(50)
    }
    host.send("{\"jsonrpc\": \"2.0\", \"method\": \"slow\", \"params\": [3600, 1], \"id\": 1}")
    #expect(try await host.call("nothing", id: 2)["id"]?.int == 2)
    kill(getpid(), SIGTERM)
    #expect(try await host.message()["error"]?["code"]?.int == -32800)
    #expect(try await host.ending() == .signal(SIGTERM))
  }
}
