import JSONRPC
import LosslessJSON
public import Recording
import Session
import Synchronization
import Wire

/// A server made of a recorded session: it answers as that server did, with the ids of whoever asks.
///
/// What was not recorded is answered with an error object that says so, and told to the observer.
public final class ReplayMock: Sendable {
  /// How it answers.
  public struct Options: Sendable {
    /// Whether each message takes as long as it did.
    public var isPaced = false
    /// Whether params that were not recorded get the method's next answer.
    public var matchesByMethod = false

    /// At once, and only what was recorded with the same params.
    public init() {}
  }

  /// What the recording is called.
  public let name: String
  /// What is spoken to and how, as recorded.
  public let header: RecordingHeader
  private let answers: ReplayAnswers
  private let isPaced: Bool
  private let state = Mutex(State())

  private struct State {
    /// Conversations by the client's connection; those over HTTP are one.
    var cursors: [ObjectIdentifier: Conversation] = [:]
    var common = ReplayAnswers.Cursor()
    /// How often there was no answer, by the method.
    var misses: [String: Int] = [:]
  }

  private struct Conversation {
    weak var peer: Peer?
    var cursor = ReplayAnswers.Cursor()
  }

  /// A mock of the session that was read from a file of that name.
  public init(_ session: ImportedSession, name: String, options: Options = Options()) {
    self.name = name
    header = session.header
    isPaced = options.isPaced
    let isHTTP =
      header.transport == "http" || session.exchanges.contains { $0.exchange.head != nil }
    answers = ReplayAnswers(
      session.exchanges, isHTTP: isHTTP, matchesByMethod: options.matchesByMethod)
  }

  /// How many requests it has answers for.
  public var count: Int { answers.count }

