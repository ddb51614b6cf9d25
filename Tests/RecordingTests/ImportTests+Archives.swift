import JSONRPC
import LosslessJSON
import Session
import Testing
import Wire

@testable import Recording

/// Archives of HTTP (HAR), from us and from browsers.
extension ImportTests {
  @Test func `An archive goes out and comes in again`() throws {
    let exchanges = [
      Exchanges.call(
        1, status: 200, headers: [HeaderField("Content-Type", "application/json")],
        sent: SentHead(line: "POST /rpc?x=1 HTTP/1.1", headers: [HeaderField("Host", "h")])),
      Exchanges.call(2, result: nil, error: #"{"code": 5, "message": "é\n"}"#, status: 500),
    ].map { RecordedExchange($0) }
    var header = Exchanges.header
    header.target = "http://h/rpc?x=1"
    let out = HARExport.write(ExportedSession(header: header, exchanges: exchanges))
    let session = try session(out.text)
    #expect(session.source == "HAR")
    #expect(story(session) == ["1 call subtract ok", "2 call subtract error"])
    #expect(session.header.target == "http://h/rpc?x=1")
    for (old, new) in zip(exchanges, session.exchanges) {
      #expect(new.exchange.request == old.exchange.request)
      #expect(new.exchange.messages.map(\.frame.bytes) == old.exchange.messages.map(\.frame.bytes))
      #expect(new.exchange.head?.status == old.exchange.head?.status)
      #expect(new.exchange.startedAt == old.exchange.startedAt)
      #expect(new.exchange.duration == old.exchange.duration)
    }
    #expect(session.exchanges[0].exchange.wire.flatMap(SentHead.init)?.headers.count == 1)
  }

  @Test func `An archive of Chrome's brings its quirks`() throws {
    let session = try session(
      #"""
      {"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [],
      "entries": [
        {"startedDateTime": "2026-11-21T15:00:00.000Z", "time": 12.5, "_resourceType": "document",
         "request": {"method": "GET", "url": "http://h/", "httpVersion": "h3", "headers": []},
         "response": {"status": 200, "content": {"size": 5, "mimeType": "text/html"}}},
        {"_initiator": {"type": "script"}, "_resourceType": "fetch",
         "startedDateTime": "2026-11-21T15:00:01.250Z", "time": 31.25,
         "request": {"method": "POST", "url": "http://h/rpc", "httpVersion": "h2", "headers": [
           {"name": ":authority", "value": "h"}, {"name": "content-type", "value": "application/json"}],
           "postData": {"mimeType": "application/json",
             "text": "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":1}"}},
         "response": {"status": 200, "statusText": "", "httpVersion": "h2", "headers": [
           {"name": "content-type", "value": "application/json"},
           {"name": "content-encoding", "value": "gzip"}, {"name": "content-length", "value": "20"}],
           "content": {"size": 36, "mimeType": "application/json", "compression": 16, "encoding":
             "base64", "text": "eyJqc29ucnBjIjoiMi4wIiwicmVzdWx0IjoxLCJpZCI6MX0="}},
         "timings": {"blocked": 1.25, "dns": -1, "ssl": -1, "connect": -1, "send": 1, "wait": 20,
           "receive": 9, "_blocked_queueing": 1}},
        {"startedDateTime": "2026-11-21T15:00:02.000Z", "time": 1, "_resourceType": "fetch",
         "request": {"method": "POST", "url": "http://h/rpc", "httpVersion": "", "headers": [],
           "postData": {"mimeType": "", "text": "{\"jsonrpc\":\"2.0\",\"method\":\"b\",\"id\":2}"}},
         "response": {"status": 0, "statusText": "", "httpVersion": "", "headers": [],
           "content": {"size": 0, "mimeType": "x-unknown"}, "_error": "net::ERR_CONNECTION_REFUSED"}},
        {"startedDateTime": "2026-11-21T15:00:00.500Z", "time": 5000, "_resourceType": "websocket",
         "_webSocketMessages": [
           {"type": "send", "time": 1795273200.75, "opcode": 1,
            "data": "{\"jsonrpc\":\"2.0\",\"method\":\"sub\",\"id\":1}"},
           {"type": "receive", "time": 1795273200.875, "opcode": 2,
            "data": "eyJqc29ucnBjIjoiMi4wIiwicmVzdWx0IjoieCIsImlkIjoxfQ=="},
           {"type": "receive", "time": 1795273203, "opcode": 1,
            "data": "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":[]}"}],
         "request": {"method": "GET", "url": "ws://h/socket", "headers": []},
         "response": {"status": 101, "headers": [], "content": {"size": 0}}}
      ]}}
      """#)
    #expect(
      story(session) == [
        "1 call sub ok", "2 call a ok", "3 call b failed",
        "4 server-notification eth_subscription received",
      ])
    let exchanges = session.exchanges.map(\.exchange)
    #expect(exchanges[0].duration == .milliseconds(125))
    #expect(exchanges[0].startedAt == 1_795_273_200.75)
    #expect(exchanges[1].findings.isEmpty, "\(exchanges[1].findings)")
    #expect(exchanges[1].head?.version == "HTTP/2")
    #expect(exchanges[1].duration == .microseconds(31_250))
    #expect(exchanges[1].timings.firstByte == .microseconds(22_250))
    #expect(
      exchanges[2].ending == .failed(.curl(code: 0, message: "net::ERR_CONNECTION_REFUSED")))
    #expect(session.notes.contains("entries that are no JSON-RPC and left out: 1"))
    #expect(session.notes.contains { $0.contains("2 addresses") })
    #expect(session.header.program == "WebInspector 537.36")
  }

  @Test func `An archive of Firefox's brings its quirks`() throws {
    let text = #"""
      {
        "log": {
          "version": "1.2", "creator": { "name": "Firefox", "version": "140.0" },
          "browser": { "name": "Firefox", "version": "140.0" }, "pages": [],
          "entries": [ {
            "startedDateTime": "2026-11-21T16:00:00.500+01:00",
            "request": { "bodySize": 40, "method": "POST", "url": "https://h/rpc?x=1#y",
              "httpVersion": "HTTP/2", "headers": [], "cookies": [], "queryString": [],
              "headersSize": 300, "postData": { "mimeType": "text/plain", "params": [],
                "text": "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":1}" } },
            "response": { "status": 200, "statusText": "OK", "httpVersion": "HTTP/2", "headers": [
              {"name": "content-type", "value": "application/json"}], "content": {
              "mimeType": "application/json", "size": 36, "text":
              "{\"jsonrpc\":\"2.0\",\"result\":\"é\",\"id\":1}" } },
            "cache": {}, "timings": { "blocked": 0, "dns": 0, "ssl": 0, "connect": 0, "send": 0,
              "wait": 7, "receive": 0 }, "time": 7
          }, {
            "startedDateTime": "2026-11-21T16:00:01.500+01:00",
            "request": { "method": "POST", "url": "https://h/rpc?x=1", "httpVersion": "HTTP/2",
              "headers": [], "postData": {"mimeType": "application/x-www-form-urlencoded",
              "params": [{"name": "{\"method\":\"b\",\"id\":2}", "value": ""}], "text": "" } },
            "response": { "status": 200, "content": {"size": 9, "mimeType": ""}, "headers": []},
            "time": 3, "timings": {}
          } ]
        }
      }
      """#
    let session = try session("\u{FEFF}" + text)
    #expect(story(session).first == "1 call a ok")
    #expect(session.exchanges.count == 2)
    let exchange = session.exchanges[0].exchange
    #expect(exchange.startedAt == 1_795_273_200.5)
    #expect(exchange.messages[0].frame.bytes.text.contains("é"))
    #expect(exchange.wire.flatMap(SentHead.init)?.line == "POST /rpc?x=1 HTTP/2")
    #expect(session.exchanges[1].exchange.request.text == #"{"method":"b","id":2}"#)
    #expect(session.notes.contains { $0.contains("left them out") })
  }
}
