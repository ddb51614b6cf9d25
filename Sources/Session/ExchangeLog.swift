import JSONRPC
public import LosslessJSON
import Wire

/// The exchanges of a session: the newest whole, of older ones a summary.
public struct ExchangeLog: Sendable {
  /// How many are kept whole.
  public let capacity: Int
  /// How many bytes of requests and replies are kept; the newest is kept whatever its size.
  public let byteCapacity: Int

  /// What is kept of every exchange.
  public struct Summary: Sendable {
    /// The exchange's number.
    public let number: Int
    /// What began it.
    public let kind: Exchange.Kind
    /// The method, if there was one.
    public let method: String?
    /// How it ended.
    public let ending: Exchange.Ending
    /// Whether a reply came and was no error; nil if no reply was due or came.
    public let ok: Bool?
    /// The error's code, if it is an integer.
    public let code: Int?
    /// The HTTP status, if there was one.
    public let status: Int?
    /// How long it took.
    public let duration: Duration?
    /// Bytes sent.
    public let requestSize: Int
    /// Bytes received.
    public let replySize: Int
    /// How bad the worst of what was found is; nil if nothing was.
    public let worstFinding: Finding.Severity?
    /// When it began, in seconds since 1970.
    public let startedAt: Double
    /// Whose doing it was.
    public let purpose: Exchange.Purpose

    /// The summary of an exchange.
    public init(_ exchange: Exchange) {
      number = exchange.number
      kind = exchange.kind
      method = exchange.method
      ending = exchange.ending
      let response = exchange.response
      ok = response?.ok
      code = response?.code
      status = exchange.head?.status
      duration = exchange.duration
      requestSize = exchange.request.count
      replySize = exchange.replySize
      let severities = exchange.findings.map(\.severity)
      worstFinding = [.error, .warning, .note].first(where: severities.contains)
      startedAt = exchange.startedAt
      purpose = exchange.purpose
    }
  }

  /// Exchanges kept whole from `wholeStart` on; those before it were let go.
  private var whole: [Exchange?] = []
  /// What each of them weighs.
  private var weights: [Int] = []
  private var wholeStart = 0
  private var size = 0
  private var summaryLimit = 100_000
  /// All exchanges, oldest first (at most the last 100,000).
  public private(set) var summaries: [Summary] = []

  /// A log with nothing in it.
  public init(capacity: Int = 1000, byteCapacity: Int = 256 << 20) {
    self.capacity = capacity
    self.byteCapacity = byteCapacity
  }

  /// Adds an exchange that ended.
  public mutating func append(_ exchange: Exchange) {
    whole.append(exchange)
    summaries.append(Summary(exchange))
    weights.append(Self.weight(exchange))
    size += weights[weights.count - 1]
    while wholeStart < whole.count - 1,
      whole.count - wholeStart > capacity || size > byteCapacity
    {
      size -= weights[wholeStart]
      whole[wholeStart] = nil
      wholeStart += 1
    }
    // Close the gap in one go, so that appending stays cheap.
    if wholeStart > capacity {
      whole.removeFirst(wholeStart)
      weights.removeFirst(wholeStart)
      wholeStart = 0
    }
    if summaries.count > summaryLimit * 2 { summaries.removeFirst(summaryLimit) }
  }

  /// The whole exchange of that number, if it is still kept.
  public subscript(_ number: Int) -> Exchange? {
    (whole[wholeStart...].last { $0?.number == number }) ?? nil
  }

  /// The exchanges that are still kept whole, oldest first.
  public var kept: [Exchange] { whole[wholeStart...].compactMap { $0 } }

  /// The last exchange that the user began, probes not counted.
  public var lastOwn: Exchange? {
    whole[wholeStart...].last { $0.map(\.isOwn) ?? false } ?? nil
  }

  private static func weight(_ exchange: Exchange) -> Int {
    exchange.request.count + exchange.replySize + (exchange.wire?.chunks.count ?? 0) * 64
  }
}
