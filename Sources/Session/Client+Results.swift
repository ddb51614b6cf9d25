import JSONRPC
public import LosslessJSON
public import Wire

extension Client {
  /// Why a call has no result, other than an error that the server answered with.
  public enum Failure: Error, Sendable, Equatable {
    /// The transport failed.
    case transport(WireError)
    /// No reply came in that time.
    case timedOut(Duration)
    /// The call was given up.
    case cancelled
    /// What came is no reply: those bytes.
    case malformed([UInt8])
  }

  /// A session with a target as it is typed: a URL, `unix:PATH`, `tcp:HOST:PORT` or
  /// `stdio:COMMAND LINE`.
  public convenience init(
    _ target: String, settings: Settings = Settings()
  ) throws(WireError) {
    let target = try Target(parsing: target)
    try self.init(settings: settings) { () throws(WireError) in
      if case .http(let url) = target { return try HTTPChannel(url: url, options: HTTPOptions()) }
      return try target.makeStreamChannel()
    }
  }

  /// Calls a method and gives its result as a Swift value; `JSON` is taken as it is spelt.
  ///
  /// An error reply is thrown as an `RPCError`, what else can go wrong as a `Failure`, and a result
  /// of another type as a `JSONDecodingError`.
  public func result<Value: Decodable>(
    _ method: String, _ params: JSON? = nil, as type: Value.Type = Value.self
  ) async throws -> Value {
    let exchange = try await call(method, params: params)
    guard let response = exchange.response else { throw Failure(exchange) }
    switch response.outcome {
    case .result(let value): return try value.decode(as: type)
    case .error(let error):
      throw RPCError(
        code: error.code ?? 0, message: error.message ?? error.json.text, data: error.data)
    }
  }
}

extension Client.Failure {
  fileprivate init(_ exchange: Exchange) {
    switch exchange.ending {
    case .failed(let error): self = .transport(error)
    case .timedOut(let limit): self = .timedOut(limit)
    case .cancelled: self = .cancelled
    case .pending, .replied, .sent, .received:
      self = .malformed(exchange.reply?.frame.bytes ?? [])
    }
  }
}
