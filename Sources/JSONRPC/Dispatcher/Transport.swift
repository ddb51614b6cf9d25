/// How a peer is connected to a server.
public struct Transport: Sendable {
  /// What carries the messages: `http`, `tcp`, `unix`, `stdio`, or empty if nobody says.
  public var name: String
  /// The fields of the request's head, in order, where the transport has such.
  public var headers: [(name: String, value: String)]

  /// A transport of that name.
  public init(_ name: String = "", headers: [(name: String, value: String)] = []) {
    self.name = name
    self.headers = headers
  }

  /// The value of the first field of that name, in any case.
  public subscript(header: String) -> String? {
    let wanted = header.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }
}