  /// What it had no answer for, by method, with how often.
  public var misses: [(method: String, count: Int)] {
    state.withLock { $0.misses }.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// What to send for a message; nil for nothing.
  func respond(
    to message: [UInt8], from peer: Peer, _ observer: HostObserver?
  ) async -> Delivery? {
    switch find(message, peer) {
    case .ignored: return nil
    case .answer(let answer): return await deliver(answer, peer)
    case .unknown(let words, let method, let recorded):
      let json = try? JSON(reading: message)
      if let json, json.kind == .array, !json.isEmpty {
        return await respond(toBatch: json, peer, observer)
      }
      miss(words, method, json, peer, observer)
      return refusal(words, method, recorded, json).map { Delivery([Array($0.bytes)]) }
    }
  }

  private func find(_ message: [UInt8], _ peer: Peer) -> ReplayAnswers.Outcome {
    state.withLock { state in
      if peer.transport.name == "http" { return answers.answer(message, &state.common) }
      let key = ObjectIdentifier(peer)
      if state.cursors[key]?.peer !== peer {
        state.cursors = state.cursors.filter { $0.value.peer != nil }
        state.cursors[key] = Conversation(peer: peer)
      }
      return answers.answer(message, &state.cursors[key, default: Conversation()].cursor)
    }
  }

  // MARK: - What was not recorded

  private func miss(
    _ words: String, _ method: String?, _ json: JSON?, _ peer: Peer, _ observer: HostObserver?
  ) {
    state.withLock { $0.misses[method ?? "(text)", default: 0] += 1 }
    let params = json?["params"].map { " \($0.onOneLine.text.prefix(200))" } ?? ""
    observer?(.refused(peer: peer.name, reason: words + (method == nil ? "" : ":" + params)))
  }

  /// An error object that says what is missing; nil for a notification.
  private func refusal(
    _ words: String, _ method: String?, _ recorded: [JSON], _ json: JSON?
  ) -> JSON? {
    let id = json?["id"].map { RequestID($0) }
    if method != nil, id == nil { return nil }
    let code = method == nil ? -32700 : recorded.isEmpty ? -32601 : -32602
    var data: [(String, JSON)] = [("recording", JSON(name))]
    if !recorded.isEmpty { data.append(("recorded params", JSON.array(recorded))) }
    let error = ErrorObject(
      code: json != nil && method == nil ? -32600 : code, message: words, data: JSON.object(data))
    let version: ProtocolVersion = header.jsonrpc == "1.0" ? .v1 : .v2
    return Response(.error(error), id: id ?? .null, version: version).json
  }

  /// Answers a batch that was not recorded as one element by element.
  private func respond(
    toBatch json: JSON, _ peer: Peer, _ observer: HostObserver?
  ) async -> Delivery? {
    var replies: [[UInt8]] = []
    for element in json.elements {
      let delivery = await respond(to: Array(element.bytes), from: peer, observer)
      replies += delivery?.texts ?? []
    }
    if replies.isEmpty { return nil }
    let text = Array("[".utf8) + replies.joined(separator: Array(", ".utf8)) + Array("]".utf8)
    return Delivery([text])
  }

  // MARK: - What was recorded

  private func deliver(_ answer: ReplayAnswers.Answer, _ peer: Peer) async -> Delivery? {
    if peer.transport.name == "http" { return await overHTTP(answer) }
    var texts: [[UInt8]] = []
    let start = ContinuousClock.now
    for line in answer.lines where line.isBeforeEnd || !isPaced {
      if isPaced, !texts.isEmpty || line.delay > .zero {
        for text in texts { peer.write(.message(text)) }
        texts = []
        try? await Task.sleep(until: start + line.delay)
      }
      texts.append(line.bytes)
    }
    if isPaced { sayLater(answer.lines.filter { !$0.isBeforeEnd }, start, answer.number, peer) }
    var delivery = Delivery(texts)
    if case .failed = answer.ending {
      // The connection ended then, after what had come so far.
      for text in texts { peer.write(.message(text)) }
      peer.write(.hangUp)
      delivery.isSilent = true
      return delivery
    }
    return texts.isEmpty ? nil : delivery
  }

  private func sayLater(
    _ lines: [ReplayAnswers.Answer.Line], _ start: ContinuousClock.Instant, _ number: Int,
    _ peer: Peer
  ) {
    if lines.isEmpty { return }
    peer.start("replay \(number)") { [weak peer] in
      for line in lines {
        try? await Task.sleep(until: start + line.delay)
        if Task.isCancelled { return }
        peer?.write(.message(line.bytes))
      }
    }
  }

  private func overHTTP(_ answer: ReplayAnswers.Answer) async -> Delivery? {
    if isPaced { try? await Task.sleep(for: answer.duration) }
    var delivery = Delivery([])
    switch answer.ending {
    case .timedOut, .cancelled, .pending:
      delivery.isSilent = true
      return delivery
    case .failed:
      delivery.closes = true
      return delivery
    case .replied, .sent, .received: break
    }
    guard let head = answer.head else {
      // Recorded on a stream: a body has room for the reply alone.
      let reply = answer.lines.last { !$0.isUnasked }
      return reply.map { Delivery([$0.bytes]) }
    }
    delivery.status = head.status
    delivery.contentType = head.header("content-type") ?? ""
    delivery.headers = ReplayHead.fields(of: head)
    let isStream = answer.lines.contains { if case .event = $0.kind { true } else { false } }
    if isStream {
      delivery.texts = [answer.lines.flatMap { EventText.bytes($0.bytes, $0.kind) }]
    } else if let body = answer.lines.first {
      delivery.texts = [body.bytes]
    }
    return delivery
  }
}

/// Which recorded header fields a mock sends again.
enum ReplayHead {
  /// Those about this reply; what is about a connection or a transfer is the host's own.
  private static let left: Set<String> = [
    "content-type", "content-length", "transfer-encoding", "content-encoding", "connection",
    "keep-alive", "date", "trailer", "upgrade", "vary", "alt-svc",
  ]

  static func fields(of head: ReplyHead) -> [(String, String)] {
    head.headers.compactMap { field in
      let name = field.name.lowercased()
      if left.contains(name) || name.hasPrefix("access-control-") { return nil }
      // A session's id must be one word; a mask has blanks.
      let isMasked = field.value.hasPrefix("<masked ")
      let value =
        isMasked ? field.value.filter { $0 != " " && $0 != "<" && $0 != ">" } : field.value
      return (field.name, value)
    }
  }
}

/// An event of an event stream, as it is sent.
enum EventText {
  static func bytes(_ data: [UInt8], _ kind: Frame.Kind) -> [UInt8] {
    var text: [UInt8] = []
    if case .event(let name, let id) = kind {
      if !name.isEmpty { text += Array("event: \(name)\n".utf8) }
      if !id.isEmpty { text += Array("id: \(id)\n".utf8) }
    }
    for line in data.split(separator: 0x0A, omittingEmptySubsequences: false) {
      text += Array("data: ".utf8) + line + [0x0A]
    }
    return text + [0x0A]
  }
}
