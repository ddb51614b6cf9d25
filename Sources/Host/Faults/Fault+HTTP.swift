extension Fault {
  /// What is wrong with a reply over HTTP, or comes from a server of another kind.
  static let http: [Fault] = [
    Fault(
      "status", "the reply has this status", .http, takes: .number(500, 200...999),
      .delivery {
        $0.status = $1.number
      }),
    Fault(
      "refuse", "this status and a sentence in the place of the reply", .http,
      takes: .number(400, 200...999),
      .delivery { delivery, argument in
        delivery.refuse(argument.number)
      }),
    Fault(
      "redirect", "the client is sent elsewhere", .http,
      .delivery { delivery, _ in
        delivery.refuse(301)
      }),
    Fault(
      "unauthorized", "a password is asked for", .http,
      .delivery { delivery, _ in
        delivery.refuse(401)
      }),
    Fault(
      "no-content", "204 in the place of the reply", .http,
      .delivery { delivery, _ in
        delivery.texts = [[]]
        delivery.status = 204
      }),
    Fault(
      "html", "a proxy's page: 502", .http,
      .delivery { delivery, _ in
        delivery.replace("text/html", Self.page("502 Bad Gateway"))
        delivery.status = 502
      }),
    body("web-page", "a web page: 200", "text/html", page("Welcome")),
    body("plain-text", "a sentence in the place of JSON", "text/plain", "Internal Server Error\n"),
    body("xml", "XML", "application/xml", "<?xml version=\"1.0\"?>\n<ok/>\n"),
    body(
      "xml-rpc", "a reply of XML-RPC", "text/xml",
      "<?xml version=\"1.0\"?>\n<methodResponse><params/></methodResponse>\n"),
    Fault(
      "binary", "bytes that are no text", .http,
      .delivery { delivery, _ in
        delivery.texts = [[0x80, 0x02, 0x7D, 0x00, 0x01, 0xFF, 0x00, 0x2E, 0x1F, 0x00, 0x03, 0x04]]
        delivery.contentType = "application/octet-stream"
      }),
    Fault(
      "content-type", "the reply says text/plain", .http,
      .delivery { delivery, _ in
        delivery.contentType = "text/plain"
      }),
    Fault(
      "http-1.0", "the reply is HTTP/1.0", .http,
      .delivery { delivery, _ in
        delivery.version = "HTTP/1.0"
      }),
    Fault(
      "repeated-type", "Content-Type stands twice, differently", .http,
      .delivery {
        delivery, _ in delivery.fields.append(("Content-Type", "text/plain"))
      }),
    Fault(
      "bad-gzip", "Content-Encoding says gzip, and it is none", .http,
      .delivery {
        delivery, _ in delivery.fields.append(("Content-Encoding", "gzip"))
      }),
    Fault(
      "bad-chunk", "the chunked body has no last chunk", .http,
      .delivery { delivery, _ in
        delivery.lengthLines = { _ in ["Transfer-Encoding: chunked"] }
        delivery.texts = delivery.texts.map {
          Array("\(String($0.count, radix: 16))\r\n".utf8) + $0
        }
      }),
    Fault(
      "surplus", "bytes follow the body", .http,
      .delivery { delivery, _ in
        delivery.surplus = Array("done.\n".utf8)
      }),
    Fault(
      "events", "an event stream", .http,
      .delivery { delivery, _ in
        delivery.texts = delivery.texts.map(Self.event)
        delivery.contentType = "text/event-stream"
      }),
    Fault(
      "events-as-json", "an event stream that says application/json", .http,
      .delivery {
        delivery, _ in delivery.texts = delivery.texts.map(Self.event)
      }),
    Fault(
      "json-as-events", "JSON that says text/event-stream", .http,
      .delivery { delivery, _ in
        delivery.contentType = "text/event-stream"
      }),
    raw(
      "http-server", "on a socket: a server of HTTP",
      "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
        + "this is no request\n"),
    raw(
      "other-server", "over HTTP: a server of another protocol", "-ERR unknown command 'POST'\r\n"),
    Fault(
      "tls-server", "a server of TLS: its alert", .http,
      .delivery { delivery, _ in
        delivery.raw = [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]
      }),
  ]

  private static func body(
    _ name: String, _ summary: String, _ type: String, _ text: String
  ) -> Fault {
    Fault(name, summary, .http, .delivery { delivery, _ in delivery.replace(type, text) })
  }

  private static func raw(_ name: String, _ summary: String, _ text: String) -> Fault {
    Fault(name, summary, .http, .delivery { delivery, _ in delivery.raw = Array(text.utf8) })
  }

  @Sendable private static func event(_ text: [UInt8]) -> [UInt8] {
    Array("event: message\ndata: ".utf8) + text + Array("\n\n".utf8)
  }

  private static func page(_ title: String) -> String {
    "<!DOCTYPE html><html><head><title>\(title)</title></head>"
      + "<body><h1>\(title)</h1></body></html>"
  }
}

extension Delivery {
  /// Something else in the place of the reply.
  mutating func replace(_ type: String, _ text: String) {
    texts = [Array(text.utf8)]
    contentType = type
  }

  /// A status with what goes with it, and a sentence as the body.
  mutating func refuse(_ code: Int) {
    status = code
    replace("text/plain", "the answer is \(code)\n")
    switch code {
    case 300..<400: fields.append(("Location", "/elsewhere"))
    case 401: fields.append(("WWW-Authenticate", "Basic realm=\"rpcscope\""))
    case 405: fields.append(("Allow", "GET, HEAD"))
    case 407: fields.append(("Proxy-Authenticate", "Basic realm=\"proxy\""))
    case 426: fields.append(("Upgrade", "websocket"))
    case 429, 503: fields.append(("Retry-After", "120"))
    default: break
    }
  }
}
