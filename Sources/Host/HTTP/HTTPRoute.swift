import JSONRPC
import LosslessJSON
import NIOHTTP1

/// What becomes of a request, as far as its head tells.
enum HTTPRoute {
  /// Its body is a message for the service.
  case call
  /// It has this answer, whatever its body.
  case reply(HTTPReply)

  static let methods = "GET, HEAD, OPTIONS, POST"

  init(_ head: HTTPRequestHead, _ site: HTTPSite) {
    if let refusal = site.access.refusal(head) {
      self = .reply(refusal)
      return
    }
    switch head.method {
    case .POST: self = Self.refusal(ofCall: head, site).map { .reply($0) } ?? .call
    case .GET, .HEAD:
      // A recording has no pages, and no stream of events but those of its replies.
      let isReplay = site.responder.replay != nil
      self = .reply(isReplay ? Self.notAllowed : Self.page(head, site))
    case .OPTIONS: self = .reply(Self.options(head))
    default: self = .reply(Self.notAllowed)
    }
  }

  private static var notAllowed: HTTPReply {
    var reply = HTTPReply.refusal(
      .methodNotAllowed, "send JSON-RPC requests by POST; GET shows what there is to call")
    reply.headers.append(("Allow", Self.methods))
    return reply
  }

  // MARK: - Calls

  private static let mediaTypes: Set<String> = [
    "application/json", "application/json-rpc", "application/jsonrequest",
  ]

  private static func refusal(ofCall head: HTTPRequestHead, _ site: HTTPSite) -> HTTPReply? {
    if let type = head.headers.first(name: "content-type"), !isJSON(type) {
      return .refusal(
        .unsupportedMediaType, "the Content-Type of a request is application/json, in UTF-8")
    }
    let coding = head.headers.first(name: "content-encoding")?.lowercased() ?? "identity"
    if coding != "identity" {
      return .refusal(.unsupportedMediaType, "the body of a request is not compressed")
    }
    if let expected = head.headers.first(name: "expect"), expected.lowercased() != "100-continue" {
      return .refusal(.expectationFailed, "the only expectation is 100-continue")
    }
    if let length = head.contentLength, length > site.maxBody { return tooLarge(site) }
    return nil
  }

  static func tooLarge(_ site: HTTPSite) -> HTTPReply {
    .refusal(.payloadTooLarge, "a request has at most \(site.maxBody) bytes here")
  }

  static func isJSON(_ field: String) -> Bool {
    if field == "application/json" { return true }
    let parts = field.lowercased().split(separator: ";").map { part in
      String(part.filter { $0 != " " && $0 != "\t" && $0 != "\"" })
    }
    guard let type = parts.first, mediaTypes.contains(type) else { return false }
    return parts.dropFirst().allSatisfy { part in
      !part.hasPrefix("charset=") || ["utf-8", "utf8", "us-ascii"].contains(part.dropFirst(8))
    }
  }

  // MARK: - Pages

  private static func page(_ head: HTTPRequestHead, _ site: HTTPSite) -> HTTPReply {
    let dispatcher = site.responder.service.dispatcher
    let host = head.headers.first(name: "host") ?? "localhost"
    let page = MethodPage(dispatcher: dispatcher, url: "http://\(host)/")
    switch head.path {
    case "/": return .page(page.front)
    case "/map": return .page(page.map)
    case "/openrpc.json":
      var reply = HTTPReply(.ok)
      reply.headers = [("Content-Type", "application/json")]
      reply.body = Array(dispatcher.openRPC.bytes)
      return reply
    default: return .refusal(.notFound, "there are pages at /, /map and /openrpc.json")
    }
  }

  /// Also the question of a browser whether a page of another origin may send a request.
  private static func options(_ head: HTTPRequestHead) -> HTTPReply {
    var reply = HTTPReply(.noContent)
    reply.headers = [("Allow", methods)]
    if head.headers.contains(name: "access-control-request-method") {
      reply.headers += [
        ("Access-Control-Allow-Methods", methods),
        (
          "Access-Control-Allow-Headers",
          head.headers.first(name: "access-control-request-headers") ?? "Content-Type"
        ),
        ("Access-Control-Max-Age", "600"),
      ]
    }
    return reply
  }
}

extension HTTPRequestHead {
  /// The path without query, also of a request in absolute form.
  var path: String {
    var rest = uri[...]
    if !rest.hasPrefix("/"), let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...]
      rest = rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]
    }
    let path = rest.prefix { $0 != "?" && $0 != "#" }
    return path.isEmpty ? "/" : String(path)
  }

  var contentLength: Int? { headers.first(name: "content-length").flatMap { Int($0) } }

  var isChunked: Bool { headers.contains(name: "transfer-encoding") }

  var expectsContinue: Bool {
    headers.first(name: "expect")?.lowercased() == "100-continue"
  }
}
