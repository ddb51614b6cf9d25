/// What a text that is inspected can be.
public enum InputForm: String, Sendable, CaseIterable {
  /// One JSON value that need not be JSON-RPC.
  case json
  /// One message.
  case reply
  /// A request, then its reply.
  case pair
  /// One message a line.
  case lines
  /// Lines behind `-->` and `<--`, as rpcscope logs them.
  case log
  /// Messages behind `Content-Length` headers.
  case headers
  /// JSON values one after the other.
  case values
  /// An HTTP reply: status line, headers and body, as `curl -i` shows it.
  case http

  /// The names that `--as` takes, for hints.
  public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// What a text of so many messages was read as.
  func words(_ count: Int) -> String {
    switch self {
    case .json: "one JSON value"
    case .reply: "one message"
    case .pair: "a request and its reply"
    case .lines: "\(Self.messages(count)), one a line"
    case .log: "a log of \(Self.messages(count)), by its --> and <--"
    case .headers: "\(Self.messages(count)) behind Content-Length headers"
    case .values: count == 1 ? "one value" : "\(count) values one after the other"
    case .http: "an HTTP reply, by its status line"
    }
  }

  private static func messages(_ count: Int) -> String {
    count == 1 ? "one message" : "\(count) messages"
  }
}
