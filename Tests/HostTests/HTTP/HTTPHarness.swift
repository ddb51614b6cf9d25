import Host
import JSONRPC

/// A host on a port of its own, which ends with the test.
func withHTTPHost(
  _ dispatcher: Dispatcher = Demo.dispatcher(), options: ServiceOptions = ServiceOptions(),
  configure: (inout HTTPHost) -> Void = { _ in },
  _ body: (RunningHost) async throws -> Void
) async throws {
  var host = HTTPHost(Service(dispatcher, options: options))
  host.faults = Demo.faults
  configure(&host)
  let server = try await host.start()
  do {
    try await body(server)
  } catch {
    await server.stop(grace: .zero)
    throw error
  }
  await server.stop(grace: .zero)
}

/// A reply as it came over HTTP.
struct HTTPAnswer {
  let status: Int
  let head: String
  let body: String

  func header(_ name: String) -> String? {
    for line in head.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      guard line[..<colon].lowercased() == name.lowercased() else { continue }
      return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    return nil
  }
}

extension RawClient {
  /// Sends a POST.
  func post(
    _ body: String, headers: [String] = ["Content-Type: application/json"]
  ) async throws {
    try await send(Self.post(body, headers: headers))
  }

  static func post(
    _ body: String, headers: [String] = ["Content-Type: application/json"]
  ) -> String {
    let fields = ["Host: localhost", "Content-Length: \(body.utf8.count)"] + headers
    return "POST / HTTP/1.1\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n" + body
  }

  /// The next reply, framed as its head says.
  func answer(toHead isHead: Bool = false) async throws -> HTTPAnswer {
    let end = Array("\r\n\r\n".utf8)
    let head = try await bytes { bytes in
      bytes.indices.first { bytes[$0...].starts(with: end) }.map { $0 + 4 }
    }
    let text = String(decoding: head, as: UTF8.self)
    let status = Int(text.split(separator: " ")[1]) ?? 0
    let bare = HTTPAnswer(status: status, head: text, body: "")
    let length = bare.header("Content-Length").flatMap { Int($0) } ?? 0
    let body = try await bytes { $0.count >= (isHead ? 0 : length) ? (isHead ? 0 : length) : nil }
    return HTTPAnswer(status: status, head: text, body: String(decoding: body, as: UTF8.self))
  }
}
