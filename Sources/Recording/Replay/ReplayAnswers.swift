import JSONRPC
public import LosslessJSON
public import Session
public import Wire

/// Finds what a recorded server answered to a message, and says it again to whoever asks.
///
/// Questions are matched by method and params; of several recorded answers to the same question the
/// next that was not given yet, and once all were given the last one again.
public struct ReplayAnswers: Sendable {
  /// How far the conversation with one client has come.
  public struct Cursor: Sendable {
    fileprivate var used: Set<Int> = []

    /// Nothing was asked yet.
    public init() {}
  }

  /// What to say.
  public struct Answer: Sendable {
    /// One message.
    public struct Line: Sendable {
      /// The bytes, with the asker's ids.
      public var bytes: [UInt8]
      /// Whether it was a body, an event or a message of a stream.
      public var kind: Frame.Kind
      /// How long after the request it came.
      public var delay: Duration
      /// Whether it came before the exchange was over.
      public var isBeforeEnd: Bool
      /// Whether the server said it of its own accord.
      public var isUnasked: Bool
    }

    /// The recorded exchange's number.
    public var number: Int
    /// The messages, in order.
    public var lines: [Line]
    /// The status line and headers, if it was recorded over HTTP.
    public var head: ReplyHead?
    /// How the exchange ended.
    public var ending: Exchange.Ending
    /// How long it took.
    public var duration: Duration
    /// Whether no reply was due.
    public var isNotification: Bool
  }

  /// What there is to say to a message.
  public enum Outcome: Sendable {
    /// What was recorded.
    case answer(Answer)
    /// Nothing that was recorded fits; in words, with the params that were recorded for the method.
    case unknown(String, method: String?, recorded: [JSON])
    /// The message answers something itself.
    case ignored
  }

  private let scenes: [ReplayScript.Scene]
  private let questions: [ReplayQuestion?]
  private let exact: [ReplayQuestion: [Int]]
  private let byMethod: [String: [Int]]
  private let masked: [String: [Int]]
  /// Whether the next answer of a method does where none has the same params.
  private let matchesByMethod: Bool

  /// The answers of a session. With `matchesByMethod` other params get the method's next answer.
  public init(
    _ exchanges: [RecordedExchange], isHTTP: Bool, matchesByMethod: Bool = false
  ) {
    self.matchesByMethod = matchesByMethod
    scenes = ReplayScript(exchanges, isHTTP: isHTTP).scenes
    questions = scenes.map { ReplayQuestion($0.recorded.exchange.request) }
    var (exact, byMethod, masked) = (
      [ReplayQuestion: [Int]](), [String: [Int]](), [String: [Int]]()
    )
    for (place, question) in questions.enumerated() {
      guard let question else { continue }
      exact[question, default: []].append(place)
      byMethod[question.method, default: []].append(place)
      if let params = question.params, MaskedText.hasMask(params.bytes) {
        masked[question.method, default: []].append(place)
      }
    }
    (self.exact, self.byMethod, self.masked) = (exact, byMethod, masked)
  }

  /// How many requests there are answers for.
  public var count: Int { scenes.count }

  /// What to say to a message.
  public func answer(_ message: [UInt8], _ cursor: inout Cursor) -> Outcome {
    guard let question = ReplayQuestion(message) else { return .ignored }
    if let place = place(of: question, &cursor) {
      return .answer(answer(place, to: message))
    }
    return unknown(question)
  }

  // MARK: - Matching

  private func place(of question: ReplayQuestion, _ cursor: inout Cursor) -> Int? {
    if question.isGreeting, !question.isNotification,
      let first = byMethod[question.method]?.last, cursor.used.contains(first)
    {
      // A client begins anew.
      cursor = Cursor()
    }
    var places = exact[question] ?? []
    if places.isEmpty { places = covering(question) }
    if places.isEmpty, question.isGreeting || question.isNotification || matchesByMethod {
      places = (byMethod[question.method] ?? []).filter {
        questions[$0]?.isNotification == question.isNotification
      }
    }
    guard let place = places.first(where: { !cursor.used.contains($0) }) ?? places.last else {
      return nil
    }
    cursor.used.insert(place)
    return place
  }

