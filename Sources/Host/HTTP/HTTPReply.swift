import NIOHTTP1

/// An answer of the HTTP host, short of how it is framed.
struct HTTPReply {
  var status: HTTPResponseStatus
  var headers: [(String, String)] = []
  var body: [UInt8] = []
  /// The connection is not used again.
  var closes = false

  init(_ status: HTTPResponseStatus) { self.status = status }

  /// A reply with a sentence for whoever reads it.
  static func refusal(_ status: HTTPResponseStatus, _ sentence: String) -> HTTPReply {
    var reply = HTTPReply(status)
    reply.headers = [("Content-Type", "text/plain; charset=utf-8")]
    reply.body = Array((sentence + "\n").utf8)
    return reply
  }

  /// A page.
  static func page(_ html: String) -> HTTPReply {
    var reply = HTTPReply(.ok)
    reply.headers = [
      ("Content-Type", "text/html; charset=utf-8"),
      ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
      ("X-Content-Type-Options", "nosniff"),
    ]
    reply.body = Array(html.utf8)
    return reply
  }
}
