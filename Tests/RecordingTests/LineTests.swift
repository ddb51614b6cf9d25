import JSONRPC
import LosslessJSON
import Session
import Testing
import Wire

@testable import Recording

@Suite struct LineTests {
  static let samples: [Exchange] = [
    Exchanges.call(),
    Exchanges.call(2, result: nil, error: #"{"code": -32601, "message": "no \"such\"\n thing"}"#),
    Exchanges.call(3, result: nil, ending: .timedOut(.seconds(30))),
    Exchanges.call(4, result: nil, ending: .failed(.connectFailed(peer: "a:1", errno: 111))),
    Exchanges.call(5, result: nil, ending: .failed(.closed(.exited(3)))),
    Exchanges.call(6, result: nil, ending: .cancelled),
    Exchanges.call(
      7, status: 200, headers: [HeaderField("Content-Type", "application/json")],
      sent: SentHead(line: "POST / HTTP/1.1", headers: [HeaderField("Host", "h")])),
    Exchanges.call(
      8,
      findings: [
        Finding(
          "rpc.id-mismatch", .error, range: 3..<9, evidence: [0xFF], message: "m", hint: "h",
          section: "s")
      ], stderr: "line 1\nline 2\n"),
    Exchanges.exchange(9, kind: .raw, request: [0x7B, 0xFF, 0x00, 0x7D], replies: [[0xC3, 0x28]]),
    Exchanges.exchange(
      10, kind: .serverRequest, method: "ask", replies: [#"{"method":"ask","id":1}"#.bytes],
      ending: .received, answer: #"{"result":1,"id":1}"#.bytes),
    Exchanges.call(11, method: "héllo \\\"world\\\"", id: #""a\u0041\n""#),
    Exchanges.call(12, id: "[1,\n 2]"),
  ]

  @Test(arguments: samples) func `An exchange comes back from its line`(exchange: Exchange) throws {
    let bytes = ExchangeLine.bytes(exchange, ExchangeParts(exchange))
    #expect(!bytes.contains(0x0A))
    let read = try #require(RecordedExchange(try JSON(reading: bytes))).exchange
    #expect(read.number == exchange.number)
    #expect(read.kind == exchange.kind)
    #expect(read.purpose == exchange.purpose)
    #expect(read.startedAt == exchange.startedAt)
    #expect(read.request == exchange.request)
    #expect(read.method == exchange.method)
    #expect(read.ids == exchange.ids)
    #expect(read.messages.map(\.frame.bytes) == exchange.messages.map(\.frame.bytes))
    #expect(read.messages.map(\.frame.kind) == exchange.messages.map(\.frame.kind))
    #expect(read.head == exchange.head)
    #expect(read.stderr == exchange.stderr)
    #expect(read.answer == exchange.answer)
    #expect(read.ending == exchange.ending)
    #expect(read.findings == exchange.findings)
    #expect(read.duration == exchange.duration)
    #expect(read.timings.written == exchange.timings.written)
    #expect(read.wire.flatMap(SentHead.init) == exchange.wire.flatMap(SentHead.init))
    #expect(ExchangeStatus(read) == ExchangeStatus(exchange))
    let offset = read.messages.first.map { $0.frame.firstByte - read.timings.start }
    #expect(offset == (exchange.messages.isEmpty ? nil : .microseconds(900)))
  }

  @Test(arguments: samples) func `The summary is read from bytes alone`(exchange: Exchange) throws {
    let bytes = ExchangeLine.bytes(exchange, ExchangeParts(exchange))
    let summary = try #require(bytes.withUnsafeBufferPointer { LineSummary($0) })
    #expect(summary.number == exchange.number)
    #expect(summary.at == exchange.startedAt)
    #expect(summary.kind == exchange.kind)
    #expect(summary.isIncoming == exchange.kind.isIncoming)
    #expect(summary.status == ExchangeStatus(exchange))
    #expect(summary.code == exchange.response?.code)
    #expect(summary.http == exchange.head?.status)
    #expect(summary.took == exchange.duration?.micros)
    #expect(summary.sent == exchange.request.count)
    #expect(summary.got == exchange.replySize)
    #expect(summary.worst == exchange.worstFinding)
    #expect(bytes[summary.end] == 0x2C)
  }

  @Test func `A summary cut anywhere is no summary`() {
    let exchange = Self.samples[7]
    let bytes = ExchangeLine.bytes(exchange, ExchangeParts(exchange))
    let end = bytes.withUnsafeBufferPointer { LineSummary($0)?.end ?? 0 }
    for count in 0..<end {
      let part = Array(bytes[..<count])
      #expect(part.withUnsafeBufferPointer { LineSummary($0) == nil })
    }
  }

  static let errors: [WireError] = [
    .badTarget("t"), .unknownHost("h"), .connectTimedOut(peer: "p", after: .seconds(2)),
    .timedOut(after: .milliseconds(1500)), .tls(code: 60, message: "m"),
    .curl(code: -1, message: "m"), .spawnFailed(program: "x", errno: 2),
    .ioFailed(operation: "read", errno: 5), .closed(.asked), .closed(.byPeer),
    .closed(.signalled(9)), .closed(.failed(errno: 104)), .tooLarge(limit: 7),
    .truncatedBody(message: "m"), .badEncoding(message: "m"), .unsupported("u"),
    .missingLibrary(name: "l", package: "p"), .badFile(path: "f", message: "m"), .cancelled,
  ]

  @Test(arguments: errors) func `Every failure comes back`(error: WireError) throws {
    let json = try JSON(reading: EndingText.bytes(.failed(error)))
    #expect(EndingText.read(json) == .failed(error))
  }

  @Test func `A header comes back, and knows that another line is none`() throws {
    let line = Exchanges.header.line(target: Exchanges.header.target)
    #expect(RecordingHeader(try JSON(reading: line)) == Exchanges.header)
    #expect(RecordingHeader(try JSON(reading: #"{"rpcscope": "other"}"#)) == nil)
  }

  @Test func `Base64 is that of the specification`() {
    let vectors = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg=="]
    for (plain, coded) in vectors {
      var text: [UInt8] = []
      Base64.encode(plain.bytes, into: &text)
      #expect(text.text == coded)
      #expect(Base64.decode(coded.utf8) == plain.bytes)
    }
    #expect(Base64.decode("Z".utf8) == nil)
    #expect(Base64.decode("Zg==Zg".utf8) == nil)
  }

  @Test(arguments: [
    (0.0, "1970-01-01T00:00:00.000000Z"), (951_782_400, "2000-02-29T00:00:00.000000Z"),
    (1_700_000_000.25, "2023-11-14T22:13:20.250000Z"), (-1, "1969-12-31T23:59:59.000000Z"),
  ]) func `Times are dates and back`(seconds: Double, text: String) {
    #expect(CivilTime(seconds).text == text)
    #expect(CivilTime.parse(text) == seconds)
  }
}