  /// Recorded questions that are the same but for secrets and the order of members.
  private func covering(_ question: ReplayQuestion) -> [Int] {
    let all = byMethod[question.method] ?? []
    // Of very many only those with secrets are looked at one by one.
    let few = all.count <= 10_000 ? all : masked[question.method] ?? []
    return few.filter { questions[$0]?.covers(question) ?? false }
  }

  private func unknown(_ question: ReplayQuestion) -> Outcome {
    let recorded = byMethod[question.method] ?? []
    let params = recorded.prefix(3).map { questions[$0]?.params ?? JSON.null }
    switch question.method {
    case ReplayQuestion.raw:
      return .unknown("the recording has no such text", method: nil, recorded: [])
    case ReplayQuestion.batch:
      return .unknown("the recording has no such batch", method: nil, recorded: [])
    default:
      let words =
        recorded.isEmpty
        ? "the recording has no \(question.method)"
        : "the recording has \(question.method) with other params only"
      return .unknown(words, method: question.method, recorded: params)
    }
  }

  // MARK: - Saying

  private func answer(_ place: Int, to message: [UInt8]) -> Answer {
    let scene = scenes[place]
    let exchange = scene.recorded.exchange
    let names = AnswerNames(
      recorded: ReplayDocument.request(exchange), asked: try? JSON(reading: message),
      id: exchange.ids.first)
    return Answer(
      number: exchange.number,
      lines: scene.lines.map { line in
        Answer.Line(
          bytes: names.applied(to: line.received), kind: line.received.frame.kind,
          delay: line.delay, isBeforeEnd: line.isBeforeEnd,
          isUnasked: line.number != exchange.number)
      },
      head: exchange.head, ending: exchange.ending, duration: exchange.duration ?? .zero,
      isNotification: questions[place]?.isNotification ?? false)
  }
}

/// Puts the asker's names in the place of the recorded ones: ids, and tokens of progress.
struct AnswerNames {
  /// What the asker's ids are, by the recorded ones.
  private var ids: [RequestID: RequestID] = [:]
  private var token: (old: JSON, new: JSON)?

  /// The names of a recorded request against those of the one that is asked now.
  init(recorded: JSON?, asked: JSON?, id: RequestID?) {
    guard let recorded, let asked else { return }
    let isBatch = recorded.kind == .array && asked.kind == .array
    let pairs =
      isBatch ? Array(zip(recorded.elements, asked.elements)) : [(recorded, asked)]
    for (old, new) in pairs where old.kind == .object && new.kind == .object {
      if let one = old["id"], let two = new["id"] {
        ids[RequestID(one.detached())] = RequestID(two.detached())
      }
      if let one = old["params"]?["_meta"]?["progressToken"],
        let two = new["params"]?["_meta"]?["progressToken"]
      {
        token = (one, two)
      }
    }
  }

  /// A message with the asker's names; a broken one only where the place is certain.
  func applied(to received: ReceivedMessage) -> [UInt8] {
    let bytes = received.frame.bytes
    guard let json = received.json else {
      guard ids.count == 1, let (old, new) = ids.first else { return bytes }
      return ReplyID.replaced(old, by: new, in: bytes) ?? bytes
    }
    var edits: [TextEdit] = []
    for element in json.kind == .array ? Array(json.elements) : [json] {
      guard element.kind == .object else { continue }
      if element["method"] == nil {
        if let edit = idEdit(element) { edits.append(edit) }
      } else if let token, let own = element["params"]?["progressToken"], own == token.old {
        edits.append(TextEdit(own.range, token.new.bytes))
      }
    }
    return TextEdit.apply(edits, to: bytes)
  }

  /// The id of a reply: the asker's, or spelt as wrongly as it was then.
  private func idEdit(_ reply: JSON) -> TextEdit? {
    guard let id = reply["id"] else { return nil }
    if let new = ids[RequestID(id)] { return TextEdit(id.range, new.json.bytes) }
    // A number as a string, or the other way round.
    for (old, new) in ids {
      if id.kind == .string, id.string == old.json.text {
        return TextEdit(id.range, JSON(new.json.text).bytes)
      }
      if id.kind == .number, old.json.string == id.text, let text = new.json.string,
        let number = try? JSON(reading: text), number.kind == .number
      {
        return TextEdit(id.range, number.bytes)
      }
    }
    return nil
  }
}
